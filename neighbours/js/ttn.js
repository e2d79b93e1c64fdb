/* SPDX-License-Identifier: MIT */
/* Values as JavaScript has them: numbers that it holds, others as text. */

function exactText(f, value) {
    var text = '' + value;
    if (!/^[-0-9]/.test(text) || +text === 0 ||
            significant(text) === significant('' + +text)) {
        return text;
    }
    if (!f.told) {
        f.told = true;
        f.warnings.push('numbers with more digits than JavaScript holds are texts');
    }
    return quoted(text);
}

/* The digits that make the number. */
function significant(text) {
    return text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}

/* A codec's answer to the network server. */
function answered(work) {
    var f = {warnings: []}, data;
    try {
        data = work(f);
    } catch (problem) {
        return {errors: [problem.message], warnings: f.warnings};
    }
    data.warnings = f.warnings;
    data.errors = [];
    return data;
}

/* What the frame of a call says. */
function decoded(input, read) {
    return answered(function (f) {
        var g = frame(bytesOf(input && input.bytes), input.fPort, input.topic, timeOf(input.recvTime));
        g.warnings = f.warnings;
        return {data: JSON.parse(read(g)) || {}};
    });
}

/* When the network received the frame, in seconds. */
function timeOf(time) {
    return time === undefined ? undefined : shifted(new Date(time).getTime(), -3);
}

/* A value of JavaScript as one with its type; members of objects as [name, value]. */
function nodeOf(value) {
    var node = {type: typeof value}, name, i;
    if (node.type === 'string') {
        node.text = value;
    } else if (node.type === 'number') {
        node.text = '' + value;
    } else if (value === null || node.type === 'boolean') {
        node.type = '' + value;
    } else if (Array.isArray(value)) {
        node = {type: 'array', items: []};
        for (i = 0; i < value.length; i += 1) {
            node.items.push(nodeOf(value[i]));
        }
    } else {
        node.members = [];
        for (name in value) {
            if (Object.prototype.hasOwnProperty.call(value, name)) {
                node.members.push([name, nodeOf(value[name])]);
            }
        }
    }
    return node;
}

function parsed(text) {
    return nodeOf(JSON.parse(text));
}

/* What JSON has of a value. */
function asData(value) {
    return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
