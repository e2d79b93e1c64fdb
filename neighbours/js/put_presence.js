/* SPDX-License-Identifier: MIT */
/*
 * Members that several rows may write. Each that is taken has a number: how many records of
 * tag loops are on trial, which may be taken back, and one more.
 */

function taken(f, k) {
    f.used[k] = f.used[k] || f.trials + 1;
}

/* The same of a member that decoding would find twice. */
function takenOnce(f, path, m, k) {
    if (f.trials === 0 && m[k] !== undefined && f.used[k] === 1) {
        refuse('duplicate-member', path);
    }
    taken(f, k);
}

/* Is it taken for good, as far as the tag loop at work goes? */
function isSettled(f, k) {
    return f.used[k] > 0 && f.used[k] <= f.loopTrials + 1;
}

/* Members of rows that are absent are not given, unless others have them, too. */
function notTaken(f, path, m, list) {
    var i, k, settled;
    for (i = 0; i < list.length; i += 1) {
        k = list[i][0];
        settled = isSettled(f, k);
        if (m[k] !== undefined && !settled && f.trials === 0 && !list[i][1]) {
            if (list[i][2] === undefined || contradicts(m[k], list[i][2])) {
                refuse('member-not-allowed', path);
            }
            taken(f, k);
        } else if (m[k] !== undefined) {
            f.waiting = f.waiting || !settled;
        }
    }
}

function contradicts(node, text) {
    return node !== undefined && spelling(node) !== spelling(parsed(text));
}

/* All rows are written: is there a member that none took? */
function noneWaits(f, path, m, list) {
    var i;
    for (i = 0; f.waiting && i < list.length; i += 1) {
        if (m[list[i]] !== undefined && !f.used[list[i]]) {
            refuse('member-not-allowed', path);
        }
    }
}

/* Members of a new element were not taken yet. */
function released(f, members, around) {
    var k, up;
    for (k = 0; k < members.length; k += 1) {
        for (up = members[k][1]; up >= 0 && up !== around;) {
            up = members[up][1];
        }
        if (up === around) {
            f.used[k] = 0;
        }
    }
}

function startTaking(f) {
    f.used = [];
    f.trials = f.loopTrials = 0;
    f.waiting = false;
}

function isSomeGiven(nodes) {
    return nodes.some(function (node) {
        return node !== undefined;
    });
}

/* Bytes of the frame, which are known when it was written once. */
function totalOf(f) {
    f.wantsTotal = f.wantsTotal || f.total === undefined;
    return f.total;
}

/* What depends on the length of the frame is written again once it is known. */
function writtenAgain(write) {
    return function (f, m, request) {
        var i;
        f.total = undefined;
        f.wantsTotal = false;
        write(f, m, request);
        for (i = 0; f.wantsTotal && f.total !== f.bytes.length; i += 1) {
            if (i === 3) {
                refuse('length', 'no length of the frame agrees with what depends on it');
            }
            f.total = f.bytes.length;
            f.bytes = [];
            f.later = [];
            f.image = undefined;
            f.gap = undefined;
            write(f, m, request);
        }
    };
}
