# SPDX-License-Identifier: MIT

# a good plug-in
$ cp "$PLUGINS/acme-wm-100.so" .; dragoman vet --seconds 0 acme-wm-100.so | sed 's/[0-9]* tried/N tried/'
acme-wm-100.so:  1 form         passed, N tried
acme-wm-100.so:  2 manifest     passed, N tried
acme-wm-100.so:  3 tables       passed, N tried
acme-wm-100.so:  4 vectors      passed, N tried
acme-wm-100.so:  5 identity     passed, N tried
acme-wm-100.so:  6 truncations  passed, N tried
acme-wm-100.so:  7 bit-flips    passed, N tried
acme-wm-100.so:  8 buffers      passed, N tried
acme-wm-100.so:  9 random       passed, N tried
acme-wm-100.so: 10 lint         passed, N tried
! 1 file, 0 not good

# fewer checks
$ dragoman vet -q --level 2 acme-wm-100.so | sed 's/[0-9]* tried/N tried/'
acme-wm-100.so:  1 form         passed, N tried
acme-wm-100.so:  2 manifest     passed, N tried

# a profile before it is a plug-in
$ dragoman vet --level 5 meter.yaml | sed 's/[0-9]* tried/N tried/'
meter.yaml:  1 form         not-applicable: a profile, and no plug-in
meter.yaml:  2 manifest     not-applicable: a profile, and no plug-in
meter.yaml:  3 tables       passed, N tried
meter.yaml:  4 vectors      passed, N tried
meter.yaml:  5 identity     passed, N tried
! 1 file, 0 not good

# for scripts
$ dragoman vet -q --level 4 --json acme-wm-100.so | sed 's/"tried":[0-9]*/"tried":N/g'
{"format":1,"file":"acme-wm-100.so","level":4,"seed":0,"passed":true,"checks":[{"check":1,"name":"form","result":"passed","tried":N,"failures":0},{"check":2,"name":"manifest","result":"passed","tried":N,"failures":0},{"check":3,"name":"tables","result":"passed","tried":N,"failures":0},{"check":4,"name":"vectors","result":"passed","tried":N,"failures":0}]}
$ dragoman vet -q --level 4 --json untrue.yaml | sed 's/"tried":[0-9]*/"tried":N/g'
{"format":1,"file":"untrue.yaml","level":4,"seed":0,"passed":false,"checks":[{"check":1,"name":"form","result":"not-applicable","tried":N,"failures":0,"reason":"a profile, and no plug-in"},{"check":2,"name":"manifest","result":"not-applicable","tried":N,"failures":0,"reason":"a profile, and no plug-in"},{"check":3,"name":"tables","result":"passed","tried":N,"failures":0},{"check":4,"name":"vectors","result":"failed","tried":N,"failures":4,"reason":"decode: expected {\"Meter\":{\"flow\":12.346,\"valve\":\"open\"}}, found {\"Meter\":{\"flow\":12.345,\"valve\":\"open\"}}","place":{"line":59}}]}

# what is wrong is told with its place, and the exit code says so
$ dragoman vet --level 5 untrue.yaml
untrue.yaml:  1 form         not-applicable: a profile, and no plug-in
untrue.yaml:  2 manifest     not-applicable: a profile, and no plug-in
untrue.yaml:  3 tables       passed, 1 tried
untrue.yaml:  4 vectors      failed: line 59: decode: expected {"Meter":{"flow":12.346,"valve":"open"}}, found {"Meter":{"flow":12.345,"valve":"open"}} (4 failures)
untrue.yaml:  5 identity     passed, 6 tried
! 1 file, 1 not good
? 1
$ sed 's/"model":"WM-100"/"model":"WM-200"/' acme-wm-100.so >lie.so; dragoman vet --level 2 lie.so
lie.so:  1 form         passed, 1 tried
lie.so:  2 manifest     failed: plugin-manifest: manifest: model: expected WM-100 as in the plug-in, found "WM-200"
! 1 file, 1 not good
? 1
$ head -c 300 acme-wm-100.so >cut.so; dragoman vet --level 10 cut.so
cut.so:  1 form         failed: plugin-file: e_phoff: 5 program headers at 64 reach beyond the file's 300 bytes
cut.so:  2 manifest     skipped: there is no manifest to look at
cut.so:  3 tables       skipped: the file is no plug-in to look into
cut.so:  4 vectors      skipped: there are no tables to work with
cut.so:  5 identity     skipped: there are no tables to work with
cut.so:  6 truncations  skipped: there are no tables to work with
cut.so:  7 bit-flips    skipped: there are no tables to work with
cut.so:  8 buffers      skipped: there are no tables to work with
cut.so:  9 random       skipped: there are no tables to work with
cut.so: 10 lint         skipped: there is no profile: name one with --profile
! 1 file, 1 not good
? 1
$ echo nothing >text.so; dragoman vet -q --level 1 text.so
text.so:  1 form         failed: plugin-file: file size: expected at least 64, found 8
? 1
$ dragoman vet -q --level 3 broken.yaml
broken.yaml:  1 form         not-applicable: a profile, and no plug-in
broken.yaml:  2 manifest     not-applicable: a profile, and no plug-in
broken.yaml:  3 tables       skipped: the profile has errors, which 'dragoman check' tells
? 1
$ dragoman vet -q -p untrue.yaml --level 2 acme-wm-100.so
acme-wm-100.so:  1 form         passed, 1 tried
acme-wm-100.so:  2 manifest     failed: table_size: expected 2040 as the profile has it, found 2464 (6 failures)
? 1

# several files
$ dragoman vet --level 1 acme-wm-100.so cut.so
acme-wm-100.so:  1 form         passed, 1 tried
cut.so:  1 form         failed: plugin-file: e_phoff: 5 program headers at 64 reach beyond the file's 300 bytes
! 2 files, 1 not good
? 1

# the same seed tries the same
$ dragoman vet -q --json --seconds 0 --seed 5 meter.yaml >one; dragoman vet -q --json --seconds 0 --seed 5 meter.yaml >two; cmp one two

# wrong calls
$ dragoman vet
! dragoman: error: no plug-in or profile given
! try 'dragoman vet --help'
? 2
$ dragoman vet --level 0 meter.yaml
! dragoman: error: --level: checks begin with 1
! try 'dragoman vet --help'
? 2
$ dragoman vet --level 11 meter.yaml
! dragoman: error: --level: '11' is not 0 to 10
! try 'dragoman vet --help'
? 2
$ dragoman vet --seconds x meter.yaml
! dragoman: error: --seconds: 'x' is not 0 to 86400
! try 'dragoman vet --help'
? 2
$ dragoman vet nowhere.so
! dragoman: error: cannot read 'nowhere.so': No such file or directory
! 0 files, 0 not good
? 3
