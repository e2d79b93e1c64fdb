/* SPDX-License-Identifier: MIT */
/* Keys of what stands in layouts: items, and the mappings inside them. */
#include "item_keys.h"
#include "language.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
    WIRE =
        FORM_INTEGER | FORM_FLOAT | FORM_BYTES | FORM_BITS | FORM_GROUP | FORM_RESERVED,
    ANY = WIRE | FORM_VALUE | FORM_LITERAL
};

static const struct language_key item_keys[] = {
    {"name", "text", "member of the JSON; fields in braces make it computed",
     ANY & ~FORM_RESERVED},
    {"local", "text", "name that only expressions know",
     (WIRE & ~FORM_RESERVED) | FORM_VALUE},
    {"role", "words:mid|errcode|has_more|event_time|identifier", "member of the envelope",
     FORM_LITERAL | FORM_INTEGER | FORM_BYTES | FORM_VALUE | FORM_GROUP | FORM_BITS},
    {"record", "text", "service of which each time round is one record",
     FORM_GROUP | FORM_BITS},
    {"label", "text", "another name for expressions", ANY & ~FORM_RESERVED},
    {"type", "type", "what stands on the wire: u16, i8, f32, text(8), bcd(4)",
     FORM_INTEGER | FORM_FLOAT | FORM_BYTES | FORM_CHECK},
    {"bits", "text", "integer type, or bytes(n), whose bits the fields share", FORM_BITS},
    {"fields", "items", "the items of a group", FORM_BITS | FORM_GROUP},
    {"use", "text", "group whose items stand here", FORM_GROUP},
    {"with", "map:any", "parameters of the group", FORM_GROUP},
    {"reserved", "text", "type of a part that is not looked at", FORM_RESERVED},
    {"fill", "integer", "what encoding writes into it; zero if not given", FORM_RESERVED},
    {"value", "expression", "computed member; no bytes", FORM_VALUE},
    {"literal", "any", "constant member; no bytes", FORM_LITERAL},
    {"repeat", "integer / expression", "how often: number, expression or rest", WIRE},
    {"when", "expression", "is the item there?",
     ANY | FORM_CHECK | FORM_NOTICE | FORM_SWITCH | FORM_TLV},
    {"optional", "truth", "absent when nothing is left of the frame",
     WIRE | FORM_CHECK | FORM_SWITCH | FORM_TLV},
    {"const", "integer / text / list:constant", "what it must be equal to",
     FORM_INTEGER | FORM_BYTES},
    {"scale", "expression",
     "value = raw x scale + offset; an expression may depend on fields",
     FORM_INTEGER | FORM_FLOAT},
    {"offset", "expression", "value = raw x scale + offset", FORM_INTEGER | FORM_FLOAT},
    {"decimals", "integer", "round to so many", FORM_INTEGER | FORM_FLOAT | FORM_VALUE},
    {"ties", "words:away|even", "how halves are rounded",
     FORM_INTEGER | FORM_FLOAT | FORM_VALUE},
    {"inexact", "words:nearest|refuse", "encoding: a value between those of two raw ones",
     FORM_INTEGER | FORM_GROUP | FORM_BITS},
    {"enum", "text / labels", "raw values and what they mean; or the name of an enum",
     FORM_INTEGER | FORM_VALUE},
    {"unknown", "words:omit|number|refuse", "a raw value in no key",
     FORM_INTEGER | FORM_VALUE},
    {"time", "text / time", "an instant: unix, unix_ms, a pattern, a unit, members",
     FORM_INTEGER | FORM_VALUE | FORM_GROUP | FORM_BITS},
    {"as",
     "words:text|hex|HEX|binary|number|base64|array|dotted|compact|iso|iso_ms|datetime|"
     "date|epoch|epoch_ms",
     "how the value is written in JSON",
     FORM_INTEGER | FORM_FLOAT | FORM_BYTES | FORM_VALUE | FORM_GROUP | FORM_BITS},
    {"encoding", "words:latin1|ascii|utf8", "of text; latin1 if not given", FORM_BYTES},
    {"default", "any",
     "value of an absent item or missing member; of a switch items for other values",
     FORM_INTEGER | FORM_FLOAT | FORM_BYTES | FORM_SWITCH | FORM_BITS | FORM_GROUP},
    {"encode", "expression", "what encoding writes in place of a member",
     FORM_INTEGER | FORM_FLOAT | FORM_GROUP | FORM_BITS},
    {"to", "text", "service, or Service.object, that the member goes to",
     (ANY & ~FORM_RESERVED) | FORM_SWITCH | FORM_TLV},
    {"byte_order", "words:big|little", "of integers inside", FORM_BITS | FORM_GROUP},
    {"bit_order", "words:msb|lsb", "of bit groups inside", FORM_BITS | FORM_GROUP},
    {"unit", "text", "for people", ANY},
    {"description", "text", "for people",
     ANY | FORM_CHECK | FORM_NOTICE | FORM_SWITCH | FORM_TLV},
    {"switch", "expression", "what the cases are chosen by", FORM_SWITCH},
    {"cases", "cases", "value or range, and the items that stand there then",
     FORM_SWITCH},
    {"tlv", "loop", "records that begin with a tag", FORM_TLV},
    {"checksum", "text / checksum", "name of a checksum, or parameters of a CRC",
     FORM_CHECK},
    {"over", "text / list:integer", "bytes or item that the checksum covers", FORM_CHECK},
    {"skip", "integer", "bytes of items that say 'at'", FORM_RESERVED},
    {"join", "list:text", "earlier pieces of one value, the most significant first",
     FORM_INTEGER | FORM_BYTES},
    {"warn", "text", "a warning beside the data", FORM_NOTICE},
    {"refuse", "text", "the frame is refused with this text", FORM_NOTICE},
    {"until", "until", "constant that ends a repetition of the rest",
     WIRE & ~FORM_RESERVED},
    {"at", "integer", "offset of an item that stands elsewhere; negative from the end",
     (WIRE & ~FORM_RESERVED) | FORM_CHECK},
    {"again", "truth", "beside at: bytes that another item has already",
     WIRE & ~FORM_RESERVED},
    {"size", "integer / expression", "bytes of the group, or of each time round",
     FORM_GROUP | FORM_SWITCH | FORM_TLV},
    {"process", "process", "mask of the bytes", FORM_GROUP | FORM_BYTES},
    {"curve", "text", "curve that the value goes along", FORM_INTEGER | FORM_FLOAT},
    {"delta", "expression", "values are differences; what stands before the first",
     FORM_INTEGER},
    {"flags", "map:text", "bit and text: an array of those that are set", FORM_INTEGER},
    {"invalid", "integer / text / list:constant / map:any",
     "raw values that are no reading; of a group any or all",
     FORM_INTEGER | FORM_FLOAT | FORM_GROUP | FORM_BITS},
    {"valid", "range", "range that values keep to, as -40..85",
     FORM_INTEGER | FORM_FLOAT | FORM_VALUE},
    {"outside", "words:omit|null|clamp|warn|refuse", "what becomes of values beyond it",
     FORM_INTEGER | FORM_FLOAT | FORM_VALUE},
    {"zone", "text", "of the clock on the wire, as +08:00",
     FORM_INTEGER | FORM_VALUE | FORM_GROUP | FORM_BITS},
    {"separator", "text", "what stands between two bytes", FORM_BYTES | FORM_VALUE},
    {"format", "text", "text composed of the fields, in braces",
     FORM_INTEGER | FORM_FLOAT | FORM_BYTES | FORM_VALUE | FORM_BITS | FORM_GROUP},
    {"pad", "integer", "byte that fills up the end", FORM_BYTES},
    {"end", "integer", "byte that a text ends before", FORM_BYTES},
    {"sign", "words:top_bit|f_digit|ff_byte|last_nibble", "how bcd is negative",
     FORM_INTEGER},
    {"nibbles", "words:low_first|high_first", "which digit of a byte comes first",
     FORM_INTEGER | FORM_BYTES},
    {"length_of", "text", "frame, body, or item whose bytes it counts", FORM_INTEGER},
    {"count_of", "text", "repetition whose rounds it counts", FORM_INTEGER},
    {"collect", "truth / words:always", "each record gives an element of the array",
     FORM_INTEGER | FORM_FLOAT | FORM_BYTES | FORM_BITS | FORM_GROUP | FORM_VALUE},
    {"hook", "text", "function that the bytes go through first", FORM_GROUP | FORM_BYTES},
};

static const struct language_key until_keys[] = {
    {"const", "integer", "the mark", 0},
    {"type", "text", "integer type of the mark", 0},
};

static const struct language_key time_keys[] = {
    {"unit", "words:ms|s|min|h|d", "what the integer counts", 0},
    {"epoch", "text", "since when, as 20000101T000000Z", 0},
};

static const struct language_key process_keys[] = {
    {"xor", "text", "hex bytes, around and around", 0},
    {"add", "text", "hex bytes that are added on the way to the wire", 0},
};

static const struct language_key checksum_keys[] = {
    {"width", "integer", "bits of the CRC", 0},
    {"poly", "integer / text", "polynomial", 0},
    {"init", "integer / text", "value before the first byte; 0 if not given", 0},
    {"refin", "truth", "are bytes reflected?", 0},
    {"refout", "truth", "is the result reflected?", 0},
    {"xorout", "integer / text", "what the result is combined with; 0 if not given", 0},
};

static const struct language_key loop_keys[] = {
    {"tag", "text / items", "integer type of the tag, or its fields", 0},
    {"select", "expression", "what the cases are chosen by; the tag if not given", 0},
    {"size", "integer / expression", "bytes of a record behind its tag", 0},
    {"unknown", "words:refuse|stop|skip|skip_byte|keep", "a tag of no case", 0},
    {"keep_as", "text", "object that keeps records of unknown tags", 0},
    {"repeated", "words:overwrite|refuse", "a case that comes a second time", 0},
    {"incomplete", "words:refuse|stop", "a record that the end cuts off", 0},
    {"align", "integer", "records are filled up to a multiple of it", 0},
    {"cases", "cases", "tags or ranges, and the items of their records", 0},
    {"description", "text", "for people", 0},
};

const struct language_map language_item = {"item", "an item", item_keys, COUNT(item_keys),
                                           ""};
const struct language_map language_until = {"until", "'until'", until_keys,
                                            COUNT(until_keys), "const type"};
const struct language_map language_time = {"time", "'time'", time_keys, COUNT(time_keys),
                                           "epoch"};
const struct language_map language_process = {"process", "'process'", process_keys,
                                              COUNT(process_keys), ""};
const struct language_map language_checksum = {"checksum", "a checksum", checksum_keys,
                                               COUNT(checksum_keys), "width poly"};
const struct language_map language_loop = {"loop", "a tag loop", loop_keys,
                                           COUNT(loop_keys), "tag cases"};
