// SPDX-License-Identifier: MIT
// Holds profiles, as `documents` writes them, against the schema of the language. Those that break no rule
// must be valid; those that break one of structure must be refused. What else is wrong with a profile is
// the compiler's to find.
// usage: documents FILE... | node check-language.js SCHEMA
'use strict';
const fs = require('fs');
const Ajv = require('ajv');

const structure = ['unknown-key', 'item-form', 'language-version', 'expected-list', 'expected-map', 'bad-data-type'];
const ajv = new Ajv({allErrors: false});
const validate = ajv.compile(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')));
const counts = {valid: 0, refused: 0, passed: 0};
let failures = 0;

for (const text of fs.readFileSync(0, 'utf8').split('\n').filter((line) => line !== '')) {
    const line = JSON.parse(text);
    const valid = validate(line.json);
    if (line.rule === null)
        counts.valid++;
    else
        counts[valid ? 'passed' : 'refused']++;
    if (line.rule === null && !valid)
        console.error(`${line.file}: ${ajv.errorsText(validate.errors)}`);
    if (structure.includes(line.rule) && valid)
        console.error(`${line.file}: breaks ${line.rule} and is valid`);
    failures += (line.rule === null && !valid) || (structure.includes(line.rule) && valid) ? 1 : 0;
}
console.log(`${counts.valid} profiles, ${failures} failures; of those that break a rule ${counts.refused} are ` +
    `refused and ${counts.passed} are not`);
process.exit(failures > 0 || counts.valid === 0 || counts.refused === 0 ? 1 : 0);
