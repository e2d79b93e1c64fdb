# SPDX-License-Identifier: MIT

# code is not run unless it is allowed
$ dragoman decode -p $PLUGINS/unruly.so 01 00 AB 2>&1 | sed "s|$PLUGINS/||"
unruly.so: error: plugin-code: segment 1: expected data only, found it executable; a code plug-in runs in a worker process, and only when code is allowed

# nor is code that nobody trusted has signed, where that is required
$ cp $PLUGINS/unruly.so .; dragoman keygen -q acme; dragoman keygen -q other
$ dragoman decode -p unruly.so --allow-code --trusted-keys acme.pub 0100AB
! unruly.so: error: no-signature: signature: expected 'unruly.so.sig' or 'dragoman.sums' beside the file, found neither
? 3
$ dragoman sign -q --key acme.key unruly.so
$ dragoman decode -p unruly.so --allow-code --trusted-keys acme.pub 0100AB
{"Plain":{"what":0,"data":"ab"}}
$ dragoman decode -p unruly.so --allow-code --trusted-keys other.pub 0100AB 2>&1 | sed 's/key [0-9a-f]* is/key K is/'
unruly.so: error: untrusted-key: signature: key K is not trusted
$ dragoman decode -p unruly.so --allow-code --trusted-keys other.pub --signatures warn 0100AB 2>&1 | sed 's/key [0-9a-f]* is/key K is/'
unruly.so: warning: untrusted-key: signature: key K is not trusted
{"Plain":{"what":0,"data":"ab"}}
$ dragoman decode -p unruly.so --trusted-keys acme.pub 0100AB
! unruly.so: error: plugin-code: segment 1: expected data only, found it executable; a code plug-in runs in a worker process, and only when code is allowed
? 3

# a hook in a process of its own; one that crashes, one that wants a file, and their neighbours
$ dragoman decode -p $PLUGINS/unruly.so --allow-code -n 0100AB 0120 0100AC 0140 0207
{"Plain":{"what":0,"data":"ab"}}
{"Plain":{"what":0,"data":"ac"}}
{"Plain":{"what":7}}
! argument 2: error: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), at byte 1 of the frame, (group)
! argument 4: error: worker-sandbox: the code of the plug-in tried what its sandbox forbids (openat), at byte 1 of the frame, (group)
? 1

# by several threads
$ printf '0100AA\n0120\n0100AB\n0121\n0100AC\n' | dragoman decode -p $PLUGINS/unruly.so --allow-code --jobs 3
{"Plain":{"what":0,"data":"aa"}}
{"Plain":{"what":0,"data":"ab"}}
{"Plain":{"what":0,"data":"ac"}}
! stdin:2: error: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), at byte 1 of the frame, (group)
! stdin:4: error: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGABRT), at byte 1 of the frame, (group)
? 1

# backwards
$ dragoman encode -p $PLUGINS/unruly.so --allow-code -m report -d up '{"Plain":{"what":0,"data":"ab"}}' '{"Plain":{"what":32,"data":"ab"}}'
0100AB
! argument 2: error: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), at byte 0 of the JSON, (group)
? 1

# what of the bytes is what
$ dragoman annotate -p $PLUGINS/unruly.so --allow-code 0100AB
report: 3 bytes
    0  01                       (const)                            1
    1  00 AB                    (group) (hook)
    0  (inside the hook)        Plain.what                         0
    1  (inside the hook)        Plain.data                         "ab"

# which product it is
$ dragoman identify -p $PLUGINS/unruly.so --allow-code 0100AB
Test Unruly report up

# with what the code is told, which a hook may tell again
$ printf 'abc' >settings; dragoman decode -p $PLUGINS/unruly.so --allow-code --code-settings settings 0105
{"Plain":{"what":5,"data":"616263"}}

# settings that are not there
$ dragoman decode -p $PLUGINS/unruly.so --allow-code --code-settings nowhere 0105
! dragoman: error: cannot open 'nowhere': No such file or directory
? 3

# settings that are too long for any plug-in
$ head -c 70000 /dev/zero >settings; dragoman decode -p $PLUGINS/unruly.so --allow-code --code-settings settings 0105
! dragoman: error: settings is longer than 65536 bytes
? 3

# one that does not get through being loaded
$ dragoman decode -p $PLUGINS/loading-crash.so --allow-code 0105 2>&1 | sed "s|$PLUGINS/||"
loading-crash.so: error: worker-start: while it started: the code of the plug-in crashed at these bytes: ended by SIGSEGV

# a plug-in of tables is loaded as ever
$ dragoman decode -p $TABLES --allow-code 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}

# no program for the process
$ DRAGOMAN_WORKER=dragoman-worker dragoman decode -p $PLUGINS/unruly.so --allow-code 0100 2>&1 | sed "s|$PLUGINS/||"
unruly.so: error: worker-start: program: expected an absolute path, found dragoman-worker

# in a folder it is one of those that cannot be used, unless code is allowed
$ mkdir shelf; cp $PLUGINS/unruly.so $TABLES shelf; dragoman decode -p shelf --model Unruly 0100AB
! shelf/unruly.so: error: a code plug-in, which runs only with --allow-code
! dragoman: error: no product fits
? 3
$ dragoman decode -p shelf --model Unruly --allow-code 0100AB
{"Plain":{"what":0,"data":"ab"}}
$ dragoman identify -p shelf 01000030392460
Acme WM-100 report up

# a scan finds it good, without running it, and remembers that
$ rm -rf "$XDG_CACHE_HOME"; dragoman list --json shelf | sed -n 's/.*\("status":"fine","code":.*\),"manifest".*/\1/p'
"status":"fine","code":"segment 1: expected data only, found it executable"
$ dragoman list --json shelf | sed -n 's/.*\("status":"fine","code":.*\),"manifest".*/\1/p'
"status":"fine","code":"segment 1: expected data only, found it executable"
$ grep -c '^[0-9a-f]* 81 ' "$XDG_CACHE_HOME/dragoman/plugins"
1

# what it is, without running it
$ dragoman inspect $PLUGINS/unruly.so | head -n 1 | sed 's|.*/||; s/[0-9][0-9]* bytes/N bytes/'
unruly.so: code plug-in, N bytes
$ dragoman inspect --json $PLUGINS/unruly.so | sed 's|.*"kind":"plug-in"|"kind":"plug-in"|; s/,"file_size".*//'
"kind":"plug-in","code":"segment 1: expected data only, found it executable"
