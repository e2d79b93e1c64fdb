# SPDX-License-Identifier: MIT

# keys: the secret one for its owner, and nothing is overwritten
$ dragoman keygen maker 2>said; sed 's/key [0-9a-f]*$/key .../' said; ls maker.*; stat -c %a maker.key
wrote maker.key and maker.pub, key ...
maker.key
maker.pub
600
$ dragoman keygen maker
! dragoman: error: cannot write 'maker.key': File exists
? 3
$ dragoman keygen
! dragoman: error: one name is needed: that of the key
! try 'dragoman keygen --help'
? 2
$ dragoman keygen -q other

# one file
$ cp "$PLUGINS/acme-wm-100.so" .; dragoman sign --key maker.key acme-wm-100.so
! wrote acme-wm-100.so.sig, 1 file
$ sed -e 's/^[0-9a-f]* [0-9]* /<sum> <size> /' -e 's/[0-9a-f]\{64,\}/<hex>/' acme-wm-100.so.sig
dragoman sums 1
<sum> <size> acme-wm-100.so
key <hex>
signature <hex>
$ dragoman verify --key maker.pub acme-wm-100.so | sed 's/[0-9a-f]\{64\}/<key>/'
acme-wm-100.so: signed by <key>
$ dragoman verify --key other.pub acme-wm-100.so 2>said; code=$?; sed 's/[0-9a-f]\{64\}/<key>/' said; exit $code
acme-wm-100.so: error: untrusted-key: signature: key <key> is not trusted
? 1
$ cat maker.pub other.pub >both.pub; dragoman verify -q --key both.pub acme-wm-100.so
$ printf x >>acme-wm-100.so; dragoman verify --key maker.pub acme-wm-100.so 2>said; code=$?; sed 's/[0-9]\{4,\}/<size>/g' said; exit $code
acme-wm-100.so: error: bad-signature: signature: expected a file of <size> bytes, found <size>
? 1

# a folder
$ mkdir shop; cp "$PLUGINS/acme-wm-100.so" "$PLUGINS/huawei-nbiotdevice.so" shop; dragoman sign -k maker.key shop
! wrote shop/dragoman.sums, 2 files
$ dragoman verify -k maker.pub shop | sed 's/[0-9a-f]\{64\}/<key>/'
shop/acme-wm-100.so: signed by <key>
shop/huawei-nbiotdevice.so: signed by <key>
$ cp "$PLUGINS/yobiiq-sd-1001.so" shop; dragoman verify -q -k maker.pub shop
! shop/yobiiq-sd-1001.so: error: no-signature: signature: the list has no file 'yobiiq-sd-1001.so'
? 1
$ cp shop/acme-wm-100.so shop/huawei-nbiotdevice.so; dragoman verify -q -k maker.pub shop 2>&1 | sed 's/expected a file.*/.../'
shop/huawei-nbiotdevice.so: error: bad-signature: signature: ...
shop/yobiiq-sd-1001.so: error: no-signature: signature: the list has no file 'yobiiq-sd-1001.so'
$ rm shop/huawei-nbiotdevice.so

# what the host does about it
$ dragoman decode -p shop/acme-wm-100.so --trusted-keys maker.pub 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
$ dragoman decode -p shop/yobiiq-sd-1001.so --trusted-keys maker.pub 01
! shop/yobiiq-sd-1001.so: error: no-signature: signature: the list has no file 'yobiiq-sd-1001.so'
? 3
$ dragoman decode -p shop/acme-wm-100.so --trusted-keys other.pub 01 2>&1 | sed 's/[0-9a-f]\{64\}/<key>/'
shop/acme-wm-100.so: error: untrusted-key: signature: key <key> is not trusted
$ cp "$PLUGINS/acme-wm-100.so" alone.so; dragoman decode -p alone.so --signatures warn --trusted-keys maker.pub 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
! alone.so: warning: no-signature: signature: expected 'alone.so.sig' or 'dragoman.sums' beside the file, found neither
$ dragoman decode -p alone.so --signatures off --trusted-keys maker.pub 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
$ DRAGOMAN_TRUSTED_KEYS=maker.pub dragoman decode -p alone.so 01 00003039 24 60
! alone.so: error: no-signature: signature: expected 'alone.so.sig' or 'dragoman.sums' beside the file, found neither
? 3
$ DRAGOMAN_TRUSTED_KEYS=maker.pub DRAGOMAN_SIGNATURES=off dragoman decode -p alone.so 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
$ DRAGOMAN_SIGNATURES=require DRAGOMAN_TRUSTED_KEYS=maker.pub dragoman encode -p shop/acme-wm-100.so '{"command":"Meter.SET_PERIOD","mid":2016,"paras":{"minutes":60}}'
8107E0003C
$ dragoman decode -p meter.yaml --trusted-keys maker.pub 01 3039 01
! meter.yaml: error: no-signature: signatures are required, and profiles have none: make a plug-in of it, and sign that
? 3
$ dragoman decode -p meter.yaml --trusted-keys maker.pub --signatures warn 01 3039 01
{"Meter":{"flow":12.345,"valve":"open"}}

# a folder: what is not signed does not stand in the way
$ mkdir first; cp alone.so first; dragoman decode --plugin-path first:shop --model WM-100 --trusted-keys maker.pub 01 00003039 24 60
{"Meter":{"flow":12.345,"voltage":3.6,"valve":"open","leak":true}}
$ dragoman decode -p first --trusted-keys maker.pub 01
! first/alone.so: error: signature: expected 'alone.so.sig' or 'dragoman.sums' beside the file, found neither
! dragoman: error: no product fits
? 3
$ dragoman list --trusted-keys maker.pub shop | sed 's/  *[0-9][0-9]*  .*//'
Acme          WM-100
! shop/yobiiq-sd-1001.so: warning: no-signature: signature: the list has no file 'yobiiq-sd-1001.so'
$ dragoman list -q --signatures warn --trusted-keys maker.pub first | sed 's/  *[0-9][0-9]*  .*//'
Acme          WM-100
$ dragoman identify -p shop --trusted-keys maker.pub 01 00003039 24 60
Acme WM-100 report up

# wrong calls
$ dragoman decode -p alone.so --signatures require 01
! dragoman: error: signatures matter, and there is no trusted key: name a file with --trusted-keys
! try 'dragoman decode --help'
? 2
$ DRAGOMAN_SIGNATURES=perhaps dragoman decode -p alone.so 01
! dragoman: error: DRAGOMAN_SIGNATURES: 'perhaps' is not off, warn or require
! try 'dragoman decode --help'
? 2
$ dragoman decode -p alone.so --trusted-keys nowhere.pub 01
! dragoman: error: io: nowhere.pub: cannot open the file: No such file or directory
? 3
$ dragoman decode -p alone.so --trusted-keys maker.key 01
! dragoman: error: bad-key: maker.key: holds another kind of PEM block
? 3
$ dragoman sign alone.so
! dragoman: error: no secret key given: --key
! try 'dragoman sign --help'
? 2
$ dragoman sign --key maker.key
! dragoman: error: no file given
! try 'dragoman sign --help'
? 2
$ dragoman sign --key maker.pub alone.so
! dragoman: error: bad-key: maker.pub: expected a file for its owner alone (mode 0600), found mode 0644
? 3
$ dragoman sign --key nowhere.key alone.so
! dragoman: error: io: cannot open 'nowhere.key': No such file or directory
? 3
$ dragoman sign --key maker.key nowhere.so
! dragoman: error: io: nowhere.so: cannot open the file: No such file or directory
? 3
$ mkdir empty; dragoman sign --key maker.key empty
! dragoman: error: no plug-in in 'empty'
? 3
$ chmod 644 maker.key; dragoman sign --key maker.key alone.so
! dragoman: error: bad-key: maker.key: expected a file for its owner alone (mode 0600), found mode 0644
? 3
$ dragoman verify alone.so
! dragoman: error: no public key given: --key
! try 'dragoman verify --help'
? 2
$ dragoman verify --key maker.pub
! dragoman: error: no file given
! try 'dragoman verify --help'
? 2
$ dragoman verify --key maker.pub nowhere.so
! nowhere.so: error: io: cannot open the file: No such file or directory
? 3
$ dragoman verify --key maker.pub alone.so
! alone.so: error: no-signature: signature: expected 'alone.so.sig' or 'dragoman.sums' beside the file, found neither
? 1
