# SPDX-License-Identifier: MIT

# pieces of a stream: frames may be cut anywhere
$ dragoman decode -p line.yaml --stream --each 7E00 017E7E007D 027E
{"level":1}
{"level":126}

# noise is passed over, and told
$ printf '00 00 7E00\n057E 7E00 067E\n' | dragoman decode -p line.yaml --stream
{"level":5}
{"level":6}
! stdin:2: warning: 2 bytes before byte 2 of the stream belong to no frame

# binary input; one flag may end a frame and begin the next
$ printf '\176\000\005\176\001\002\176' | dragoman decode -p line.yaml --stream -i bin
{"level":5}
{"level":258}

# a frame that means nothing costs itself alone
$ dragoman decode -p line.yaml --stream 7E007E 7E00077E
{"level":7}
! dragoman: error: truncated: the frame ends inside a field, at byte 1 of the frame, level, needs 2 bytes, 1 is left
? 1

# what is left over at the end
$ dragoman decode -p line.yaml --stream 7E00077E 7E00
{"level":7}
! dragoman: warning: 2 bytes before byte 6 of the stream belong to no frame

# nothing says where the frames of this one end
$ dragoman decode -p meter.yaml --stream 01303901
! dragoman: error: --stream: the profile has no framing, which says where frames end
? 2
