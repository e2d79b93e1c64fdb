# SPDX-License-Identifier: MIT

# code is not run unless it is allowed
$ cp $PLUGINS/unruly.so .; dragoman vet --level 10 unruly.so | sed 's/, [0-9]* tried$/, N tried/'
unruly.so:  1 form         passed, N tried
unruly.so:  2 manifest     passed, N tried
unruly.so:  3 tables       skipped: the plug-in has code, which runs only with --allow-code
unruly.so:  4 vectors      skipped: the plug-in has code, which runs only with --allow-code
unruly.so:  5 identity     skipped: the plug-in has code, which runs only with --allow-code
unruly.so:  6 truncations  skipped: the plug-in has code, which runs only with --allow-code
unruly.so:  7 bit-flips    skipped: the plug-in has code, which runs only with --allow-code
unruly.so:  8 buffers      skipped: the plug-in has code, which runs only with --allow-code
unruly.so:  9 random       skipped: the plug-in has code, which runs only with --allow-code
unruly.so: 10 lint         passed, N tried
! 1 file, 1 not good

# nothing that is bent out of its own vector calls the hook with an order to do harm
$ dragoman vet --level 8 --allow-code unruly.so | sed 's/, [0-9]* tried$/, N tried/'
unruly.so:  1 form         passed, N tried
unruly.so:  2 manifest     passed, N tried
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      passed, N tried
unruly.so:  5 identity     passed, N tried
unruly.so:  6 truncations  passed, N tried
unruly.so:  7 bit-flips    passed, N tried
unruly.so:  8 buffers      passed, N tried
! 1 file, 0 not good

# a vector at which the code crashes: no profile can make that right, and the next check runs
$ sed '/^tests:/q' unruly.yaml >crash.yaml; printf '%s\n' '  - {hex: "01 20", error: worker-crash}' >>crash.yaml
$ dragoman vet -q --seconds 0 --level 6 --allow-code -p crash.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 3,\$p"
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      failed: decode, line 45, length 2: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), in the hook unruly: 20
unruly.so:  5 identity     passed, N tried
unruly.so:  6 truncations  passed, N tried

# what the sandbox forbids
$ sed '/^tests:/q' unruly.yaml >fork.yaml; printf '%s\n' '  - {hex: "01 43", error: worker-sandbox}' >>fork.yaml
$ dragoman vet -q --seconds 0 --level 4 --allow-code -p fork.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 3,\$p"
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      failed: decode, line 45, length 2: worker-sandbox: the code of the plug-in tried what its sandbox forbids (clone), in the hook unruly: 43

# a hang
$ sed '/^tests:/q' unruly.yaml >hang.yaml; printf '%s\n' '  - {hex: "01 24", error: worker-deadline}' >>hang.yaml
$ dragoman vet -q --seconds 0 --level 4 --allow-code -p hang.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 3,\$p"
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      failed: decode, line 45, length 2: worker-deadline: the code of the plug-in took too long for these bytes (ended at its deadline), in the hook unruly: 24

# an answer that is none
$ sed '/^tests:/q' unruly.yaml >flood.yaml; printf '%s\n' '  - {hex: "01 71", error: worker-answer}' >>flood.yaml
$ dragoman vet -q --seconds 0 --level 4 --allow-code -p flood.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 3,\$p"
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      failed: decode, line 45, length 2: worker-answer: the code of the plug-in answered what no hook answers (an answer that is none), in the hook unruly: 71

# on the way back, in the check of vectors, of bits and of buffers
$ sed '/^tests:/q' unruly.yaml >back.yaml; printf '%s\n' '  - {hex: "01 20 AB", json: {Plain: {what: 32, data: ab}}, direction: encode, message: report}' >>back.yaml
$ dragoman vet -q --seconds 0 --level 8 --allow-code -p back.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 3,\$p"
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      failed: encode, line 45, length 33: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), in the hook unruly: 20AB
unruly.so:  5 identity     passed, N tried
unruly.so:  6 truncations  passed, N tried
unruly.so:  7 bit-flips    failed: encode, line 45, length 33, byte 28, bit 1: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), in the hook unruly: 20CB
unruly.so:  8 buffers      failed: encode, line 45, length 33: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), in the hook unruly: 20AB

# only with a bit turned, or by chance
$ sed '/^tests:/q' unruly.yaml >tame.yaml; printf '%s\n' '  - {hex: "01 00 AB", json: {Plain: {what: 0, data: ab}}, message: report}' >>tame.yaml
$ dragoman vet -q --seconds 0 --level 9 --allow-code -p tame.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 3,\$p"
unruly.so:  3 tables       passed, N tried
unruly.so:  4 vectors      passed, N tried
unruly.so:  5 identity     passed, N tried
unruly.so:  6 truncations  passed, N tried
unruly.so:  7 bit-flips    failed: decode, line 45, length 3, byte 1, bit 5: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), in the hook unruly: 20AB
unruly.so:  8 buffers      passed, N tried
unruly.so:  9 random       failed: decode, length 2, --seed 200: worker-crash: the code of the plug-in crashed at these bytes (ended by SIGSEGV), in the hook unruly: 20

# the seed that is told meets the same at once
$ seed=$(dragoman vet -q --seconds 0 --allow-code -p tame.yaml unruly.so | sed -n 's/.*--seed \([0-9]*\):.*/\1/p'); dragoman vet -q --json --seconds 0 --allow-code -p tame.yaml --seed $seed unruly.so | grep -c "\"place\":{.*\"seed\":$seed}"
1

# hooks that do not write the same bytes twice: vectors say so, as for dragoman test
$ sed '/^tests:/q' unruly.yaml >salt.yaml; printf '%s\n' '  - {hex: "01 09 AB 07", json: {Plain: {what: 9, data: ab}}, message: report, canonical: false}' >>salt.yaml
$ dragoman test --allow-code -p unruly.so salt.yaml
1 vector, 1 passed, 0 failed
$ dragoman vet -q --level 5 --allow-code -p salt.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 4,\$p"
unruly.so:  4 vectors      passed, N tried
unruly.so:  5 identity     passed, N tried
$ sed 's/, canonical: false//' salt.yaml >strict.yaml; dragoman vet -q --level 5 --allow-code -p strict.yaml unruly.so | sed -n "4,\$p" | sed 's/found 0109AB.*/found others/'
unruly.so:  4 vectors      failed: line 45: encode: expected 0109AB07, found others
unruly.so:  5 identity     failed: encode, line 45, length 32: what was decoded encodes to other bytes

# each call is about a device of which nothing is known yet
$ sed '/^tests:/q' unruly.yaml >count.yaml; printf '%s\n' '  - {hex: "01 01", json: {Plain: {what: 1, data: "31"}}, direction: decode}' >>count.yaml
$ dragoman vet -q --level 6 --allow-code -p count.yaml unruly.so | sed -n "s/, [0-9]* tried\$/, N tried/; 4,\$p"
unruly.so:  4 vectors      passed, N tried
unruly.so:  5 identity     passed, N tried
unruly.so:  6 truncations  passed, N tried

# what the code remembers in its process is not that of a device
$ sed '/^tests:/q' unruly.yaml >own.yaml; printf '%s\n' '  - {hex: "01 07", json: {Plain: {what: 7, data: "31"}}, direction: decode}' >>own.yaml
$ dragoman vet -q --level 4 --allow-code -p own.yaml unruly.so | sed -n "4,\$p"
unruly.so:  4 vectors      failed: line 45: decode: expected {"Plain":{"what":7,"data":"31"}}, found {"Plain":{"what":7,"data":"32"}}

# code that does not get through being loaded
$ cp $PLUGINS/loading-crash.so .; dragoman vet --seconds 0 --allow-code loading-crash.so | sed 's/, [0-9]* tried$/, N tried/'
loading-crash.so:  1 form         passed, N tried
loading-crash.so:  2 manifest     passed, N tried
loading-crash.so:  3 tables       failed: worker-start: while it started: the code of the plug-in crashed at these bytes: ended by SIGSEGV
loading-crash.so:  4 vectors      skipped: the plug-in cannot be put to work, as check 3 says
loading-crash.so:  5 identity     skipped: the plug-in cannot be put to work, as check 3 says
loading-crash.so:  6 truncations  skipped: the plug-in cannot be put to work, as check 3 says
loading-crash.so:  7 bit-flips    skipped: the plug-in cannot be put to work, as check 3 says
loading-crash.so:  8 buffers      skipped: the plug-in cannot be put to work, as check 3 says
loading-crash.so:  9 random       skipped: the plug-in cannot be put to work, as check 3 says
loading-crash.so: 10 lint         passed, N tried
! 1 file, 1 not good

# tables without code are vetted as ever
$ cp $TABLES tables.so; dragoman vet --level 5 --allow-code tables.so | sed 's/, [0-9]* tried$/, N tried/'
tables.so:  1 form         passed, N tried
tables.so:  2 manifest     passed, N tried
tables.so:  3 tables       passed, N tried
tables.so:  4 vectors      passed, N tried
tables.so:  5 identity     passed, N tried
! 1 file, 0 not good
