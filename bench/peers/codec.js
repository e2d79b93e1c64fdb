// SPDX-License-Identifier: MIT
// The six jobs as a payload codec in JavaScript, and what times them in V8: a program of
// its own, that takes inputs from files and prints results as bench-driver does.
//
// usage: node codec.js check FOLDER                    FOLDER/JOB.in to FOLDER/JOB.out
//        node codec.js time FOLDER ROUND REPETITIONS   lines of results
"use strict";

const fs = require("fs");
const path = require("path");

const NAME = "JavaScript, V8";
const WARM_FRAMES = 20000;
const REPETITION_US = 10000;
const OUTPUT_SIZE = 8192;

const VALVES = ["OPEN", "CLOSED", "HALF", "FAULT"];
const FIXES = ["NONE", "2D", "3D", "DGPS"];
const GEARS = ["P", "R", "N", "D", "L", "M1", "M2", "M3", "M4", "M5", "M6", "S"];
const DOORS = ["CLOSED", "OPEN", "AJAR", "UNKNOWN"];
const MODES = ["ECO", "NORMAL", "BOOST"];

function report(frame, data) {
    return { msgType: "deviceReq", mid: frame.readUInt16BE(1), data: data };
}

function decodeMeter(frame) {
    if (frame.length !== 12 || frame[0] !== 0x01) throw new Error("no report of a meter");
    const flags = frame[9];
    return report(frame, [{
        serviceId: "WaterMeter",
        serviceData: {
            flow: frame.readUInt32BE(3) / 1000,
            batteryVoltage: frame[7] / 10,
            signalStrength: frame.readInt8(8),
            leak: (flags & 0x80) !== 0,
            tamper: (flags & 0x40) !== 0,
            lowBattery: (flags & 0x20) !== 0,
            valve: VALVES[flags >> 3 & 3],
            interval: frame.readUInt16BE(10),
        },
    }]);
}

function fromBcd(byte) {
    return String(byte >> 4) + String(byte & 15);
}

function decodeTelematics(frame) {
    if (frame.length !== 44 || frame[0] !== 0x02) throw new Error("no report of a car");
    if (frame[34] >> 4 >= GEARS.length) throw new Error("no such gear");
    return report(frame, [{
        serviceId: "Telematics",
        serviceData: {
            deviceSn: frame.latin1Slice(3, 13),
            latitude: frame.readInt32BE(19) / 1e6,
            longitude: frame.readInt32BE(23) / 1e6,
            speed: frame.readUInt16BE(27) / 10,
            heading: frame.readUInt16BE(29) / 100,
            altitude: frame.readInt16BE(31),
            fix: FIXES[frame[33] >> 6],
            satellites: frame[33] >> 1 & 31,
            ignition: (frame[33] & 1) !== 0,
            gear: GEARS[frame[34] >> 4],
            doors: DOORS[frame[34] >> 2 & 3],
            alarm: (frame[34] & 2) !== 0,
            fuelRate: frame.readFloatBE(35),
            batteryVoltage: frame.readFloatBE(39),
            coolantTemp: frame[43] - 40,
        },
        eventTime: "20" + fromBcd(frame[13]) + fromBcd(frame[14]) + fromBcd(frame[15]) +
            "T" + fromBcd(frame[16]) + fromBcd(frame[17]) + fromBcd(frame[18]) + "Z",
    }]);
}

function two(value) {
    return value < 10 ? "0" + value : String(value);
}

function moment(seconds) {
    const date = new Date(seconds * 1000);
    return date.getUTCFullYear() + two(date.getUTCMonth() + 1) + two(date.getUTCDate()) +
        "T" + two(date.getUTCHours()) + two(date.getUTCMinutes()) +
        two(date.getUTCSeconds()) + "Z";
}

function decodeBatch(frame) {
    const data = [];
    if (frame[0] !== 0x03) throw new Error("no batch");
    for (let at = 4; at + 2 <= frame.length; at += 2 + frame[at + 1]) {
        if (at + 2 + frame[at + 1] > frame.length) throw new Error("a record is cut off");
        if (frame[at] !== 0x01 || frame[at + 1] !== 9) continue;
        data.push({
            serviceId: "Environment",
            serviceData: {
                temperature: frame.readInt16BE(at + 6) / 10,
                humidity: frame[at + 8] / 2,
                status: frame.readUInt16BE(at + 9),
            },
            eventTime: moment(frame.readUInt32BE(at + 2)),
        });
    }
    return report(frame, data);
}

function place(list, word) {
    const found = list.indexOf(word);
    if (found < 0) throw new Error("no such word");
    return found;
}

function begin(message, service, command, kind, frame) {
    if (message.msgType !== "cloudReq" || message.serviceId !== service ||
        message.cmd !== command) throw new Error("another command");
    frame[0] = kind;
    frame.writeUInt16BE(message.mid, 1);
    return message.paras;
}

function encodeValve(message, frame) {
    const paras = begin(message, "WaterMeter", "SET_VALVE", 0x10, frame);
    frame[3] = place(VALVES, paras.valve);
    return frame.writeUInt16BE(paras.delay, 4);
}

function encodeConfig(message, frame) {
    const paras = begin(message, "Telematics", "SET_CONFIG", 0x11, frame);
    frame.writeUInt16BE(paras.reportInterval, 3);
    frame.writeUInt16BE(paras.sampleInterval, 5);
    frame.writeInt16BE(Math.round(paras.highTemp * 10), 7);
    frame.writeInt16BE(Math.round(paras.lowTemp * 10), 9);
    frame[11] = (paras.alarmEnable ? 0x80 : 0) | (paras.ledEnable ? 0x40 : 0) |
        place(MODES, paras.mode) << 4 | paras.retry;
    frame.writeUInt16BE(paras.serverPort, 12);
    frame.writeInt32BE(Math.round(paras.latitude * 1e6), 14);
    frame.writeInt32BE(Math.round(paras.longitude * 1e6), 18);
    return frame.writeUInt32BE(paras.timeout, 22);
}

function encodeSchedule(message, frame) {
    const paras = begin(message, "Thermostat", "SET_SCHEDULE", 0x12, frame);
    frame[3] = frame.write(paras.name, 4);
    let at = 4 + frame[3];
    frame[at++] = paras.entries.length;
    for (const entry of paras.entries) {
        frame[at++] = entry.hour;
        frame[at++] = entry.minute;
        at = frame.writeInt16BE(Math.round(entry.temp * 10), at);
        frame[at++] = entry.enable ? 1 : 0;
    }
    frame[at++] = paras.thresholds.length;
    for (const threshold of paras.thresholds) at = frame.writeInt16BE(threshold, at);
    return at;
}

// A host has bytes and wants bytes, so texts are turned into them, and out of them.
const output = Buffer.alloc(OUTPUT_SIZE);
const up = (decode) => (input) => output.write(JSON.stringify(decode(input)));
const down = (encode) => (input) => encode(JSON.parse(input.toString()), output);
const jobs = {
    meter: up(decodeMeter),
    telematics: up(decodeTelematics),
    batch: up(decodeBatch),
    valve: down(encodeValve),
    config: down(encodeConfig),
    schedule: down(encodeSchedule),
};

function readRecords(file) {
    const bytes = fs.readFileSync(file), records = [];
    for (let at = 4, left = bytes.readUInt32LE(0); left > 0; left--) {
        const length = bytes.readUInt32LE(at);
        records.push(bytes.subarray(at + 4, at + 4 + length));
        at += 4 + length;
    }
    return records;
}

function check(convert, records, file) {
    const count = Buffer.alloc(4), parts = [count];
    count.writeUInt32LE(records.length);
    for (const record of records) {
        const length = convert(record), head = Buffer.alloc(4);
        head.writeUInt32LE(length);
        parts.push(head, Buffer.from(output.subarray(0, length)));
    }
    fs.writeFileSync(file, Buffer.concat(parts));
}

// Processor time of the whole process, its collector and compiler included.
function run(convert, records, first, count) {
    const began = process.cpuUsage();
    for (let at = first; count > 0; count--) {
        convert(records[at]);
        at = at + 1 === records.length ? 0 : at + 1;
    }
    const took = process.cpuUsage(began);
    return took.user + took.system;
}

function time(job, convert, records, round, repetitions) {
    run(convert, records, 0, WARM_FRAMES);
    const took = run(convert, records, 0, 2000);
    const count = Math.max(1, Math.round(2000 * REPETITION_US / took));
    for (let i = 0, at = 0; i < repetitions; i++, at = (at + count) % records.length) {
        const ns = 1000 * run(convert, records, at, count) / count;
        console.log(["time", job, NAME, round, i, ns.toFixed(2)].join("\t"));
    }
}

const [mode, folder, round, repetitions] = process.argv.slice(2);
for (const job of Object.keys(jobs)) {
    const records = readRecords(path.join(folder, job + ".in"));
    if (mode === "check") check(jobs[job], records, path.join(folder, job + ".out"));
    else time(job, jobs[job], records, round, Number(repetitions));
}
