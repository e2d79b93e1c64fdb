/* SPDX-License-Identifier: MIT */
/* Values as JSON text, with all their digits. */

function exactText(f, value) {
    return '' + value;
}
