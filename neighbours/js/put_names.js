/* SPDX-License-Identifier: MIT */
/* Members whose names are computed: each family is a row of members. */

/* The number of the member at a place of its family; undefined if there is none. */
function placeInFamily(place, first, count) {
    place = exact(place);
    return typeof place === 'number' && place >= 0 && place < count && place % 1 === 0
        ? first + place : undefined;
}

function someName(path, k) {
    if (k === undefined) {
        refuse('not-encodable', path);
    }
    return k;
}

/* The place of the first member that is given and not yet written. A record has the name that
 * it is written for. */
function givenName(f, m, first, count) {
    var i;
    if (f.inRecord && f.recordName !== undefined) {
        return f.recordName;
    }
    for (i = 0; !f.inRecord && i < count; i += 1) {
        if (m[first + i] !== undefined && !f.used[first + i]) {
            return i;
        }
    }
    f.nameless = true;
    return undefined;
}

function countNames(m, first, count) {
    var out = 0, i;
    for (i = 0; i < count; i += 1) {
        out += m[first + i] === undefined ? 0 : 1;
    }
    return out;
}

/* A raw value that follows from names; without one a member is missing. */
function orNameless(f, path, raw) {
    f.nameless = false;
    try {
        return raw();
    } catch (problem) {
        if (f.nameless) {
            refuse('missing-member', path);
        }
        throw problem;
    }
}

/* Was every member of the family written? */
function allNamed(f, path, m, first, count) {
    var i;
    for (i = 0; i < count; i += 1) {
        if (m[first + i] !== undefined && !f.used[first + i]) {
            refuse('member-not-allowed', path);
        }
    }
}
