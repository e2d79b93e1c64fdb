# SPDX-License-Identifier: MIT

# what a scan finds, as text and as JSON
$ mkdir mixed; cp "$PLUGINS/acme-wm-100.so" mixed/b.so; echo no plug-in >mixed/a.so
$ dragoman list mixed | sed 's/  *[0-9][0-9]*  /  N  /'
Acme          WM-100  N  mixed/b.so
! mixed/a.so: warning: plugin-file: file size: expected at least 64, found 11
$ dragoman list --json mixed | sed -e 's/"file_size":[0-9]*/"file_size":N/' -e 's/"sha256":"[0-9a-f]*/"sha256":"H/' | cut -c 1-150
{"file":"mixed/a.so","file_size":N,"sha256":"H","status":"refused","reason":"plugin-file","text":"file size: expected at least 64, found 11"}
{"file":"mixed/b.so","file_size":N,"sha256":"H","status":"fine","manifest":{"manifest_version":1,"plugin_abi":1,"plugin_abi_minor":0,"table_format":1,
$ dragoman list --json mixed | sed -n 's|.*"file":"\([^"]*\)".*"sha256":"\([0-9a-f]*\)".*|\2  \1|p' | sha256sum --check
mixed/a.so: OK
mixed/b.so: OK
$ dragoman list nowhere
! dragoman: error: cannot read the folder nowhere: No such file or directory
? 3

# it is remembered
$ wc -l <"$XDG_CACHE_HOME/dragoman/plugins"
5
$ ls -l "$XDG_CACHE_HOME/dragoman/plugins" | cut -c 1-10
-rw-------

# a program in the place of dragoman-scan, which does wrong what a file says
$ mkdir -p stage/cli stage/host set; cp "$(readlink -f "$(command -v dragoman)")" stage/cli; cp "$PLUGINS/../tests/host/scan-fake" stage/host/dragoman-scan
$ printf crash >set/a.so; printf flood >set/b.so; printf fine >set/c.so
$ LD_LIBRARY_PATH=$PLUGINS/../codec-core:$PLUGINS/../generator:$PLUGINS/../host stage/cli/dragoman list set 2>&1 | sed 's/ of [0-9]*//'
set/a.so: warning: quarantined: plugin-crashed: the process that looked ended by signal 11
set/b.so: warning: quarantined: plugin-flooded: expected one answer, found more or something else
set/c.so: warning: plugin-file: file 1
$ LD_LIBRARY_PATH=$PLUGINS/../codec-core:$PLUGINS/../generator:$PLUGINS/../host stage/cli/dragoman list --json set | cut -d , -f 1,4- | sed 's/ of [0-9]*//'
{"file":"set/a.so","status":"quarantined","reason":"plugin-crashed","text":"the process that looked ended by signal 11"}
{"file":"set/b.so","status":"quarantined","reason":"plugin-flooded","text":"expected one answer, found more or something else"}
{"file":"set/c.so","status":"refused","reason":"plugin-file","text":"file 1"}

# what is quarantined is not used by who searches folders
$ cp "$PLUGINS/acme-wm-100.so" set/d.so
$ LD_LIBRARY_PATH=$PLUGINS/../codec-core:$PLUGINS/../generator:$PLUGINS/../host stage/cli/dragoman decode -p set --model WM-100 01 00003039 24 60 2>&1 | sed 's/ of [0-9]*//'
set/a.so: error: the process that looked ended by signal 11
set/b.so: error: expected one answer, found more or something else
set/c.so: error: file 1
set/d.so: error: file 1
dragoman: error: no product fits

# until it is looked into again
$ dragoman list --rescan set 2>/dev/null | sed 's/  *[0-9][0-9]*  /  N  /'
Acme          WM-100  N  set/d.so

# without the program, the files are read by this process
$ rm stage/host/dragoman-scan
$ LD_LIBRARY_PATH=$PLUGINS/../codec-core:$PLUGINS/../generator:$PLUGINS/../host stage/cli/dragoman list mixed 2>&1 | sed -e 's/  *[0-9][0-9]*  /  N  /' -e "s|'/.*/stage|'/stage|"
dragoman: warning: '/stage/cli/../host/dragoman-scan' is not there: plug-ins are read by this process
mixed/a.so: warning: plugin-file: file size: expected at least 64, found 11
Acme          WM-100  N  mixed/b.so

# names and texts that a terminal would take for orders, or for more lines
$ mkdir odd; cp "$PLUGINS/acme-wm-100.so" "odd/$(printf 'a\nb\033[31m\302\233.so')"; dragoman list odd | sed 's/  *[0-9][0-9]*  /  N  /'
Acme          WM-100  N  odd/a\x0Ab\x1B[31m\xC2\x9B.so

$ dragoman vet --level 1 odd/*.so | head -n 1
odd/a\x0Ab\x1B[31m\xC2\x9B.so:  1 form         passed, 1 tried
! 1 file, 0 not good

$ printf 'dragoman: 1\nproduct: {manufacturer_id: "A\\e[1mB", model: "C\\nD"}\nmessages: {r: {fields: [{name: a, type: u8}]}}\n' >odd/p.yaml; dragoman inspect odd/p.yaml | sed -n 2,3p; dragoman identify -p odd/p.yaml 05
  manufacturer  A\x1B[1mB
  model         C\x0AD
A\x1B[1mB C\x0AD r up
