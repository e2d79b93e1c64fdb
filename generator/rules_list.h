/* SPDX-License-Identifier: MIT */
/*
 * RULE(name, id, severity, summary, explanation), one entry per rule, without a guard:
 * this file is included where RULE is defined. Ids are for ever, their order is not.
 * Sections follow the stages of the compiler.
 */

/* The file and its YAML. */
RULE(CANNOT_READ, "cannot-read", ERROR, "the file cannot be read",
     "The file is missing, is no regular file, or may not be read by this user.\n"
     "Check the path and the permissions.\n")
RULE(YAML_SYNTAX, "yaml-syntax", ERROR, "the text is not valid YAML",
     "The YAML reader gave up here. Frequent causes: a tab in the indentation, a colon\n"
     "without a blank behind it, an unclosed bracket or quote, or bytes that are not\n"
     "UTF-8.\n")
RULE(YAML_FEATURE, "yaml-feature", ERROR, "a part of YAML that profiles do not use",
     "Anchors, aliases, merge keys, tags, directives and further documents are refused,\n"
     "so that a profile reads the same everywhere. Write the value out. A text that\n"
     "begins with '&', '*', '!' or '%' belongs in quotes.\n")
RULE(YAML_LIMIT, "yaml-limit", ERROR, "the file is too large or nested too deeply",
     "A profile has at most 256 KiB and 32 levels of nesting. Split a family of devices\n"
     "into several profiles.\n")
RULE(DUPLICATE_KEY, "duplicate-key", ERROR, "a key is given twice in one mapping",
     "The second value would hide the first. Remove one of them, or give the second its\n"
     "own name.\n")
RULE(UNKNOWN_KEY, "unknown-key", ERROR, "a key that the language does not know here",
     "Nothing is ignored in silence: every key of a profile has a meaning. Correct the\n"
     "spelling, or move the key to the mapping it belongs to.\n")
RULE(MISSING_KEY, "missing-key", ERROR, "a required key is missing",
     "Add the key that the message names.\n")
RULE(KEY_NOT_HERE, "key-not-here", ERROR, "a key without meaning for this item",
     "The key exists, but not together with the others of this mapping: a number format\n"
     "on a text, a width on a group. Remove it, or change the form of the item.\n")
RULE(EXPECTED_MAP, "expected-map", ERROR, "a mapping belongs here",
     "This place takes 'key: value' pairs, as '{a: 1}' or one pair a line.\n")
RULE(EXPECTED_LIST, "expected-list", ERROR, "a list belongs here",
     "This place takes a list, as '[a, b]' or one '- a' a line.\n")
RULE(EXPECTED_SCALAR, "expected-scalar", ERROR, "a single value belongs here",
     "This place takes one text, number or truth value, and no list or mapping.\n")
RULE(LANGUAGE_VERSION, "language-version", ERROR,
     "the profile is written for another version of the language",
     "This compiler reads profiles that begin with 'dragoman: 1'.\n")
RULE(NOT_SUPPORTED, "not-supported", ERROR,
     "a part of the language that this version does not have",
     "The construct is planned, but this version of the compiler cannot translate it.\n"
     "Describe the device without it, or wait for a later version.\n")

/* Files that share, and families. */
RULE(INCLUDE_PATH, "include-path", ERROR, "a file that this profile may not include",
     "An included file lies beside the file that names it or below, and ends in '.yaml'\n"
     "or '.yml': no absolute path, no '..', no control character, and no link that\n"
     "leads out of the folder of the profile. A profile that is compiled from memory\n"
     "has no folder and includes nothing. Move the shared file next to the profiles\n"
     "that use it.\n")
RULE(INCLUDE_CYCLE, "include-cycle", ERROR, "files include each other in a circle",
     "A file is included by one that it includes itself, perhaps by way of others. Put\n"
     "what both need into a third file.\n")
RULE(INCLUDE_TWICE, "include-twice", ERROR, "a list names the same file twice",
     "One of the two is enough. Two files may include the same third one: it is read\n"
     "once.\n")
RULE(
    INCLUDE_LIMIT, "include-limit", ERROR, "too many, too deep or too large includes",
    "A profile includes at most 32 files, in at most 8 steps from one to the next, with\n"
    "at most 1 MiB in all.\n")
RULE(INCLUDE_REDEFINED, "include-redefined", ERROR, "a name that two files define",
     "Nothing that is included is changed in silence: each name of enums, groups, "
     "floats,\n"
     "curves and hooks is defined once among all files. Give one of them another name.\n")
RULE(UNKNOWN_MODEL, "unknown-model", ERROR, "a model that the family does not have",
     "The models of a profile are the one under 'product' and those under 'models'.\n"
     "Without 'models' there is one model, and vectors do not name it.\n")

/* Scalars. */
RULE(QUOTE_TEXT, "quote-text", ERROR, "a text that YAML readers take for something else",
     "Plain on, off, yes, no, y, n, true, false, null, ~, numbers and dates are read as\n"
     "truth values, numbers or dates by one YAML reader or another. Put them in quotes\n"
     "where a text is meant: 'on'.\n")
RULE(ODD_INTEGER, "odd-integer", ERROR,
     "an integer in a spelling that readers disagree about",
     "Integers are decimal without leading zeros, or hexadecimal as in 0x1F. Octal,\n"
     "binary, underscores and sexagesimal forms are refused.\n")
RULE(EXPECTED_INTEGER, "expected-integer", ERROR, "an integer belongs here",
     "Write a decimal integer or a hexadecimal one such as 0x1F, without quotes.\n")
RULE(EXPECTED_NUMBER, "expected-number", ERROR, "a number belongs here",
     "Write a decimal such as 0.001, an exponent such as 1e-3, or a fraction such as "
     "5/9,\n"
     "without quotes. Numbers are exact: at most 18 digits and small exponents.\n")
RULE(EXPECTED_RANGE, "expected-range", ERROR, "a range belongs here",
     "Ranges are 4..9 (both ends belong to it), 4.. and ..9; one integer is a range of\n"
     "one value.\n")
RULE(OUT_OF_RANGE, "out-of-range", ERROR, "a number outside what this place can hold",
     "The message names the limits.\n")
RULE(UNQUOTED_HEX, "unquoted-hex", ERROR, "hex bytes without quotes",
     "Hex bytes stand in quotes, \"AA 72\": without them YAML readers take some for\n"
     "numbers.\n")
RULE(BAD_HEX, "bad-hex", ERROR, "a text that is no row of hex bytes",
     "Two hex digits a byte, blanks between bytes allowed: \"AA 72\".\n")
RULE(BAD_VALUE, "bad-value", ERROR, "a value that is none of those allowed here",
     "The message lists the values, or says what is wrong with this one.\n")
RULE(
    BAD_NAME, "bad-name", ERROR, "a name with characters that names do not have",
    "Names that expressions use begin with a letter or '_' and go on with letters,\n"
    "digits and '_'. Names of the product model have no brackets, braces or quotes, and\n"
    "those of services, commands and events no point.\n")

/* The product model. */
RULE(BAD_DATA_TYPE, "bad-data-type", ERROR, "a data type that the platform does not know",
     "Legal are int, long, decimal, string, DateTime, jsonObject, enum, boolean and\n"
     "string list. Other spellings, such as double or bool, are refused when the\n"
     "product is uploaded.\n")
RULE(MIN_ABOVE_MAX, "min-above-max", ERROR, "the lower limit is above the upper one",
     "No value fits such limits. Exchange or correct them.\n")
RULE(ENUM_LIST, "enum-list", ERROR, "data type and enum_list do not fit",
     "An enum needs an enum_list with at least one value, each once; other types have\n"
     "none.\n")
RULE(LIMIT_UNUSED, "limit-unused", WARNING, "a limit without meaning for the data type",
     "min, max and step are for int, long and decimal, max_length is for string, "
     "DateTime,\n"
     "jsonObject and string list. The platform ignores other combinations.\n")
RULE(PLATFORM_NAME, "platform-name", WARNING,
     "a name that the platform may refuse or shorten",
     "Names of manufacturers, models, device types, services, properties and commands "
     "are\n"
     "English, without blanks or special characters, at most 64 characters long.\n")
RULE(SERVICE_IS_ROLE, "service-is-role", ERROR, "a service is named like a role",
     "In plain JSON the members mid, errcode, event_time, has_more and identifier, and "
     "the\n"
     "words command, body, paras, reply, event, set and get stand beside the services.\n"
     "Give the service another name.\n")

/* Names that lead from one part to another. */
RULE(UNKNOWN_SERVICE, "unknown-service", ERROR, "the product has no such service",
     "Services are listed under 'services'. Correct the spelling; letter case counts.\n")
RULE(UNKNOWN_COMMAND, "unknown-command", ERROR,
     "the service has no such command or event",
     "Write 'Service.COMMAND', both as under 'services'. Letter case counts.\n")
RULE(UNKNOWN_PROPERTY, "unknown-property", ERROR,
     "a member that is in no property or parameter",
     "The platform drops such a member in silence. Declare the property, or correct the\n"
     "name; letter case counts.\n")
RULE(UNKNOWN_MESSAGE, "unknown-message", ERROR, "the profile has no such message",
     "Messages are listed under 'messages'. Correct the spelling.\n")
RULE(UNKNOWN_ENUM, "unknown-enum", ERROR, "the profile has no such enum",
     "Named enums are listed under 'enums'. Correct the spelling.\n")
RULE(UNKNOWN_NAME, "unknown-name", ERROR,
     "an expression names nothing that is known here",
     "Expressions see the name, local, label and role items that stand before them in "
     "the\n"
     "same message.\n")
RULE(AMBIGUOUS_NAME, "ambiguous-name", ERROR, "a name means items that are not alike",
     "In the cases of a switch, and under conditions, a name means whichever item is\n"
     "there. They must have the same 'name', 'local', 'label' and 'role', and stand in "
     "the\n"
     "same objects and the same loop; else one cannot stand for the other. Give each a\n"
     "'label' and use those: 'or_else(one, other)'.\n")
RULE(AMBIGUOUS_SERVICE, "ambiguous-service", ERROR,
     "the service of a member is not clear",
     "With several services, 'to' on the item, its group or its message says where "
     "members\n"
     "go.\n")
RULE(PROPERTY_UNUSED, "property-unused", WARNING,
     "no message fills or takes this property",
     "The platform would show it without a value for ever. Add it to a message, or "
     "remove\n"
     "it from the product model.\n")

/* Messages. */
RULE(COMMAND_WITHOUT_MESSAGE, "command-without-message", WARNING,
     "no message carries this command",
     "The platform can send the command, but nothing turns it into a frame.\n")
RULE(COMMAND_WITHOUT_MID, "command-without-mid", WARNING, "a command without 'role: mid'",
     "Without mid the platform cannot tell which command a response belongs to, if two\n"
     "are under way.\n")
RULE(RESPONSE_WITHOUT_ERRCODE, "response-without-errcode", WARNING,
     "a response without 'role: errcode'",
     "The platform takes errcode as the success of the command; without one it is 0.\n")
RULE(MID_WIDTH, "mid-width", WARNING, "mid does not have 16 bits",
     "The platform counts mid from 1 to 65535. A narrower field cannot carry them all.\n")
RULE(MID_PLACE, "mid-place", NOTE, "command and response have mid at different places",
     "The platform allows that, and some products do it. Where it was not meant, "
     "responses\n"
     "are taken for those of other commands, or of none: compare with the device.\n")
RULE(PARAMETER_NOT_CARRIED, "parameter-not-carried", WARNING,
     "a required parameter that the command does not carry",
     "The product model says that the platform always sends it, and the frame has no\n"
     "place for it. Add it to the message, or make it optional in the product model.\n")
RULE(HAS_MORE_FIXED, "has-more-fixed", WARNING, "has_more is always 1",
     "The platform holds commands back while a device says that more data follows. A\n"
     "report that always says so delays them until the device sleeps.\n")
RULE(AMBIGUOUS_DISPATCH, "ambiguous-dispatch", ERROR, "a frame fits two messages",
     "Messages of one direction must differ in a constant at a fixed place, or in\n"
     "'match'. The message shows a frame that fits both. Add a constant, or mark one of\n"
     "them 'fallback: true'.\n")
RULE(AMBIGUOUS_ENCODE, "ambiguous-encode", NOTE, "two messages can take the same JSON",
     "Encoding takes the first as written unless the caller names the message.\n")
RULE(
    CONST_NOT_FIXED, "const-not-fixed", NOTE, "a constant behind a variable part",
    "It is compared and written, but does not help to choose the message, for its place\n"
    "differs from frame to frame.\n")
RULE(MATCH_UNKNOWN, "match-unknown", ERROR,
     "'match' names something that no guard can look at",
     "Guards look at the port, the length of the frame, and integers at a place fixed\n"
     "from the start of the frame that have a name or local and no value of their own.\n")
RULE(BITS_SUM, "bits-sum", ERROR, "the bits of a group do not add up",
     "The widths of the fields of a bit group add up to the width of the group. Unused\n"
     "bits are reserved: {reserved: u5}.\n")

RULE(FRAMING_ESCAPE, "framing-escape", ERROR, "escapes that cannot be undone",
     "Each escape begins with a byte that is escaped itself, and no escape begins like\n"
     "another. Bytes of the delimiter that ends the frame must be escaped, too.\n")
RULE(FRAMING_END, "framing-end", WARNING, "nothing says where a frame ends",
     "A reader of a line needs 'end', 'length' or 'gap'. Where frames come one by one,\n"
     "as in datagrams, this does not matter.\n")
RULE(
    FRAMING_RESYNC, "framing-resync", WARNING,
    "a reader of a line cannot find the next frame after an error",
    "With a length alone, one wrong byte puts every later frame at the wrong place. Add\n"
    "'start', 'end' or 'gap'.\n")
RULE(JOIN_WIDTH, "join-width", ERROR, "the pieces of a join do not add up",
     "The widths of the pieces add up to the width of the type: two pieces of 8 and 1\n"
     "bits make an u9 or i9. Bytes are counted likewise.\n")
RULE(
    JOIN_PIECE, "join-piece", ERROR, "an item cannot be a piece of a join",
    "Pieces are integers, or bytes, as they stand on the wire: without scale, 'invalid'\n"
    "and padding, once, and in the same repetition as the join. Give the scale to the\n"
    "join.\n")

RULE(
    UNTIL_WIDTH, "until-width", ERROR,
    "an element can be shorter than the mark that ends the repetition",
    "Before each element the next bytes are compared with the mark. They must belong to\n"
    "one element, so that encoding can see that none begins like the mark.\n")
RULE(
    OVERLAP, "overlap", ERROR, "bytes of the frame have two owners",
    "An item with 'at' stands in bytes that the running list passes over by 'skip', and\n"
    "in no others. Move it, or put a 'skip' where it stands.\n")
RULE(GAP, "gap", ERROR, "an item stands where the layout has no bytes",
     "The running list ends before the place of an item with 'at', or its length is not\n"
     "known there. Add a 'skip' of that many bytes, or count from the other end.\n")
RULE(SKIP_WITHOUT_OWNER, "skip-without-owner", ERROR, "bytes are passed over for nothing",
     "Each byte that 'skip' passes over belongs to an item with 'at'. Bytes without\n"
     "meaning are 'reserved'.\n")
RULE(UNKNOWN_HOOK, "unknown-hook", ERROR, "the profile has no such hook",
     "Hooks are listed under 'hooks', with the length of what they make. Correct the\n"
     "spelling.\n")
RULE(HOOK_PLACE, "hook-place", ERROR, "something that cannot stand inside a hook",
     "Inside a group with a hook the layout is about the bytes that the hook makes.\n"
     "Lengths and checksums of the frame, texts of the envelope and other hooks have no\n"
     "meaning there.\n")

/* Items. */
RULE(ITEM_FORM, "item-form", ERROR, "an item without form, or with two",
     "Each item has exactly one of type, bits, fields, use, switch, tlv, checksum,\n"
     "reserved, skip, join, value, literal, warn and refuse.\n")
RULE(FIELD_WITHOUT_REASON, "field-without-reason", ERROR,
     "bytes that nobody reads, compares or fills",
     "An item with a type needs name, local, role, const, length_of or count_of. Bytes\n"
     "without meaning are reserved: {reserved: u8}.\n")
RULE(
    BAD_TYPE, "bad-type", ERROR, "a type that the language does not know",
    "Types are u8, i16le, f32, bool, text(4), bytes(n), bcd(6) and their kin. Outside a\n"
    "bit group integers have 8 to 64 bits in whole bytes.\n")
RULE(
    UNKNOWN_CHECKSUM, "unknown-checksum", ERROR, "a checksum of unknown name",
    "Names are those of the public catalogue of CRCs, such as crc-16/modbus, and\n"
    "sum-8, sum-16, xor-8, lrc-8, fletcher-16 and adler-32. Another CRC is given by its\n"
    "parameters: {width: 16, poly: 0x8005, init: 0xFFFF, refin: true, refout: true}.\n")
RULE(CHECKSUM_WIDTH, "checksum-width", ERROR,
     "the type does not have the width of the checksum",
     "The type says in which order the bytes of the checksum are written. Its width is\n"
     "that of the checksum, in whole bytes.\n")
RULE(CHECKSUM_RANGE, "checksum-range", ERROR,
     "the bytes that a checksum covers are impossible",
     "'over' has the offset of the first byte and of the one behind the last; negative\n"
     "ones count from the end of the frame. The checksum itself is not among them.\n")
RULE(CHECKSUM_PLACE, "checksum-place", ERROR,
     "a length or checksum of the frame where it cannot be filled in",
     "They stand in no repetition, and a message has at most 8 of them.\n")
RULE(CASE_OVERLAP, "case-overlap", ERROR, "two cases of a switch have a value in common",
     "Each value belongs to one case. Make the ranges smaller.\n")
RULE(CASE_AMBIGUOUS, "case-ambiguous", WARNING,
     "encoding cannot tell two cases of a switch apart",
     "'encode: case' writes the first case whose members are given. Where a later case\n"
     "has no member of its own, it is never written; give the selector a name, so that\n"
     "the JSON says which case is meant.\n")
RULE(
    OBJECT_REPLACED, "object-replaced", WARNING,
    "objects of one name in several cases of a tag loop",
    "Where records bring an object more than once, the last one counts, as a whole: the\n"
    "members that only an earlier one has are lost. To have all of them in one object,\n"
    "leave the objects out and give each field the object by 'to', as in\n"
    "'to: Service.object', or 'to: object' in a profile without services.\n")
RULE(UNREACHABLE_CASE, "unreachable-case", WARNING, "a case that nothing chooses",
     "The value is beyond what the selector can hold. Correct it, or remove the case.\n")
RULE(NOT_ENCODABLE, "not-encodable", ERROR,
     "encoding cannot know what to write for this item",
     "A local, or a member that is in no JSON, takes its value on encode from a "
     "constant,\n"
     "an 'encode' expression, a default, or from what it measures. Add one of these, or\n"
     "mark the message 'only: decode'.\n")
RULE(DUPLICATE_MEMBER, "duplicate-member", ERROR, "two items fill the same member",
     "Each member of a service or object is filled once, unless conditions keep the "
     "items\n"
     "apart.\n")
RULE(DUPLICATE_ROLE, "duplicate-role", ERROR, "two items have the same role",
     "Each role stands once in a message.\n")
RULE(ROLE_NOT_HERE, "role-not-here", ERROR,
     "a role without meaning in this kind of message",
     "mid belongs to reports, commands and responses, errcode to responses and replies, "
     "has_more\n"
     "and event_time to what goes up.\n")
RULE(NEEDS_DECIMALS, "needs-decimals", ERROR,
     "the scaled value has no finite decimal form",
     "A fraction such as 5/9 gives endless decimals. Say with 'decimals' how many to\n"
     "print.\n")
RULE(BAD_SCALE, "bad-scale", ERROR, "scale or offset cannot be carried exactly",
     "A scale of 0 loses the value. Scales and offsets must keep every raw value within\n"
     "64 bits.\n")
RULE(BAD_FLOAT, "bad-float", ERROR, "a floating point format beyond binary64",
     "A float has at most 11 bits of exponent and 52 of fraction, and its numbers stay\n"
     "between the smallest and the largest of f64. Check the bias.\n")
RULE(BAD_CURVE, "bad-curve", ERROR, "points that make no curve",
     "A curve has at least two points [x, y], decimals, in ascending order of x.\n")
RULE(UNKNOWN_CURVE, "unknown-curve", ERROR, "the profile has no such curve",
     "Curves are listed under 'curves'. Correct the spelling.\n")
RULE(ENUM_KEY, "enum-key", ERROR, "an enum key that the field cannot hold",
     "Keys are raw values of the field: check its width and sign.\n")
RULE(INVALID_RAW, "invalid-raw", ERROR,
     "an invalid raw value that the field cannot hold, or that means something else",
     "'invalid' lists raw values of the field: check its width and sign, and that none "
     "of\n"
     "them is a key of the enum or given twice.\n")
RULE(VALID_RANGE, "valid-range", WARNING, "'valid' is beyond what the field can carry",
     "An end that no raw value reaches has no effect. Check width, scale and offset, or\n"
     "leave that end open.\n")
RULE(ENUM_LABEL, "enum-label", ERROR, "an enum label outside the property's enum_list",
     "The platform refuses such a value. Make the labels of the wire and of the product\n"
     "model the same.\n")
RULE(CONST_WIDTH, "const-width", ERROR, "a constant that the type cannot hold",
     "Check width and sign of the type.\n")
RULE(TYPE_MISMATCH, "type-mismatch", ERROR,
     "the field's value does not fit the property's data type",
     "A text cannot fill an int, nor a number a boolean. Correct the data type, or the\n"
     "way the field is shown.\n")
RULE(RANGE_WIDER_THAN_FIELD, "range-wider-than-field", WARNING,
     "the property's limits are beyond what the field can carry",
     "Encoding refuses values that the model allows. Widen the field or narrow the\n"
     "limits.\n")
RULE(RANGE_NARROWER_THAN_FIELD, "range-narrower-than-field", NOTE,
     "the field can carry values beyond the property's limits",
     "Such a frame is decoded as the profile's policy says, and never encoded.\n")
RULE(
    STEP_SCALE, "step-scale", WARNING, "step and scale do not fit",
    "The property promises steps that the field cannot carry, or the field gives values\n"
    "between the steps.\n")
RULE(TEXT_LENGTH, "text-length", WARNING,
     "the text is longer than the property's max_length",
     "The platform cuts or refuses it. Raise max_length or shorten the field.\n")
RULE(UNUSED_LOCAL, "unused-local", WARNING, "a local that nothing refers to",
     "Use it, or make it reserved.\n")
RULE(
    UNBOUNDED, "unbounded", ERROR, "the size of a part has no bound",
    "Every text, list and frame has a largest size. Narrow the field that counts it, or\n"
    "set frame_limit.\n")
RULE(TAG_TWICE, "tag-twice", ERROR, "two cases of a tag loop have the same tag",
     "A record belongs to one case. Give the cases different tags, or put the items of\n"
     "both into one.\n")
RULE(UNKNOWN_STOP, "unknown-stop", NOTE, "a tag loop stops at records it could pass over",
     "Newer firmware sends records that this profile does not know. Where records tell\n"
     "their size, 'unknown: skip' passes over them and keeps what stands behind.\n")
RULE(
    DEFAULT_BEATS_INVALID, "default-beats-invalid", NOTE,
    "a reading that is left out is encoded as the default",
    "Without 'default' a missing member is written as the first raw of 'invalid', and\n"
    "what was decoded is written again to the letter. Leave out one of the two, or show\n"
    "the raw as a value of its own: 'invalid: {0: null}'.\n")
RULE(
    SIZE_MISMATCH, "size-mismatch", ERROR,
    "a group does not fit the size that it is said to have",
    "A group with 'size' is just so many bytes long, and its items must be able to fill\n"
    "them. Correct the size, add what is missing as 'reserved', or let the message "
    "ignore\n"
    "what is left with 'trailing_bytes: ignore'.\n")
RULE(REST_NOT_LAST, "rest-not-last", ERROR,
     "something follows a part that takes the rest",
     "Behind 'rest' no bytes are left. Give the part a size, or move it to the end.\n")
RULE(
    OPTIONAL_GAP, "optional-gap", ERROR,
    "something that must be there follows something optional",
    "An optional item is absent when the frame has ended, so all behind it is absent as\n"
    "well: mark it 'optional: true', too.\n")
RULE(TOO_LARGE, "too-large", ERROR, "the profile is larger than a table can be",
     "Tables have limits on rows, members, nesting and bytes. The message names the one\n"
     "that was passed.\n")

/* Expressions. */
RULE(BAD_EXPRESSION, "bad-expression", ERROR, "an expression that cannot be read",
     "The message says what was expected. Expressions have no '?:', '&&' or '||': write\n"
     "'a if c else b', 'and', 'or'.\n")
RULE(EXPRESSION_CUT, "expression-cut", ERROR, "an expression cut by a comma or bracket",
     "Inside { } and [ ] a comma ends a plain value. Put the expression in quotes.\n")
RULE(EXPRESSION_TYPE, "expression-type", ERROR, "an expression mixes kinds of values",
     "Numbers compare with numbers, texts with texts, and 'and', 'or' and 'not' take "
     "truth\n"
     "values.\n")
RULE(EXPRESSION_LIMIT, "expression-limit", ERROR, "an expression is too long or too deep",
     "At most 64 operations and a depth of 16. Split it with a 'value' item.\n")
RULE(CONSTANT_CONDITION, "constant-condition", WARNING,
     "a condition that is always true or always false",
     "Remove it, or compare with a field.\n")

/* Shapes of values. */
RULE(BAD_FORMAT, "bad-format", ERROR, "a composed text that cannot be made",
     "'format' is a text with names of fields in braces: 'v{major}.{minor:02}'. Behind\n"
     "a colon stands how a number is written: '02' with zeros in front, 'x' or '02X' in\n"
     "hex, '.2' with so many decimals. '{{' is a brace that stands for itself.\n")
RULE(FORMAT_AMBIGUOUS, "format-ambiguous", ERROR,
     "a composed text that can be divided in several ways",
     "Encoding takes the text to pieces again. Put a character between two fields that\n"
     "neither of them has, or give the first a fixed number of digits: '{a:03}'.\n")

/* Vectors. */
RULE(BAD_TEST, "bad-test", ERROR, "a vector that says too little or contradicts itself",
     "A vector has hex and json, or one of them and the error it must give.\n")
RULE(
    UNPROVEN, "unproven", NOTE, "no vector of the profile names an outside source",
    "Vectors that were made from the profile prove only that it agrees with itself. Add\n"
    "one from the device's datasheet or from real frames, with 'source'.\n")
