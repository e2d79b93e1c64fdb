# SPDX-License-Identifier: MIT

# one document about all that a profile says
$ dragoman describe meter.yaml | sed -n '/Message report/,/Example/p' | tail -n +3
- kind: report
- direction: up
- frame: byte 0 = 0x01
~
| most of |  |
|---|---|
| frame bytes | 4 |
| JSON bytes, oceanconnect | 176 |
| JSON bytes, iotda | 176 |
| JSON bytes, plain | 150 |
| slots | 0 |
| depth | 0 |
| steps | 5 |
~
| byte | size | name | type | meaning |
|---|---|---|---|---|
| 0 | 1 | (const) | u8 | constant: 0x01 |
| 1 | 2 | flow | u16be | member: Meter.flow<br>scale: 0.001 |
| 3 | 1 | valve | u8 | member: Meter.valve<br>values: 0 = "closed", 1 = "open" |
~
Bytes of report:
~
```
    0       1       2       3
+-------+---------------+-------+
|(const)|     flow      | valve |
| 0x01  |               |       |
+-------+---------------+-------+
```
~
Example, 4 bytes:
$ dragoman describe meter.yaml >one; dragoman describe --format md -o two meter.yaml && cmp one two
$ dragoman describe --format html meter.yaml | grep -E '^<(h1|title|svg)|</html>|class="legend"'
<title>Example Meter-1</title>
<h1 id="model-1">Example Meter-1</h1>
</html>
$ dragoman describe --format html meter.yaml | grep -cE '<script|src=|url\(|http'
0
? 1

# models of a family: all of them, or one
$ dragoman describe family.yaml | grep '^#' | sed 's/#/=/g'
= Example One
== Example One
=== Services
==== Service Default
===== Properties
=== Messages
==== Message report
== Example Two
=== Services
==== Service Default
===== Properties
=== Messages
==== Message report
$ dragoman describe --model Two family.yaml | grep '^#' | sed 's/#/=/g'
= Example Two
== Services
=== Service Default
==== Properties
== Messages
=== Message report
$ dragoman describe --model Three family.yaml
! dragoman: error: no profile has the model 'Three'
? 3

# texts of a hostile profile stay texts
$ dragoman describe --format html describe/hostile.yaml | grep -ciE '<script|<img|<b>|<hr'
0
? 1
$ dragoman describe describe/hostile.yaml | grep -F 'hr'
| a\|b | int | 0 to 255 | \` |  | \</table\> \|---\| \<hr\> |

# wrong calls
$ dragoman describe
! dragoman: error: one profile is needed
! try 'dragoman describe --help'
? 2
$ dragoman describe meter.yaml line.yaml
! dragoman: error: one profile is needed
! try 'dragoman describe --help'
? 2
$ dragoman describe --format pdf meter.yaml
! dragoman: error: --format: 'pdf' is none of md, html
! try 'dragoman describe --help'
? 2
$ dragoman describe missing.yaml
! missing.yaml: error: the file cannot be read: No such file or directory [cannot-read]
? 3
$ dragoman describe -q broken.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
? 1
$ dragoman describe "$PLUGINS/huawei-light.so" 2>&1 | sed "s|$PLUGINS|PLUGINS|"
dragoman: error: 'PLUGINS/huawei-light.so' is a plug-in, which has tables only: describe its profile
$ dragoman describe -o /nowhere/x meter.yaml
! dragoman: error: cannot write '/nowhere/x': No such file or directory
? 3
