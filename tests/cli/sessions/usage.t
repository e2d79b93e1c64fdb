# SPDX-License-Identifier: MIT

# mistakes on the command line
$ dragoman decod
! dragoman: error: unknown command 'decod'; did you mean 'decode'?
! try 'dragoman --help'
? 2
$ dragoman --versoin
! dragoman: error: unknown option '--versoin'; did you mean '--version'?
! try 'dragoman --help'
? 2
$ dragoman decode --shap plain
! dragoman: error: unknown option '--shap'; did you mean '--shape'?
! try 'dragoman decode --help'
? 2
$ dragoman decode --rec 2026
! dragoman: error: unknown option '--rec'; did you mean '--received-at'?
! try 'dragoman decode --help'
? 2
$ dragoman decode --xyzzy
! dragoman: error: unknown option '--xyzzy'
! try 'dragoman decode --help'
? 2
$ dragoman decode -x
! dragoman: error: unknown option '-x'
! try 'dragoman decode --help'
? 2
$ dragoman decode --shape
! dragoman: error: --shape needs a value: oceanconnect|iotda|plain
! try 'dragoman decode --help'
? 2
$ dragoman decode --shape round
! dragoman: error: --shape: 'round' is none of oceanconnect, iotda, plain
! try 'dragoman decode --help'
? 2
$ dragoman decode --each=yes
! dragoman: error: --each takes no value
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml --port 70000000000 01
! dragoman: error: --port: '70000000000' is not 0 to 4294967295
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml --received-at yesterday 01
! dragoman: error: --received-at: 'yesterday' is no time such as 2026-01-02T03:04:05Z
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml --request 0g 01
! dragoman: error: --request: not a hex digit: 'g', at character 2
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml --indent=many 01
! dragoman: error: --indent: 'many' is not 1 to 16 blanks
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml -i bin 01
! dragoman: error: binary frames come from a file or standard input
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml -f frames.txt 01
! dragoman: error: input comes from arguments or from --file, not both
! try 'dragoman decode --help'
? 2
$ dragoman decode -p meter.yaml -f frames.txt
! dragoman: error: cannot open 'frames.txt': No such file or directory
? 3
$ dragoman check
! dragoman: error: no profile given
! try 'dragoman check --help'
? 2
$ dragoman inspect
! dragoman: error: no plug-in or profile given
! try 'dragoman inspect --help'
? 2
$ dragoman --error-format json
! dragoman: error: unknown option '--error-format'
! try 'dragoman --help'
? 2

# usage errors are JSON too, if asked for
$ dragoman decode --error-format json -p meter.yaml --port x 01
! {"severity":"error","status":"usage","text":"--port: 'x' is not 0 to 4294967295"}
? 2

# the version
$ dragoman --version | sed 's/[0-9][0-9.]*/N/'
dragoman N
$ dragoman version --json | sed 's/"plugin_dir".*//; s/[0-9][0-9.]*/N/'
{"version":"N","plugin_abi":1,"table_format":1,

# help comes without an error, and begins with examples
$ dragoman | head -n 3
Examples:
  dragoman decode -p acme-wm-100.yaml 01 00003039 24 60
  dragoman encode -p acme-wm-100.yaml '{"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":60}}'
$ dragoman --help | head -n 1
Examples:
$ dragoman help decode | head -n 3
Examples:
  dragoman decode -p acme-wm-100.yaml 01 00003039 24 60
  dragoman decode -p acme-wm-100.so --shape iotda <frames.txt
$ dragoman decode --help | sed -n 6p
usage: dragoman decode [options] [HEX...]
$ dragoman help decod
! dragoman: error: no command 'decod'; did you mean 'decode'?
! try 'dragoman help --help'
? 2
$ for command in decode encode check gen test inspect list identify explain new help version; do dragoman $command --help >text || echo bad; head -n 1 text | grep -qx 'Examples:' || echo bad; done

# explanations
$ dragoman explain truncated
truncated (outcome: the data is wrong)
The frame ends inside a field.
~
The layout goes on, but the frame does not. The error names the field that no
longer fits and where it begins. Frequent causes: a byte lost when the frame was
copied, a radio that cuts long frames, or a frame of another message. If the
device may leave the end away, say 'optional' or 'short_frame: zero_fill' in the
profile.
$ dragoman explain unknown-key | head -n 2
unknown-key (rule: error)
A key that the language does not know here.
$ dragoman explain truncatd
! dragoman: error: unknown id 'truncatd'; did you mean 'truncated'?
! try 'dragoman explain --help'
? 2
$ dragoman explain
! dragoman: error: no id given; --all lists them
! try 'dragoman explain --help'
? 2
$ dragoman explain --json nothing | cut -c1-60
{"id":"nothing","kind":"outcome","sort":"no error","summary"

# every option of the help is in the man page and in the completions
$ dragoman help --man >page; dragoman help --completion bash >bash; dragoman help --completion zsh >zsh; for command in decode encode check gen test inspect list identify explain new; do for option in $(dragoman $command --help | sed -n '/^Options:/,/^Exit/s/^  .\{0,4\}--\([a-z-]*\).*/\1/p'); do grep -q -- "$(echo "--$option" | sed 's/-/\\\\-/g')" page || echo "$option: man"; grep -q -- "--$option" bash || echo "$option: bash"; grep -q -- "--$option" zsh || echo "$option: zsh"; done; done
$ bash -n bash && echo fine
fine
