/* SPDX-License-Identifier: MIT */
/*
 * Tag loops: a record for each case whose members the call has, in the order of the cases.
 * Of several cases for the same members the first whose layout holds the values is taken, or
 * comes nearest to them; so a case is tried, and taken back if it fails or if another one is
 * better.
 */

/* What has become of a member so far: free 1, settled 2, tried 4. */
function stateOf(f, k) {
    return !f.used[k] ? 1 : isSettled(f, k) ? 2 : 4;
}

/* Rows of cases are [place, rows inside, traits, path, member, names, role], with more than one
 * name where it is computed. Traits: what is given counts, needed, may lack, counts as a whole,
 * collected, kept, a group (o), a loop (t), named late (m). */
function hasTrait(row, trait) {
    return row[2].indexOf(trait) >= 0;
}

/* Is an array given, and empty? No record says that nothing was collected. */
function givesNothing(m, row) {
    var node = m[row[4]];
    return hasTrait(row, 'c') && node !== undefined && node.type === 'array' &&
        node.items.length === 0;
}

/* Is the member of the row given, and has it one of these states? */
function givesSome(f, m, row, states) {
    var k;
    for (k = row[4]; hasTrait(row, 'g') && !givesNothing(m, row) && k < row[4] + row[5]; k += 1) {
        if (m[k] !== undefined && (stateOf(f, k) & states) !== 0) {
            return true;
        }
    }
    return false;
}

/* Does the call have something that the case takes and none before has written? And what does
 * it need besides? */
function caseWanted(f, m, one) {
    var freeTo = 0, behind = 0, out = {wanted: false, missing: undefined}, i, row, end;
    for (i = 0; i < one.rows.length; i += 1) {
        row = one.rows[i];
        end = row[0] + 1 + row[1];
        if (row[0] < behind) {
            continue;
        }
        if (hasTrait(row, 'l')) {
            freeTo = Math.max(freeTo, end);
        }
        if (givesSome(f, m, row, 7)) {
            out.wanted = out.wanted || givesSome(f, m, row, 5);
        } else if (row[0] >= freeTo && out.missing === undefined && hasTrait(row, 'n')) {
            out.missing = row;
        }
        out.wanted = out.wanted || (row[6] !== undefined && f[row[6]] !== undefined);
        behind = hasTrait(row, 'w') ? end : behind;
    }
    return out;
}

/* What was only tried is taken, as far as this loop goes, or is free again. */
function settled(f, one, isTaken) {
    var i, k;
    for (i = 0; i < one.rows.length; i += 1) {
        for (k = one.rows[i][4]; k < one.rows[i][4] + one.rows[i][5]; k += 1) {
            if (f.used[k] > f.loopTrials + 1) {
                f.used[k] = isTaken ? f.loopTrials + 1 : 0;
            }
        }
    }
}

function placeBefore(f) {
    return {bytes: f.bytes, image: f.image, later: f.later.length};
}

function takenBack(f, one, mark) {
    f.bytes = mark.bytes;
    f.image = mark.image;
    f.later.length = mark.later;
    settled(f, one, false);
}

/* Write a record; what it took can be taken back, or is settled. Why it cannot be. */
function triedCase(f, m, loop, one) {
    var mark = placeBefore(f), gap = f.gap, index = f.index, problem;
    f.gap = f.missed = undefined;
    f.trials = f.loopTrials + 1;
    try {
        recordsWritten(f, m, loop, one);
    } catch (reason) {
        problem = reason;
        takenBack(f, one, mark);
    }
    f.trials = f.loopTrials;
    f.inRecord = false;
    f.recordName = undefined;
    f.gap = gap;
    f.index = index;
    return problem;
}

/* Does a later case for the number that this one missed come nearer to what is given? */
function isOutdone(f, m, loop, one) {
    var mark = placeBefore(f), missed = f.missed, miss = f.miss, tries = 0, i, k, other, wanted;
    for (i = loop.cases.indexOf(one) + 1; i < loop.cases.length && tries < 64; i += 1) {
        other = loop.cases[i];
        for (k = 0; k < other.rows.length && other.rows[k][4] !== missed;) {
            k += 1;
        }
        wanted = caseWanted(f, m, other);
        if (k === other.rows.length || !wanted.wanted || wanted.missing) {
            continue;
        }
        tries += 1;
        if (triedCase(f, m, loop, other) !== undefined) {
            continue;
        }
        takenBack(f, other, mark);
        if (f.missed === undefined || f.miss < miss) {
            return true;
        }
    }
    return false;
}

/* The case, unless it cannot hold the values or another one comes nearer to them. */
function takenCase(f, m, loop, one) {
    var mark = placeBefore(f), problem = triedCase(f, m, loop, one);
    if (problem === undefined && f.missed !== undefined) {
        takenBack(f, one, mark);
        if (isOutdone(f, m, loop, one)) {
            return undefined;
        }
        problem = triedCase(f, m, loop, one);
    }
    if (problem === undefined) {
        settled(f, one, true);
    }
    return problem;
}

/* Write the case, not as a trial: why was it not written? */
function writtenPlainly(f, m, loop, one) {
    var missing = caseWanted(f, m, one).missing;
    if (missing) {
        refuse('missing-member', missing[3]);
    }
    recordsWritten(f, m, loop, one);
}

/* A member is given, and no case wrote it: why not? */
function complainOf(f, m, loop, left) {
    var i, k, one;
    for (i = 0; i < loop.cases.length; i += 1) {
        one = loop.cases[i];
        for (k = 0; k < one.rows.length; k += 1) {
            if (one.rows[k][4] === left[4]) {
                writtenPlainly(f, m, loop, one);
                break;
            }
        }
    }
    refuse('member-not-allowed', left[3]);
}

function checkAllWritten(f, m, loop) {
    var i, k, row, isLeft, behind;
    for (i = 0; i < loop.cases.length; i += 1) {
        behind = 0;
        for (k = 0; k < loop.cases[i].rows.length; k += 1) {
            row = loop.cases[i].rows[k];
            if (row[0] < behind) {
                continue;
            }
            isLeft = givesSome(f, m, row, 1);
            if (row[4] !== undefined && givesNothing(m, row)) {
                taken(f, row[4]);
            }
            if (isLeft && loop.elsewhere.indexOf(row[4]) < 0) {
                complainOf(f, m, loop, row);
            }
            f.waiting = f.waiting || isLeft;
            behind = hasTrait(row, 'w') ? row[0] + 1 + row[1] : behind;
        }
    }
}

/* Members of the case that are written for good. */
function countWritten(f, one) {
    var count = 0, i, k;
    for (i = 0; i < one.rows.length; i += 1) {
        for (k = one.rows[i][4]; k < one.rows[i][4] + one.rows[i][5]; k += 1) {
            count += isSettled(f, k) ? 1 : 0;
        }
    }
    return count;
}

/* Records of one case, until none takes a member more. */
function caseRecords(f, m, loop, one) {
    var isAgain = false, wanted = caseWanted(f, m, one), mark, count, problem;
    while (wanted.wanted && !wanted.missing && !(isAgain && loop.once)) {
        mark = placeBefore(f);
        count = countWritten(f, one);
        problem = takenCase(f, m, loop, one);
        if (problem !== undefined && /^limit/.test(problem.message)) {
            throw problem;
        }
        if (problem !== undefined) {
            return;
        }
        if (countWritten(f, one) === count) {
            if (isAgain) {
                takenBack(f, one, mark);
            }
            return;
        }
        isAgain = true;
        wanted = caseWanted(f, m, one);
    }
}

function allCases(f, m, loop) {
    var i;
    for (i = 0; i < loop.cases.length; i += 1) {
        caseRecords(f, m, loop, loop.cases[i]);
    }
}

function hasLeft(f, m, loop) {
    var i, k;
    for (i = 0; i < loop.cases.length; i += 1) {
        for (k = 0; k < loop.cases[i].rows.length; k += 1) {
            if (givesSome(f, m, loop.cases[i].rows[k], 1)) {
                return true;
            }
        }
    }
    return false;
}

function allRecords(f, m, loop) {
    var began = f.bytes.length, index = f.index;
    if (!loop.rounds) {
        allCases(f, m, loop);
        /* A value that a case could not hold kept it from others that another case has taken. */
        if (f.bytes.length > began && !loop.once && hasLeft(f, m, loop)) {
            allCases(f, m, loop);
        }
    } else if (caseWanted(f, m, loop.cases[0]).wanted) {
        writtenPlainly(f, m, loop, loop.cases[0]);
        f.index = index;
    }
    checkAllWritten(f, m, loop);
}

/* A loop around this one goes on where it was, whatever the records in here needed. */
function loopWritten(f, m, loop) {
    var outer = {loopTrials: f.loopTrials, tag: f.tag, missed: f.missed, miss: f.miss,
                 inRecord: f.inRecord, recordName: f.recordName}, name;
    f.loopTrials = f.trials;
    f.inRecord = false;
    f.recordName = undefined;
    loop.began = f.bytes.length;
    loop.round = 0;
    try {
        allRecords(f, m, loop);
    } finally {
        for (name in outer) {
            if (outer.hasOwnProperty(name)) {
                f[name] = outer[name];
            }
        }
    }
}

/* The tag, the case, and what fills it up. */
function recordWritten(f, loop, one, tag) {
    var gap, over;
    f.tag = tag;
    f.inRecord = true;
    loop.tag();
    gap = f.gap;
    if (loop.rounds) {
        f.index = loop.round;
    }
    one.write();
    f.inRecord = false;
    f.gap = gap;
    over = (f.bytes.length - loop.began) % loop.align;
    if (over > 0) {
        append(f, zeros(loop.align - over));
    }
}

/* The records of a case: one, or one for each element of what is collected. */
function recordsWritten(f, m, loop, one) {
    var i, row, behind = 0;
    for (i = 0; i < one.rows.length; i += 1) {
        row = one.rows[i];
        if (row[0] >= behind && hasTrait(row, 'm') && givesSome(f, m, row, 5)) {
            namesWritten(f, m, loop, one, row);
            return;
        }
        behind = hasTrait(row, 't') ? row[0] + 1 + row[1] : behind;
    }
    for (i = behind = 0; i < one.rows.length; i += 1) {
        row = one.rows[i];
        if (row[0] >= behind && /[ck]/.test(row[2]) && givesSome(f, m, row, 7)) {
            if (hasTrait(row, 'k')) {
                keptWritten(f, m, loop, one, row);
            } else {
                elementsWritten(f, m, loop, one);
            }
            return;
        }
        behind = hasTrait(row, 't') ? row[0] + 1 + row[1] : behind;
    }
    recordWritten(f, loop, one, one.tag);
}

/* A record for each name that is given. */
function namesWritten(f, m, loop, one, row) {
    var k, isAgain;
    for (k = row[4]; k < row[4] + row[5]; k += 1) {
        if (m[k] === undefined || f.used[k]) {
            continue;
        }
        isAgain = f.recordName !== undefined;
        f.recordName = k - row[4];
        if (isAgain && loop.once) {
            refuse('member-not-allowed', row[3]);
        }
        recordWritten(f, loop, one, one.tag);
        if (!f.used[k]) {
            refuse('member-not-allowed', row[3]);
        }
    }
    f.recordName = undefined;
}

/* A tag in hex digits. */
function tagOf(digits) {
    var tag = 0, i;
    for (i = 0; i < digits.length; i += 1) {
        tag = sum(product(tag, 16), parseInt(digits.charAt(i), 16));
    }
    return tag;
}

/* Records that decoding kept. */
function keptWritten(f, m, loop, one, row) {
    var node = m[row[4]], i, k, tag;
    if (node.type !== 'object') {
        refuse('type', row[3]);
    }
    f.used[row[4]] = 2;
    for (i = 0; i < node.members.length; i += 1) {
        if (node.members[i][0].length !== loop.digits ||
                !/^[0-9a-fA-F]+$/.test(node.members[i][0])) {
            refuse('tag', row[3]);
        }
        tag = tagOf(node.members[i][0]);
        for (k = 0; k < loop.known.length; k += 1) {
            if (order(tag, loop.known[k][0]) >= 0 && order(tag, loop.known[k][1]) <= 0) {
                refuse('tag', row[3]);
            }
        }
        f.element = node.members[i][1];
        recordWritten(f, loop, one, tag);
    }
}

/* The arrays that records of the case fill. */
function collectedArrays(f, m, one) {
    var states = f.trials > f.loopTrials ? 5 : 7, out = [], i, row, behind = 0;
    for (i = 0; i < one.rows.length; i += 1) {
        row = one.rows[i];
        if (row[0] >= behind && hasTrait(row, 'c') && givesSome(f, m, row, states)) {
            if (m[row[4]].type !== 'array') {
                refuse('type', row[3]);
            }
            if (out.length === 32) {
                refuse('limit', row[3]);
            }
            out.push({row: row, k: row[4], node: m[row[4]]});
        }
        behind = hasTrait(row, 't') ? row[0] + 1 + row[1] : behind;
    }
    return out;
}

/* The next element of each; all of them have as many. */
function nextElements(f, m, loop, list, at) {
    var more = false, i, has;
    for (i = 0; i < list.length; i += 1) {
        has = at < list[i].node.items.length;
        if (i > 0 && has !== more) {
            refuse('count-mismatch', list[i].row[3]);
        }
        more = has;
        if (has) {
            m[list[i].k] = list[i].node.items[at];
            if (hasTrait(list[i].row, 'o')) {
                boundElement(loop.members, m[list[i].k], list[i].k, m);
                released(f, loop.members, list[i].k);
            }
            f.used[list[i].k] = 0;
        }
    }
    return more;
}

/* A record for each element of the arrays; each takes what the first one took. */
function elementsWritten(f, m, loop, one) {
    var list = collectedArrays(f, m, one), all = list, at, i;
    function isTaken(entry) {
        return f.used[entry.k] > 0;
    }
    try {
        for (at = 0; list.length > 0 && nextElements(f, m, loop, list, at); at += 1) {
            if (at > 0 && loop.once) {
                refuse('member-not-allowed', list[0].row[3]);
            }
            recordWritten(f, loop, one, one.tag);
            loop.round += 1;
            if (at > 0 && !list.every(isTaken)) {
                refuse('member-not-allowed', one.path);
            }
            for (i = 0; i < list.length; i += 1) {
                m[list[i].k] = list[i].node;
            }
            list = at === 0 ? list.filter(isTaken) : list;
        }
    } finally {
        for (i = 0; i < all.length; i += 1) {
            m[all[i].k] = all[i].node;
        }
    }
}

/* How far is the number given from what the raw value reads as? The worst one counts. */
function near(f, k, x, raw, value) {
    var found, miss;
    if (f.trials > 0) {
        found = value(raw);
        miss = Math.abs(real(found) - real(x));
        if (order(found, x) !== 0 && (f.missed === undefined || miss > f.miss)) {
            f.missed = k;
            f.miss = miss;
        }
    }
    return raw;
}
