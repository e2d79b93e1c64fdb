# SPDX-License-Identifier: MIT

# a folder with several products needs a choice
$ dragoman decode -p shelf 02 3039 01
! dragoman: error: several products fit; choose with --manufacturer and --model, or name a file with --profile:
!   Example Meter-1  shelf/meter-1.yaml
!   Example Meter-2  shelf/meter-2.yaml
? 2
$ dragoman decode -p shelf --model Meter-2 02 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ dragoman decode -p shelf --manufacturer Example --model Meter-1 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ dragoman decode -p shelf --model Meter2 02 3039 01
! dragoman: error: no product fits; did you mean the model 'Meter-2'?
? 3

# a file that is another product than asked for
$ dragoman decode -p meter.yaml --model Meter-2 01 3039 01
! meter.yaml: error: this is Example Meter-1, and not what was asked for
? 3

# folders of the path are searched, the current one never
$ dragoman decode 01 3039 01
! dragoman: error: there is no plug-in; name a profile or plug-in with --profile
? 3
$ dragoman decode --plugin-path shelf --model Meter-1 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ DRAGOMAN_PLUGIN_PATH=/nonexistent:$PWD/shelf dragoman decode --model Meter-2 02 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ DRAGOMAN_PLUGIN_PATH=shelf:.:$PWD/shelf dragoman decode --model Meter-2 02 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
! dragoman: warning: DRAGOMAN_PLUGIN_PATH: 'shelf' is passed over: expected a path from '/'
! dragoman: warning: DRAGOMAN_PLUGIN_PATH: '.' is passed over: expected a path from '/'
$ DRAGOMAN_PLUGIN_PATH=:$PWD/shelf: dragoman decode --model Meter-2 -q 02 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ DRAGOMAN_PLUGIN_PATH= dragoman decode --plugin-path :shelf --model Meter-2 02 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
! dragoman: warning: --plugin-path: an empty part is passed over
$ mkdir one; cp meter.yaml one; dragoman decode --plugin-path one 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}

# a folder that everybody may write to
$ mkdir open; cp meter.yaml open; chmod 777 open; dragoman decode --plugin-path open 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
! open: warning: everybody may write to this folder of plug-ins

# earlier folders win
$ dragoman decode --plugin-path one:shelf --model Meter-1 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}

# folders with broken files are usable; the reason is told when nothing fits
$ mkdir mixed; cp meter.yaml broken.yaml mixed; dragoman decode -p mixed 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}
$ mkdir bad; cp broken.yaml bad; dragoman decode -p bad 01
! bad/broken.yaml: error: the profile has errors
! dragoman: error: no product fits
? 3

# a plug-in gives the same as its profile
$ dragoman decode -p "$PLUGINS/acme-wm-100.so" 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
$ dragoman decode -p "$PLUGINS" --model WM-100 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
$ dragoman decode --plugin-path "$PLUGINS" --manufacturer Acme 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}

# files that are no plug-ins
$ dragoman decode -p nowhere.so 01
! dragoman: error: cannot open 'nowhere.so': No such file or directory
? 3
$ echo no plug-in >text.so; dragoman decode -p text.so 01
! text.so: error: plugin-file: file size: expected at least 64, found 11
? 3
$ dragoman inspect text.so
! text.so: error: plugin-file: file size: expected at least 64, found 11
? 3

# which products fit a frame
$ dragoman identify -p shelf 02 3039 01
Example Meter-2 report up
$ dragoman identify -p shelf 81 07E0 3C
Example Meter-1 set_period down
Example Meter-2 set_period down
$ dragoman identify -p shelf --direction up 81 07E0 3C
! dragoman: error: the frame fits none of 2 products
? 1
$ printf '01303901\n' | dragoman identify -p shelf --json
{"line":1,"manufacturer_id":"Example","model":"Meter-1","message":"report","direction":"up"}
$ dragoman identify --plugin-path "$PLUGINS" AA72000032088D0320623399 | grep NBIoTDevice
Huawei NBIoTDevice report up

# plug-ins by their manifests
$ dragoman list "$PLUGINS" | grep WM-100 | sed 's/  *[0-9][0-9]*  .*//'
Acme          WM-100
$ dragoman list --json "$PLUGINS" | grep -c '"manifest":'  | sed 's/^[1-9][0-9]*$/some/'
some
$ cp text.so one; dragoman list one
! one/text.so: warning: plugin-file: file size: expected at least 64, found 11

# what a product is
$ dragoman inspect meter.yaml | grep -v -e hash -e 'table bytes' -e 'made by' | cut -c 1-48 | sed 's/ *$//'
meter.yaml: profile
  manufacturer  Example
  name of maker Example
  model         Meter-1
  device type   WaterMeter
  protocol      CoAP
  licence       MIT
  language      1
  plug-in ABI   1
  minor version 0
  table format  1
  services      Meter
  messages
    name                  kind      way   frame
    report                report    up    4
    acknowledge           reply     down  2
    set_period            command   down  4
    set_period_rsp        response  up    5
$ dragoman inspect "$PLUGINS/acme-wm-100.so" | sed -n '2,13p' | grep -v 'made by'
  profile       wm-100.yaml
  manufacturer  Acme
  name of maker Acme Instruments
  model         WM-100
  device type   WaterMeter
  protocol      CoAP
  licence       MIT
  language      1
  plug-in ABI   1
  minor version 0
  table format  1
$ dragoman inspect --json "$PLUGINS/decentlab-dl-pm.so" | sed 's/.*"profile":/"profile":/; s/,"manifest.*//'
"profile":["dl-pm.yaml","common.yaml"]

# the profile that a plug-in keeps
$ dragoman inspect --source "$PLUGINS/acme-wm-100.so" >kept.yaml; dragoman test kept.yaml
29 vectors, 29 passed, 0 failed
$ dragoman inspect --source "$PLUGINS/decentlab-dl-pm.so" | grep include
include: [common.yaml]
! it includes further files; -o DIR writes all 2
$ dragoman inspect --source -o kept/files "$PLUGINS/decentlab-dl-pm.so"; dragoman test -q kept/files/dl-pm.yaml
! wrote kept/files/dl-pm.yaml
! wrote kept/files/common.yaml
$ dragoman inspect --source -o kept/files "$PLUGINS/decentlab-dl-pm.so"
! dragoman: error: 'kept/files/dl-pm.yaml' exists and is not overwritten
? 3
$ dragoman inspect --source meter.yaml
! meter.yaml: error: plugin-file: ELF magic: expected 7f454c46, found 23205350
? 3
$ dragoman inspect --source one two
! dragoman: error: --source takes one plug-in
! try 'dragoman inspect --help'
? 2
$ dragoman inspect --source --json "$PLUGINS/acme-wm-100.so"
! dragoman: error: --source writes the profile as it is: no --model, no --json
! try 'dragoman inspect --help'
? 2
$ dragoman inspect -o kept "$PLUGINS/acme-wm-100.so"
! dragoman: error: -o belongs to --source
! try 'dragoman inspect --help'
? 2
