/* SPDX-License-Identifier: MIT */
/*
 * The table of commands and their options. Parser, help, man page and completions read
 * nothing else. Values that code switches on stand in the order of the enumeration.
 */
#include "cli.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Options that several commands have. */
#define PROFILE                                                                          \
    {                                                                                    \
        OPTION_PROFILE, 'p', "profile", VALUE_NEEDED, "FILE", NULL,                      \
            "plug-in, profile, or folder of such; without it, the plug-in path is "      \
            "searched"                                                                   \
    }
#define MANUFACTURER                                                                     \
    {                                                                                    \
        OPTION_MANUFACTURER, 0, "manufacturer", VALUE_NEEDED, "ID", NULL,                \
            "take the product of this manufacturer"                                      \
    }
#define MODEL                                                                            \
    {                                                                                    \
        OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,                            \
            "take the product of this model"                                             \
    }
#define PLUGIN_PATH                                                                      \
    {                                                                                    \
        OPTION_PLUGIN_PATH, 0, "plugin-path", VALUE_NEEDED, "DIRS", NULL,                \
            "folders to search first, separated by colons"                               \
    }
#define ALLOW_CODE                                                                       \
    {                                                                                    \
        OPTION_ALLOW_CODE, 0, "allow-code", VALUE_NONE, NULL, NULL,                      \
            "run the code of a plug-in that has some, in a process of its own without "  \
            "files and network"                                                          \
    }
#define CODE_SETTINGS                                                                    \
    {                                                                                    \
        OPTION_CODE_SETTINGS, 0, "code-settings", VALUE_NEEDED, "FILE", NULL,            \
            "with --allow-code: what the plug-in's code is to be told, such as keys"     \
    }
#define SIGNATURES                                                                       \
    {                                                                                    \
        OPTION_SIGNATURES, 0, "signatures", VALUE_NEEDED, "WHAT", "off|warn|require",    \
            "what becomes of plug-ins that no trusted key has signed (default: off, or " \
            "require if there are trusted keys)"                                         \
    }
#define TRUSTED_KEYS                                                                     \
    {                                                                                    \
        OPTION_TRUSTED_KEYS, 0, "trusted-keys", VALUE_NEEDED, "FILE", NULL,              \
            "public keys whose signatures count, in PEM"                                 \
    }
#define MESSAGE                                                                          \
    {                                                                                    \
        OPTION_MESSAGE, 'm', "message", VALUE_NEEDED, "NAME", NULL,                      \
            "take this message of the profile, whatever the input looks like"            \
    }
#define MESSAGE_OF(help)                                                                 \
    {                                                                                    \
        OPTION_MESSAGE, 'm', "message", VALUE_NEEDED, "NAME", NULL, help                 \
    }
#define SEED                                                                             \
    {                                                                                    \
        OPTION_SEED, 0, "seed", VALUE_NEEDED, "N", NULL,                                 \
            "where random numbers begin; the same seed gives the same (default: 0)"      \
    }
#define PORT                                                                             \
    {                                                                                    \
        OPTION_PORT, 0, "port", VALUE_NEEDED, "N", NULL,                                 \
            "LoRaWAN port or CAN identifier, unless the line says one"                   \
    }
#define TOPIC                                                                            \
    {                                                                                    \
        OPTION_TOPIC, 0, "topic", VALUE_NEEDED, "TOPIC", NULL,                           \
            "MQTT topic of the frame, unless the line says one"                          \
    }
#define RECEIVED_AT                                                                      \
    {                                                                                    \
        OPTION_RECEIVED_AT, 0, "received-at", VALUE_NEEDED, "TIME", NULL,                \
            "receive time, as 2026-01-02T03:04:05Z, unless the line says one"            \
    }
#define REQUEST                                                                          \
    {                                                                                    \
        OPTION_REQUEST, 0, "request", VALUE_NEEDED, "HEX", NULL,                         \
            "the frame that a reply answers"                                             \
    }
#define REQUEST_FORMAT                                                                   \
    {                                                                                    \
        OPTION_REQUEST_FORMAT, 0, "request-format", VALUE_NEEDED, "FORMAT",              \
            "base64|hex|array",                                                          \
            "spelling of 'request' in a reply's JSON (default: as its shape has it)"     \
    }
#define INPUT                                                                            \
    {                                                                                    \
        OPTION_INPUT, 'i', "input", VALUE_NEEDED, "FORMAT",                              \
            "auto|hex|xxd|base64|bin|json|candump",                                      \
            "how frames are written (default: auto)"                                     \
    }
#define EACH                                                                             \
    {                                                                                    \
        OPTION_EACH, 'n', "each", VALUE_NONE, NULL, NULL,                                \
            "each argument is a frame; otherwise all of them together are one"           \
    }
#define INPUT_FILE                                                                       \
    {                                                                                    \
        OPTION_FILE, 'f', "file", VALUE_NEEDED, "FILE", NULL,                            \
            "read lines from FILE, gzipped or not; '-' is standard input"                \
    }
#define OUTPUT                                                                           \
    {                                                                                    \
        OPTION_OUTPUT, 'o', "output", VALUE_NEEDED, "FILE", NULL,                        \
            "write to FILE instead of standard output"                                   \
    }
#define ERROR_FORMAT                                                                     \
    {                                                                                    \
        OPTION_ERROR_FORMAT, 0, "error-format", VALUE_NEEDED, "FORMAT", "text|json",     \
            "how errors are told on standard error (default: text)"                      \
    }
#define QUIET                                                                            \
    {                                                                                    \
        OPTION_QUIET, 'q', "quiet", VALUE_NONE, NULL, NULL,                              \
            "tell errors only: no warnings, no progress, no summary"                     \
    }
#define NO_COLOR                                                                         \
    {                                                                                    \
        OPTION_NO_COLOR, 0, "no-color", VALUE_NONE, NULL, NULL,                          \
            "no colour on terminals, as with NO_COLOR in the environment"                \
    }
#define JOBS                                                                             \
    {                                                                                    \
        OPTION_JOBS, 'j', "jobs", VALUE_NEEDED, "N", NULL,                               \
            "work on lines with N threads, 0: as many as there are processors; results " \
            "keep their order (default: 1)"                                              \
    }
#define NO_PROGRESS                                                                      \
    {                                                                                    \
        OPTION_NO_PROGRESS, 0, "no-progress", VALUE_NONE, NULL, NULL,                    \
            "do not show on a terminal how far it is"                                    \
    }
#define HELP                                                                             \
    {                                                                                    \
        OPTION_HELP, 'h', "help", VALUE_NONE, NULL, NULL, "this text"                    \
    }
#define JSON(help)                                                                       \
    {                                                                                    \
        OPTION_JSON, 0, "json", VALUE_NONE, NULL, NULL, help                             \
    }
#define DIRECTION(help)                                                                  \
    {                                                                                    \
        OPTION_DIRECTION, 'd', "direction", VALUE_NEEDED, "WAY", "up|down", help         \
    }
#define SHAPE(help)                                                                      \
    {                                                                                    \
        OPTION_SHAPE, 's', "shape", VALUE_NEEDED, "SHAPE", "oceanconnect|iotda|plain",   \
            help                                                                         \
    }

static const struct cli_option decode_options[] = {
    PROFILE,
    MANUFACTURER,
    MODEL,
    PLUGIN_PATH,
    ALLOW_CODE,
    CODE_SETTINGS,
    SIGNATURES,
    TRUSTED_KEYS,
    SHAPE("spelling of the JSON (default: plain)"),
    MESSAGE,
    DIRECTION("frames from the device go up, frames to it down (default: up)"),
    PORT,
    TOPIC,
    RECEIVED_AT,
    REQUEST,
    REQUEST_FORMAT,
    INPUT,
    EACH,
    INPUT_FILE,
    {OPTION_STREAM, 0, "stream", VALUE_NONE, NULL, NULL,
     "cut frames out of a stream by the profile's framing; lines and files are pieces of "
     "it"},
    JOBS,
    OUTPUT,
    {OPTION_INDENT, 0, "indent", VALUE_MAYBE, "N", NULL,
     "lay the JSON out over lines, N blanks a level (2 if N is left out)"},
    JSON("wrap each result: message, JSON, warnings"),
    {OPTION_CSV, 0, "csv", VALUE_NONE, NULL, NULL,
     "a table instead: one line a frame, a column for each member"},
    ERROR_FORMAT,
    QUIET,
    NO_PROGRESS,
    NO_COLOR,
    HELP,
};

static const struct cli_option annotate_options[] = {
    PROFILE,
    MANUFACTURER,
    MODEL,
    PLUGIN_PATH,
    ALLOW_CODE,
    CODE_SETTINGS,
    SIGNATURES,
    TRUSTED_KEYS,
    MESSAGE,
    DIRECTION("frames from the device go up, frames to it down (default: up)"),
    PORT,
    TOPIC,
    RECEIVED_AT,
    INPUT,
    EACH,
    INPUT_FILE,
    OUTPUT,
    JSON("one object a frame: message, fields, what it decodes to"),
    {OPTION_HTML, 0, "html", VALUE_NONE, NULL, NULL,
     "one HTML file with a table a frame"},
    ERROR_FORMAT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option compare_options[] = {
    PROFILE,
    MANUFACTURER,
    MODEL,
    PLUGIN_PATH,
    ALLOW_CODE,
    CODE_SETTINGS,
    SIGNATURES,
    TRUSTED_KEYS,
    MESSAGE,
    DIRECTION("frames from the device go up, frames to it down (default: up)"),
    PORT,
    TOPIC,
    RECEIVED_AT,
    INPUT,
    EACH,
    INPUT_FILE,
    OUTPUT,
    ERROR_FORMAT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option diff_options[] = {
    {OPTION_ALLOW, 0, "allow", VALUE_NEEDED, "CLASS", "same|wire|json|any",
     "differences up to this class are fine (default: wire)"},
    {OPTION_FORMAT, 0, "format", VALUE_NEEDED, "FORMAT", "text|json",
     "how differences are written; json is one object a model (default: text)"},
    {OPTION_FRAMES, 'n', "count", VALUE_NEEDED, "N", NULL,
     "try about so many frames of each message of either side (default: 4000)"},
    SEED,
    {OPTION_ALL, 0, "all", VALUE_NONE, NULL, NULL,
     "show also members that differ because others of their message do"},
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "compare this model only (default: all models of a family)"},
    OUTPUT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option encode_options[] = {
    PROFILE,
    MANUFACTURER,
    MODEL,
    PLUGIN_PATH,
    ALLOW_CODE,
    CODE_SETTINGS,
    SIGNATURES,
    TRUSTED_KEYS,
    SHAPE("spelling of the JSON (default: seen from the JSON)"),
    MESSAGE,
    DIRECTION("messages to the device go down (default: by the JSON's message type)"),
    RECEIVED_AT,
    REQUEST,
    REQUEST_FORMAT,
    {OPTION_UNKNOWN, 0, "unknown", VALUE_NEEDED, "WHAT", "refuse|ignore",
     "JSON members that the message does not have are refused or left out (default: "
     "refuse)"},
    INPUT_FILE,
    JOBS,
    OUTPUT,
    {OPTION_OUTPUT_FORMAT, 0, "output-format", VALUE_NEEDED, "FORMAT", "hex|bin|base64",
     "how frames are written (default: hex)"},
    JSON("wrap each result: message, frame, port, warnings"),
    ERROR_FORMAT,
    QUIET,
    NO_PROGRESS,
    NO_COLOR,
    HELP,
};

static const struct cli_option check_options[] = {
    {OPTION_ERROR_FORMAT, 0, "error-format", VALUE_NEEDED, "FORMAT",
     "text|json|github|sarif",
     "how findings are told on standard error; sarif is one log on standard output "
     "(default: text)"},
    {OPTION_CARET, 0, "caret", VALUE_NONE, NULL, NULL,
     "show the line and the place below each finding, as terminals get it"},
    {OPTION_FIX, 0, "fix", VALUE_NONE, NULL, NULL,
     "mend what is certain, in the files, and tell the rest"},
    {OPTION_DIFF, 0, "diff", VALUE_NONE, NULL, NULL,
     "with --fix: write the changes to standard output, and leave the files as they are"},
    JSON("one object a file on standard output, with all findings"),
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option fmt_options[] = {
    {OPTION_CHECK, 0, "check", VALUE_NONE, NULL, NULL,
     "change nothing: list the files that would change, and end with 1 if there are any"},
    {OPTION_STDOUT, 0, "stdout", VALUE_NONE, NULL, NULL,
     "write to standard output and leave the files as they are"},
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option gen_options[] = {
    {OPTION_OUTPUT, 'o', "output", VALUE_NEEDED, "DIR", NULL,
     "folder for the files (default: here)"},
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "tables of this model only (default: of all models of a family)"},
    {OPTION_NO_SOURCE, 0, "no-source", VALUE_NONE, NULL, NULL,
     "a plug-in made of the C source does not keep the profile"},
    {OPTION_ERROR_FORMAT, 0, "error-format", VALUE_NEEDED, "FORMAT", "text|json|github",
     "how findings are told on standard error (default: text)"},
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option describe_options[] = {
    {OPTION_FORMAT, 0, "format", VALUE_NEEDED, "FORMAT", "md|html",
     "how the document is written; html is one file that needs nothing else (default: "
     "md)"},
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "describe this model only (default: all models of a family)"},
    OUTPUT,
    ERROR_FORMAT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option test_options[] = {
    {OPTION_PROFILE, 'p', "profile", VALUE_NEEDED, "FILE", NULL,
     "run the vectors with this plug-in or profile, not with the tables of their own"},
    ALLOW_CODE,
    CODE_SETTINGS,
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "run the vectors of this model only (default: of all models of a family)"},
    {OPTION_COVERAGE, 0, "coverage", VALUE_NONE, NULL, NULL,
     "tell what of each message the vectors cover, and what they do not"},
    {OPTION_ALL, 0, "all", VALUE_NONE, NULL, NULL,
     "with --coverage: list also bits that no vector has as 0, or as 1"},
    JSON("one object a vector on standard output"),
    {OPTION_JUNIT, 0, "junit", VALUE_NEEDED, "FILE", NULL,
     "write a report that build servers read"},
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option inspect_options[] = {
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "show this model only (default: all models of a family); not with --json"},
    {OPTION_SOURCE, 0, "source", VALUE_NONE, NULL, NULL,
     "write the profile that the plug-in keeps, with -o also the files that it includes"},
    {OPTION_OUTPUT, 'o', "output", VALUE_NEEDED, "DIR", NULL,
     "with --source: folder for the files (default: the profile to standard output)"},
    JSON("one object a file, with the whole manifest"),
    NO_COLOR,
    HELP,
};

static const struct cli_option list_options[] = {
    PLUGIN_PATH,
    SIGNATURES,
    TRUSTED_KEYS,
    JSON("one object a file: whether it is fine, and its manifest or what is wrong"),
    {OPTION_RESCAN, 0, "rescan", VALUE_NONE, NULL, NULL,
     "look into each file again, also into those that are quarantined"},
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option identify_options[] = {
    PROFILE,
    MANUFACTURER,
    MODEL,
    PLUGIN_PATH,
    ALLOW_CODE,
    CODE_SETTINGS,
    SIGNATURES,
    TRUSTED_KEYS,
    DIRECTION("look at messages of this way only (default: both)"),
    PORT,
    TOPIC,
    RECEIVED_AT,
    INPUT,
    EACH,
    INPUT_FILE,
    JSON("one object a match"),
    ERROR_FORMAT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option explain_options[] = {
    {OPTION_ALL, 0, "all", VALUE_NONE, NULL, NULL, "list every id there is"},
    JSON("as an object"),
    HELP,
};

static const struct cli_option new_options[] = {
    {OPTION_SENSOR, 0, "sensor", VALUE_NONE, NULL, NULL,
     "a LoRaWAN sensor that is only decoded, in place of a device with commands"},
    {OPTION_OUTPUT, 'o', "output", VALUE_NEEDED, "FILE", NULL,
     "write the profile alone, to FILE; '-' is standard output"},
    QUIET,
    HELP,
};

static const struct cli_option import_options[] = {
    {OPTION_FROM, 0, "from", VALUE_NEEDED, "FORM", "product|dbc|lora-payload-schema",
     "what is read: product, the platform's product model; dbc, frames of a CAN bus; "
     "lora-payload-schema, a schema of that language"},
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "dbc: take what this node sends, and call the product so"},
    {OPTION_MANUFACTURER, 0, "manufacturer", VALUE_NEEDED, "NAME", NULL,
     "lora-payload-schema: who makes it (default: as the folder is called)"},
    {OPTION_LIBRARY, 0, "library", VALUE_NEEDED, "FOLDER", NULL,
     "lora-payload-schema: where files that it uses are (default: beside it)"},
    {OPTION_OUTPUT, 'o', "output", VALUE_NEEDED, "FILE", NULL,
     "write a new FILE instead of standard output"},
    ERROR_FORMAT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option export_options[] = {
    {OPTION_TO, 0, "to", VALUE_NEEDED, "FORM",
     "product-zip|product-folder|product-json|firmware|js-ttn|js-iotda",
     "what is written: a package of the platform's older form, its product object, C for "
     "the device, or a codec in JavaScript"},
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL, "take this model of a family"},
    {OPTION_LAYOUT, 0, "layout", VALUE_NEEDED, "LAYOUT",
     "fitting|readable|plain|brief|compact",
     "how a codec in JavaScript is laid out (default: fitting, the most readable one "
     "that the platform takes)"},
    {OPTION_OUTPUT, 'o', "output", VALUE_NEEDED, "FILE", NULL,
     "write to FILE; packages are called after the product unless told otherwise"},
    ERROR_FORMAT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option prove_options[] = {
    {OPTION_FRAMES, 'n', "count", VALUE_NEEDED, "N", NULL,
     "try about so many frames of each message (default: 4000)"},
    SEED,
    MESSAGE_OF("prove this message only"),
    {OPTION_MODEL, 0, "model", VALUE_NEEDED, "NAME", NULL,
     "prove this model only (default: all models of a family)"},
    {OPTION_ALL, 0, "all", VALUE_NONE, NULL, NULL, "list also what no frame has reached"},
    JSON("one object a message, with the findings"),
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option sample_options[] = {
    {OPTION_FRAMES, 'n', "count", VALUE_NEEDED, "N", NULL,
     "so many frames (default: 10)"},
    SEED,
    MESSAGE_OF("frames of this message only"),
    DIRECTION("frames from the device go up, frames to it down (default: up)"),
    MODEL,
    OUTPUT,
    JSON("one object a frame: message, frame, what it decodes to"),
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option schema_options[] = {
    MESSAGE_OF("schema of this message only"),
    SHAPE("spelling of the JSON (default: plain)"),
    MODEL,
    {OPTION_PROFILE_LANGUAGE, 0, "profile-language", VALUE_NONE, NULL, NULL,
     "instead, the schema of profiles, for editors"},
    OUTPUT,
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option vet_options[] = {
    {OPTION_LEVEL, 'l', "level", VALUE_NEEDED, "N", NULL,
     "run checks 1 to N (default: 10, all of them)"},
    {OPTION_SECONDS, 0, "seconds", VALUE_NEEDED, "N", NULL,
     "how long random frames and JSON are tried; 0: a thousand of them (default: 5)"},
    SEED,
    {OPTION_PROFILE, 'p', "profile", VALUE_NEEDED, "FILE", NULL,
     "take this profile and its vectors, in place of those that the plug-in keeps"},
    ALLOW_CODE,
    CODE_SETTINGS,
    JSON("one object a file, with all checks"),
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option keygen_options[] = {
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option sign_options[] = {
    {OPTION_KEY, 'k', "key", VALUE_NEEDED, "FILE", NULL, "the secret key, in PEM"},
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option verify_options[] = {
    {OPTION_KEY, 'k', "key", VALUE_NEEDED, "FILE", NULL,
     "the public keys whose signatures count, in PEM"},
    QUIET,
    NO_COLOR,
    HELP,
};

static const struct cli_option help_options[] = {
    {OPTION_MAN, 0, "man", VALUE_NONE, NULL, NULL, "print the man page, in roff"},
    {OPTION_COMPLETION, 0, "completion", VALUE_NEEDED, "SHELL", "bash|zsh",
     "print the completions for a shell"},
    HELP,
};

static const struct cli_option version_options[] = {
    JSON("as an object, with the numbers of ABI and table format"),
    HELP,
};

static const struct cli_option program_options[] = {
    HELP,
    {OPTION_VERSION, 'V', "version", VALUE_NONE, NULL, NULL, "the version"},
};

#define OPTIONS(array) array, COUNT(array)

const struct cli_command cli_commands[] = {
    {"decode", "[HEX...]", "turn frames into JSON",
     "Frames come as arguments, or a line each from a file or standard input: hex with\n"
     "blanks, colons, commas or 0x, Base64, dumps of xxd and hexdump -C, gzipped or "
     "not;\n"
     "events of ChirpStack and The Things Stack, a JSON object a line; and candump, "
     "whose\n"
     "identifiers are ports. A line may say 'port=2 time=2026-01-02T03:04:05Z topic=a/b' "
     "in front, and '#'\n"
     "begins a comment. Each frame gives one line of JSON, 'null' if it carries no "
     "data.\n"
     "Frames that are wrong are named on standard error, and the next one is read.\n",
     "dragoman decode -p acme-wm-100.yaml 01 00003039 24 60\n"
     "dragoman decode -p acme-wm-100.so --shape iotda <frames.txt\n"
     "dragoman decode -p acme-wm-100.so --jobs 0 -f frames.txt.gz >reports.ndjson\n",
     OPTIONS(decode_options), cmd_decode},
    {"annotate", "[HEX...]", "tell what each byte of a frame is",
     "One line a field: offset, bytes, name, bits, raw number and the value in the "
     "JSON.\n"
     "Frames come as for decode. Of a frame that is wrong everything is shown that could "
     "be\n"
     "read, and where it broke.\n",
     "dragoman annotate -p acme-wm-100.yaml 01 00003039 24 60\n"
     "dragoman annotate -p acme-wm-100.so --html -o frames.html <frames.txt\n",
     OPTIONS(annotate_options), cmd_annotate},
    {"compare", "[JSON...]", "compare with what another decoder said",
     "Reads a log of JSON objects, one a line, that have a frame and what it was decoded "
     "to:\n"
     "events of ChirpStack (data, object) and of The Things Stack (frm_payload,\n"
     "decoded_payload), or members frame and json. Tells each member that differs, with "
     "the\n"
     "first frame. Numbers may differ by one in a thousand million.\n",
     "dragoman compare -p acme-wm-100.yaml -f events.ndjson\n", OPTIONS(compare_options),
     cmd_compare},
    {"diff", "OLD NEW", "tell what a new version of a product breaks",
     "Two profiles or plug-ins. Frames that either may get, and commands, go through "
     "both;\n"
     "each difference is shown by the smallest frame that was found for it, and has a "
     "class:\n"
     "wire-compatible, JSON-compatible or breaking. What only profiles say, as units, "
     "is\n"
     "compared, too.\n",
     "dragoman diff acme-wm-100.so acme-wm-100.yaml\n"
     "dragoman diff --allow json --format json old.yaml new.yaml\n",
     OPTIONS(diff_options), cmd_diff},
    {"encode", "[JSON...]", "turn JSON into frames",
     "Each argument is one JSON text; without arguments they are read from a file or\n"
     "standard input, one a line, or laid out over several lines. Each gives one frame "
     "in\n"
     "hex, with 'port=N ' in front if it wants a port, and 'null' if no bytes are "
     "needed.\n",
     "dragoman encode -p acme-wm-100.yaml "
     "'{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":60}}'\n"
     "dragoman encode -p acme-wm-100.so --output-format base64 <commands.json\n",
     OPTIONS(encode_options), cmd_encode},
    {"check", "FILE...", "look for mistakes in profiles",
     "Folders are searched for .yaml files. Nothing is said about profiles that are "
     "fine.\n"
     "'dragoman explain ID' tells more about the id in brackets. --fix corrects "
     "misspelt\n"
     "words that only one other can have meant, words of other tools, missing quotes "
     "and\n"
     "numbers in odd notations.\n",
     "dragoman check acme-wm-100.yaml\n"
     "dragoman check --fix acme-wm-100.yaml\n"
     "dragoman check --error-format github profiles\n"
     "dragoman check --error-format sarif profiles >findings.sarif\n",
     OPTIONS(check_options), cmd_check},
    {"fmt", "FILE...", "lay profiles out",
     "Order of keys, indentation, blanks and line breaks become as in the profiles of "
     "this\n"
     "tree; scalars and comments stay as they are, and so does what the profile means. "
     "Items\n"
     "and vectors that take more than 120 columns go over several lines. '-' is standard "
     "input,\n"
     "laid out to standard output; folders are searched for .yaml files. A file that is "
     "no\n"
     "YAML is left alone.\n",
     "dragoman fmt acme-wm-100.yaml\n"
     "dragoman fmt --check profiles\n"
     "dragoman fmt - <acme-wm-100.yaml\n",
     OPTIONS(fmt_options), cmd_fmt},
    {"gen", "FILE...", "compile profiles to C tables",
     "Writes <maker>-<model>.dgm.c and .dgm.h for each profile; a family goes into the\n"
     "files of its first model. Build systems use the\n"
     "program dragoman-gen, which has a depfile.\n",
     "dragoman gen acme-wm-100.yaml\n"
     "dragoman gen -o tables profiles/acme/*.yaml\n",
     OPTIONS(gen_options), cmd_gen},
    {"describe", "FILE", "write a reference document about a profile",
     "The product and its services; each message with its layout in wire order, pictures "
     "of\n"
     "bits, how a frame is recognised, and how large frame and JSON get; and vectors of "
     "the\n"
     "profile as worked examples. The same profile gives the same document.\n",
     "dragoman describe acme-wm-100.yaml >wm-100.md\n"
     "dragoman describe --format html -o wm-100.html acme-wm-100.yaml\n",
     OPTIONS(describe_options), cmd_describe},
    {"test", "FILE...", "run the vectors inside profiles",
     "Decodes the frame of each vector, encodes its JSON, and compares. Folders are\n"
     "searched for .yaml files.\n",
     "dragoman test acme-wm-100.yaml\n"
     "dragoman test -p acme-wm-100.so acme-wm-100.yaml\n",
     OPTIONS(test_options), cmd_test},
    {"prove", "FILE...", "look for what gets lost between frames and JSON",
     "Tries frames of every message that can be decoded: all values of small fields, "
     "the\n"
     "edges of large ones, every label, tag and case, pairs of what decides, and chance. "
     "Each\n"
     "frame goes to JSON and back. The same bytes must come, or others that say the "
     "same;\n"
     "else the field is named, with the first frame that shows it. Folders are searched "
     "for\n"
     ".yaml files.\n",
     "dragoman prove acme-wm-100.yaml\n"
     "dragoman prove -n 100000 --seed 7 -m report acme-wm-100.yaml\n",
     OPTIONS(prove_options), cmd_prove},
    {"sample", "FILE", "make frames that a product might send",
     "Frames of all its messages in turn, made by chance and valid: a line of hex each, "
     "as\n"
     "decode reads it, with 'port=', 'topic=' and 'time=' in front where it matters. "
     "The\n"
     "same seed gives the same frames.\n",
     "dragoman sample -n 100 acme-wm-100.yaml\n"
     "dragoman sample --json -m report --seed 7 acme-wm-100.so\n",
     OPTIONS(sample_options), cmd_sample},
    {"schema", "[FILE]", "make JSON Schemas of messages, or of profiles",
     "Draft-07, of what decode gives: types, ranges, labels, patterns, and which members "
     "are\n"
     "always there. Of messages that only go to the device it is of what encode takes. "
     "Without\n"
     "-m one schema has a definition for each message.\n",
     "dragoman schema acme-wm-100.yaml\n"
     "dragoman schema -m report --shape iotda -o report.json acme-wm-100.yaml\n"
     "dragoman schema --profile-language -o profile.schema.json\n",
     OPTIONS(schema_options), cmd_schema},
    {"inspect", "FILE...", "tell what a plug-in or profile is",
     "Plug-ins are read as files: nothing of them is loaded.\n",
     "dragoman inspect acme-wm-100.so\n"
     "dragoman inspect --json acme-wm-100.yaml\n"
     "dragoman inspect --source -o found acme-wm-100.so\n",
     OPTIONS(inspect_options), cmd_inspect},
    {"list", "[DIR...]", "list plug-ins",
     "One line a product: manufacturer, model, bytes of the file, path. Without a "
     "folder\n"
     "the plug-in path is searched: --plugin-path, DRAGOMAN_PLUGIN_PATH, and where\n"
     "plug-ins are installed. Each file is looked into once, by a process of its own;\n"
     "one that crashes it or takes too long is quarantined, and not used by commands\n"
     "that search folders. What was found is kept in a cache by the hash of the file.\n",
     "dragoman list\n"
     "dragoman list --json build/plugins\n",
     OPTIONS(list_options), cmd_list},
    {"identify", "[HEX...]", "tell which products a frame fits",
     "One line a match: manufacturer, model, message, and whether the message goes up "
     "or\n"
     "down. Frames are given as for decode.\n",
     "dragoman identify -p profiles 01 00003039 24 60\n"
     "dragoman identify --json <frames.txt\n",
     OPTIONS(identify_options), cmd_identify},
    {"vet", "FILE...", "put a plug-in to the test before it is trusted",
     "Ten checks, each in a process of its own, so that a crash or hang is a finding "
     "and\n"
     "no more: 1 form of the file; 2 manifest complete and true; 3 tables verify; 4 "
     "vectors\n"
     "pass; 5 what is decoded encodes to the same frame; 6 vectors cut at every length; "
     "7\n"
     "with every bit turned; 8 into every smaller buffer; 9 random frames and JSON; 10 "
     "lint\n"
     "of the profile. Buffers lie against guard pages, and every call is made by rows "
     "and by\n"
     "plan. A profile can be vetted before it is a plug-in. Code of a plug-in runs only "
     "with\n"
     "--allow-code, and what ends its process is a finding, too.\n",
     "dragoman vet acme-wm-100.so\n"
     "dragoman vet --level 8 --json acme-wm-100.so\n"
     "dragoman vet --seconds 600 --seed 7 acme-wm-100.yaml\n"
     "dragoman vet --allow-code --code-settings keys.txt acme-sm-10.so\n",
     OPTIONS(vet_options), cmd_vet},
    {"keygen", "NAME", "make a pair of keys for signatures",
     "Writes NAME.key, which its owner alone can read, and NAME.pub. Files that are "
     "there "
     "are\n"
     "not overwritten. Both are PEM files of Ed25519 keys, as openssl has them.\n",
     "dragoman keygen acme\n", OPTIONS(keygen_options), cmd_keygen},
    {"sign", "FILE...", "sign plug-ins and other files",
     "Beside each file FILE.sig is written. Of a folder all plug-ins are signed "
     "together, "
     "in\n"
     "dragoman.sums there. An older signature is replaced.\n",
     "dragoman sign --key acme.key acme-wm-100.so\n"
     "dragoman sign --key acme.key build/plugins\n",
     OPTIONS(sign_options), cmd_sign},
    {"verify", "FILE...", "verify signatures",
     "One line a file that is signed by one of the keys, with the key; of a folder each\n"
     "plug-in. Others are named on standard error.\n",
     "dragoman verify --key acme.pub acme-wm-100.so\n"
     "dragoman verify --key acme.pub build/plugins\n",
     OPTIONS(verify_options), cmd_verify},
    {"explain", "[ID...]", "explain an error or a rule",
     "Ids stand in front of errors, as in 'truncated: ...', and behind findings of "
     "check,\n"
     "as in '[unknown-key]'.\n",
     "dragoman explain truncated\n"
     "dragoman explain unknown-key\n",
     OPTIONS(explain_options), cmd_explain},
    {"new", "MAKER MODEL [FOLDER]", "start a project: a profile, and what builds it",
     "The folder, <maker>-<model> unless told otherwise, gets a profile with tests, "
     "files\n"
     "for make and Meson that build, test and install it as a plug-in, and examples for\n"
     "build servers. The profile passes check and test. Nothing is overwritten.\n",
     "dragoman new Acme WM-200\n"
     "dragoman new --sensor Acme Room-2 room\n"
     "dragoman new -o wm-200.yaml Acme WM-200\n",
     OPTIONS(new_options), cmd_new},
    {"import", "FILE|FOLDER|ZIP",
     "make a profile out of what others describe devices with",
     "product reads the platform's product model: packages of the older form, with a "
     "file\n"
     "about the device and one about each service, as zip or folder; the product object "
     "of\n"
     "the newer one, alone or in its notification. Writes a profile with identity and\n"
     "services; the messages are left to write. dbc reads a DBC file, which describes a "
     "CAN\n"
     "bus, and lora-payload-schema a schema of the LoRa payload schema language. These\n"
     "write a whole profile, with the vectors of the schema as tests. What had to be\n"
     "corrected or left out is told with file and place.\n",
     "dragoman import --from product -o wm.yaml WaterMeter_Acme_WM.zip\n"
     "dragoman import --from product product.json\n"
     "dragoman import --from dbc --model Engine -o engine.yaml truck.dbc\n"
     "dragoman import --from lora-payload-schema -o am104.yaml milesight/am104.yaml\n",
     OPTIONS(import_options), cmd_import},
    {"export", "PROFILE", "make of a profile what others describe devices with",
     "Writes the platform's product model: the package that its console takes, as zip "
     "or\n"
     "folder, or the product object of its interface. Or a header and source in C that\n"
     "encode reports and decode commands in the device itself. Or a codec in "
     "JavaScript,\n"
     "for the console of a LoRaWAN network server (js-ttn) or for the platform's script\n"
     "(js-iotda). What the form has no place for is told. The same profile gives the\n"
     "same bytes.\n",
     "dragoman export --to product-zip acme-wm-100.yaml\n"
     "dragoman export --to product-json -o product.json acme-wm-100.yaml\n"
     "dragoman export --to firmware -o src/ acme-wm-100.yaml\n"
     "dragoman export --to js-ttn -o codec.js acme-wm-100.yaml\n",
     OPTIONS(export_options), cmd_export},
    {"help", "[COMMAND]", "explain a command", "",
     "dragoman help decode\n"
     "dragoman help --man | man -l -\n",
     OPTIONS(help_options), cmd_help},
    {"version", "", "tell the version", "",
     "dragoman version\n"
     "dragoman version --json\n",
     OPTIONS(version_options), cmd_version},
};
const size_t cli_command_count = COUNT(cli_commands);

const struct cli_command cli_program = {
    "dragoman",
    "COMMAND",
    "frames of devices to platform JSON, and back",
    "",
    "dragoman decode -p acme-wm-100.yaml 01 00003039 24 60\n"
    "dragoman encode -p acme-wm-100.yaml "
    "'{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":60}}'\n",
    OPTIONS(program_options),
    NULL,
};
