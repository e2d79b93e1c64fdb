# SPDX-License-Identifier: MIT

# what would be mended, as a difference; the file stays
$ sed 's/{const: 0x01, type: u8}/{const: 0b1, type: uint8}/; s/kind: report/kind: uplink/; s/unit: min}$/unit: on}/' broken.yaml >b.yaml; cp b.yaml same.yaml; dragoman check --fix --diff b.yaml; cmp b.yaml same.yaml
--- b.yaml
+++ b.yaml
@@ -20,14 +20,14 @@
           minutes: {data_type: int, min: 0, max: 255, unit: min, required: true}
         responses:
           SET_PERIOD_RSP:
-            minutes: {data_type: int, min: 0, max: 255, unit: on}
+            minutes: {data_type: int, min: 0, max: 255, unit: 'on'}
 
 messages:
   report:
-    kind: uplink
+    kind: report
     fields:
-      - {const: 0b1, type: uint8}
-      - {name: flow, type: u16, scal: 0.001}
+      - {const: 1, type: u8}
+      - {name: flow, type: u16, scale: 0.001}
       - {name: valve, type: u8, enum: {0: closed, 1: open}}
 
   acknowledge:
! b.yaml:23:63: on becomes 'on' [quote-text]
! b.yaml:27:11: uplink becomes report [bad-value]
! b.yaml:29:28: uint8 becomes u8 [bad-type]
! b.yaml:30:33: scal becomes scale [unknown-key]
! b.yaml:29:17: 0b1 becomes 1 [odd-integer]

# mended in place; its mode stays, and the second time there is nothing to do
$ chmod 600 b.yaml; dragoman check --fix b.yaml; ls -l b.yaml | cut -c1-10; dragoman check --fix b.yaml; ls b.yaml*
-rw-------
b.yaml
! b.yaml:23:63: on becomes 'on' [quote-text]
! b.yaml:27:11: uplink becomes report [bad-value]
! b.yaml:29:28: uint8 becomes u8 [bad-type]
! b.yaml:30:33: scal becomes scale [unknown-key]
! b.yaml:29:17: 0b1 becomes 1 [odd-integer]

# what is not certain is told, and the file stays
$ sed 's/scal: .*}/divisor: 1000}/' broken.yaml >c.yaml; cp c.yaml same.yaml; dragoman check --fix c.yaml; cmp c.yaml same.yaml
! c.yaml:30:33: error: unknown key 'divisor' in an item; did you mean 'scale', a tenth of it as 0.1 or 1/10? [unknown-key]
! 1 profile: 1 error, 0 warnings, 0 notes

# what a file includes is mended where it is named itself
$ mkdir parts; printf 'dragoman: 1\nenms: {state: {0: idle}}\n' >parts/p.yaml; sed 's/^messages:/include: [parts\/p.yaml]\n&/' meter.yaml >i.yaml; cp i.yaml same.yaml; dragoman check --fix i.yaml; cmp i.yaml same.yaml; dragoman check --fix parts/p.yaml; cat parts/p.yaml; dragoman check i.yaml
dragoman: 1
enums: {state: {0: idle}}
! parts/p.yaml:2:1: error: unknown key 'enms' in an included file; did you mean 'enums'? [unknown-key]
! 1 profile: 1 error, 0 warnings, 0 notes
! parts/p.yaml:2:1: enms becomes enums [unknown-key]

# files that are fine, and files that are not there
$ cp meter.yaml m.yaml; dragoman check --fix m.yaml; cmp m.yaml meter.yaml; dragoman check --fix nowhere.yaml
! nowhere.yaml: error: the file cannot be read: No such file or directory [cannot-read]
! 1 profile: 1 error, 0 warnings, 0 notes
? 3
$ dragoman check --diff m.yaml
! dragoman: error: --diff goes with --fix
! try 'dragoman check --help'
? 2

# edits for editors and code hosts
$ dragoman check --error-format json broken.yaml
! {"file":"broken.yaml","line":30,"column":33,"width":4,"severity":"error","rule":"unknown-key","text":"unknown key 'scal' in an item; did you mean 'scale'?","edits":[{"line":30,"column":33,"width":4,"text":"scale"}]}
? 1
$ dragoman check --error-format sarif broken.yaml | grep -o '"fixes".*'
"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"broken.yaml"},"replacements":[{"deletedRegion":{"startLine":30,"startColumn":33,"endColumn":37},"insertedContent":{"text":"scale"}}]}]}]}
