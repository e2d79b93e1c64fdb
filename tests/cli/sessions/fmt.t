# SPDX-License-Identifier: MIT

# a profile that is laid out stays as it is, and nothing is said
$ cp meter.yaml m.yaml; dragoman fmt -q m.yaml; cp m.yaml once.yaml; dragoman fmt m.yaml && cmp m.yaml once.yaml
$ dragoman fmt --check m.yaml

# one that is not is named by --check, and changed without it; its mode stays
$ printf 'wire: { byte_order: big } # of all\n\n\ndragoman:   1\n' >loose.yaml; chmod 640 loose.yaml; dragoman fmt --check loose.yaml m.yaml
loose.yaml
? 1
$ dragoman fmt --stdout loose.yaml
dragoman: 1
wire: {byte_order: big} # of all
$ dragoman fmt loose.yaml && cat loose.yaml && ls -l loose.yaml | cut -c1-10 && ls loose.yaml*
dragoman: 1
wire: {byte_order: big} # of all
-rw-r-----
loose.yaml
! laid out loose.yaml

# what a link points to is changed, and not the link
$ mkdir there; printf 'a:   1\n' >there/real.yaml; ln -s there/real.yaml link.yaml; dragoman fmt link.yaml; ls -l link.yaml | cut -c1; cat there/real.yaml
l
a: 1
! laid out link.yaml

# standard input goes to standard output
$ printf 'messages:\n    m: {fields: [{type: u8,name: level}]}\n' | dragoman fmt -
messages:
  m: {fields: [{name: level, type: u8}]}
$ printf 'a:  1\n' | dragoman fmt --check -
-
? 1

# what is no YAML stays as it is
$ printf 'a:   [1\n' >cut.yaml; dragoman fmt cut.yaml; cat cut.yaml; dragoman fmt - <cut.yaml
a:   [1
! cut.yaml:2:1: error: did not find expected ',' or ']', while parsing a flow sequence that begins in line 1 [yaml-syntax]
! stdin:2:1: error: did not find expected ',' or ']', while parsing a flow sequence that begins in line 1 [yaml-syntax]
? 1
$ dragoman fmt nowhere.yaml
! nowhere.yaml: error: the file cannot be read: No such file or directory [cannot-read]
? 3

# folders are searched
$ mkdir shut; printf 'a:   1\n' >shut/a.yaml; dragoman fmt --check shut
shut/a.yaml
? 1
$ dragoman fmt
! dragoman: error: no profile given
! try 'dragoman fmt --help'
? 2

# what a profile does is the same afterwards
$ sed "2,\$s/: /:   /" meter.yaml >wide.yaml; dragoman fmt wide.yaml; dragoman test wide.yaml; diff meter.yaml wide.yaml
4 vectors, 4 passed, 0 failed
! laid out wide.yaml
