/* SPDX-License-Identifier: MIT */
/*
 * What the statuses mean and what to do about them. Only numbers are known here: ids and
 * the short sentences are those of the registry.
 */
#include "explain.h"

struct explanation {
    enum dgm_status status;
    const char *text;
};

static const struct explanation explanations[] = {
    {DGM_OK, "Nothing is wrong.\n"},
    {DGM_NOTHING,
     "The profile knows this frame or message, and says that there is nothing in it: a\n"
     "keep-alive without members, or a reply that need not be sent. The line of output\n"
     "is 'null', and the exit code stays 0.\n"},
    {DGM_TRUNCATED,
     "The layout goes on, but the frame does not. The error names the field that no\n"
     "longer fits and where it begins. Frequent causes: a byte lost when the frame was\n"
     "copied, a radio that cuts long frames, or a frame of another message. If the\n"
     "device may leave the end away, say 'optional' or 'short_frame: zero_fill' in the\n"
     "profile.\n"},
    {DGM_TRAILING_BYTES,
     "Every field was read and bytes are left. The device may run a newer firmware that\n"
     "appends fields, or the frame belongs to another message. If such bytes are to be\n"
     "ignored, say 'trailing_bytes: ignore' in the profile.\n"},
    {DGM_CONST,
     "The profile says that a certain value always stands here, and another one was\n"
     "found. Either the frame is damaged, or it belongs to a message that the profile\n"
     "does not describe.\n"},
    {DGM_CHECKSUM,
     "The frame carries a checksum that does not fit its other bytes, so that at least\n"
     "one bit was changed on the way. Do not trust any of its values. If every frame\n"
     "fails, the algorithm or the range in the profile is wrong.\n"},
    {DGM_FRAMING,
     "Frames of this device stand between delimiters, and these, or the escapes\n"
     "between them, are not as the profile says. Give the whole frame with its\n"
     "delimiters.\n"},
    {DGM_LENGTH,
     "A field says how long something is, and that is not how long it is. Frames that\n"
     "were cut and glued together look like this.\n"},
    {DGM_NO_MESSAGE,
     "A frame belongs to a message when the constants at fixed places agree, and no\n"
     "message agrees here. Is it a frame of this product? If just the port, the topic "
     "or\n"
     "the length keeps a message from it, the error names them: '--port 2'. Does it go\n"
     "down, so that '--direction down' is needed? 'dragoman identify' looks through all\n"
     "products.\n"},
    {DGM_REFUSED,
     "The profile has an item that refuses such frames, with the reason in its text.\n"},
    {DGM_ENUM,
     "The value is none of those that the profile gives a meaning. On decode the member\n"
     "is left out and this is a warning, or an error if the profile says 'unknown:\n"
     "refuse'. On encode the text must be spelled as the profile spells it, letter case\n"
     "included.\n"},
    {DGM_RANGE,
     "The number does not fit the field it belongs to, or a member of the envelope is\n"
     "outside what the platform allows: mid is 1 to 65535, errcode and hasMore are 0\n"
     "or 1.\n"},
    {DGM_TYPE,
     "The member has a JSON value of another type than the product model says: a number\n"
     "where a text belongs, or the other way round. \"12\" in quotes is a text.\n"},
    {DGM_TEXT,
     "The text has characters or bytes that its encoding does not have, or is longer\n"
     "than its field. Bytes that are no text are better described as 'bytes'.\n"},
    {DGM_TIME,
     "A date or time that does not exist, or one in another form than the profile\n"
     "names.\n"},
    {DGM_OVERFLOW,
     "Numbers are computed exactly, and this one has more digits than there is room\n"
     "for. Scales and offsets in the profile are probably not what was meant.\n"},
    {DGM_TAG,
     "The frame is a row of records, each with a tag, and no case of the profile has\n"
     "this tag. A newer firmware may send it.\n"},
    {DGM_LIMIT,
     "More of something than the profile allows: repetitions, bytes of a frame, steps\n"
     "of a computation. Bounds protect the memory of whoever reads the frame.\n"},
    {DGM_MISSING_MEMBER,
     "The message needs this member, and the JSON does not have it. Members with a\n"
     "default, and those whose condition is false, may be missing.\n"},
    {DGM_UNKNOWN_MEMBER,
     "The message has no member of this name. Spelling counts, letter case included.\n"
     "Nothing is dropped in silence, since a lost parameter could do harm. With\n"
     "'--unknown ignore' such members are left out.\n"},
    {DGM_MEMBER_NOT_ALLOWED,
     "The member belongs to a part of the message that is absent, because the other\n"
     "members make its condition false. Leave it out, or correct the others.\n"},
    {DGM_INEXACT,
     "The wire has whole steps only, and the value lies between two of them. The "
     "profile\n"
     "says 'inexact: refuse'; with 'inexact: nearest' it would be rounded.\n"},
    {DGM_COUNT_MISMATCH, "The JSON gives a count beside what is counted, and the two "
                         "differ. Leave the count\n"
                         "out: it is computed.\n"},
    {DGM_NO_COMMAND,
     "The command is none of this product's. The name is the service, a dot, and the\n"
     "command, as in 'Meter.SET_PERIOD', in the plain shape; the other shapes name them\n"
     "apart.\n"},
    {DGM_NOT_ENCODABLE,
     "The JSON is fine, but the profile has no way to make bytes of it: a value that is\n"
     "only computed on decode, or no message that takes these members together.\n"},
    {DGM_DUPLICATE_MEMBER,
     "A name stands twice in one JSON object. Readers of JSON disagree about which one\n"
     "counts, so neither does.\n"},
    {DGM_JSON_SYNTAX,
     "The text is not JSON. The error names the byte where it stops making sense, which\n"
     "is often just behind the mistake: a missing quote, a comma too many, single\n"
     "quotes. A shell may have eaten quotes; put the JSON between single quotes "
     "there.\n"},
    {DGM_JSON_DEPTH, "Objects and arrays are nested more than 64 deep. No message of a\n"
                     "device needs that.\n"},
    {DGM_JSON_UTF8,
     "JSON is UTF-8, and these bytes are not. The text was probably saved in a local\n"
     "encoding.\n"},
    {DGM_MODEL_LIMIT,
     "The value fits the wire, but not the product model: it is below 'min', above\n"
     "'max', or longer than 'max_length'. Encode always refuses that. Decode warns, or\n"
     "refuses if the profile says so; if the device is right, correct the model.\n"},
    {DGM_NO_NUMBER,
     "The bytes of a floating-point field spell an infinity or 'not a number', which\n"
     "JSON does not have. Devices send it where they have no reading.\n"},
    {DGM_WARNING,
     "A 'warn' item of the profile holds for this frame. The data are good; the text\n"
     "says what the device's maker wants known.\n"},
    {DGM_HOOK,
     "A function that the profile names as a hook was called with these bytes, and does\n"
     "not take them: compressed data are damaged, or a key does not fit.\n"},
    {DGM_NO_SPACE,
     "The buffer of the caller is too small; 'needed' in the error object says how many\n"
     "bytes would do. dgm_codec_json_max() and dgm_codec_frame_max() tell sizes that\n"
     "always do.\n"},
    {DGM_NO_SCRATCH,
     "The scratch memory of the call is missing, too small, or not aligned to 8 bytes.\n"
     "dgm_codec_scratch_size() tells how much is needed.\n"},
    {DGM_BAD_CALL,
     "An argument contradicts the others or is outside its range: a null pointer with a\n"
     "length, an unknown shape, a message name that the profile does not have.\n"},
    {DGM_WRONG_DIRECTION,
     "The message goes the other way, or the profile offers only decoding or only\n"
     "encoding for it. '--direction' chooses the way.\n"},
    {DGM_NO_HOOK,
     "A part of the frame goes through a function that the profile names as a hook, and\n"
     "the program that calls the codec has not registered one of that name. The "
     "dragoman\n"
     "program knows inflate, zlib and gzip.\n"},
    {DGM_NO_REQUEST,
     "A reply is computed from the frame that it answers. Give it in the JSON as\n"
     "'request', or with '--request'.\n"},
    {DGM_BAD_TABLE,
     "The verifier looked through the table and found an offset, index or bound that\n"
     "cannot be. The file is damaged, or was not made by the profile compiler. Nothing\n"
     "of it was used.\n"},
    {DGM_WRONG_TABLE_FORMAT,
     "The table was made by a version of the compiler whose format this library does\n"
     "not read. Compile the profile again with the compiler that came with it.\n"},
    {DGM_NO_SIGNATURE,
     "Beside the file there is neither its own signature, '<file>.sig', nor the list\n"
     "'dragoman.sums' with its name in it, and signatures are required, or warned of.\n"
     "Whoever made the file signs it with 'dragoman sign'.\n"},
    {DGM_BAD_SIGNATURE,
     "The file or the signature was changed after it was signed, or the signature is\n"
     "that of another file. Fetch both again from where they come. Nothing of the file\n"
     "was looked into.\n"},
    {DGM_UNTRUSTED_KEY,
     "The signature names a key that is not among the trusted ones. If it is the right\n"
     "one, put its public key into the file that --trusted-keys names.\n"},
    {DGM_BAD_KEY,
     "Keys are PEM files with Ed25519 keys, as 'dragoman keygen' makes them: 'PUBLIC\n"
     "KEY' to verify, 'PRIVATE KEY' to sign. A secret key must be readable by its owner\n"
     "alone.\n"},
    {DGM_PLUGIN_FILE,
     "The file is no shared object for this kind of machine, or it is cut off. A\n"
     "plug-in must be built for the machine that loads it.\n"},
    {DGM_PLUGIN_CODE,
     "A plug-in holds tables and nothing that could run. This file has an executable\n"
     "segment, a constructor, a library it needs, or relocations. Build it with the\n"
     "flags that pkg-config gives for dragoman-plugin. A plug-in that says that it has\n"
     "code runs in a process of its own, and only with '--allow-code'.\n"},
    {DGM_NO_PLUGIN_SYMBOL,
     "The shared object does not export 'dgm_plugin_descriptor' alone. It is some other\n"
     "library, or the generated source was not linked in.\n"},
    {DGM_WRONG_PLUGIN_MAGIC,
     "The exported object does not begin as a descriptor does. It may come from a\n"
     "machine with another byte order.\n"},
    {DGM_PLUGIN_ABI,
     "The layout of the descriptor is another one than this host knows. Compile the\n"
     "profile again with a compiler of the host's version.\n"},
    {DGM_PLUGIN_SIZE,
     "The descriptor says that it is smaller than any there was, or absurdly large.\n"},
    {DGM_PLUGIN_NEWER,
     "The plug-in uses members of the descriptor that this host does not know. It was\n"
     "made for a newer host: renew this one.\n"},
    {DGM_PLUGIN_MANIFEST,
     "Each plug-in carries a description as JSON, which can be read without loading it.\n"
     "Here it is missing, no valid JSON, or contradicts the tables.\n"},
    {DGM_PLUGIN_DUPLICATE,
     "Two files serve the same manufacturer and model, and nothing tells which one is\n"
     "meant. Remove one of them, or name the file.\n"},
    {DGM_NO_PLUGIN,
     "No file of the folders that were searched serves this manufacturer and model.\n"
     "'dragoman list' shows what there is; '--plugin-path' and DRAGOMAN_PLUGIN_PATH add\n"
     "folders.\n"},
    {DGM_PLUGIN_CRASHED,
     "Plug-ins of a folder are looked into by a process of its own, and this file ended\n"
     "it. The file is quarantined: no search of folders takes it, until its content is\n"
     "another or 'dragoman list --rescan' finds it good. The tables are checked before\n"
     "use, so this is a mistake in Dragoman, too: please report it, with the file.\n"},
    {DGM_PLUGIN_HUNG,
     "The process that looks into plug-ins was not done with this file in time. The\n"
     "file is quarantined; if the machine was busy, 'dragoman list --rescan' looks\n"
     "again.\n"},
    {DGM_PLUGIN_FLOODED,
     "The process that looks into plug-ins said something else about this file than it\n"
     "can say of any. The file is quarantined, as with plugin-crashed.\n"},
    {DGM_IO,
     "The file is missing, is no regular file, may not be read or written by this user,\n"
     "or its disk failed or is full.\n"},
    {DGM_MEMORY, "The system has no memory left for this program.\n"},
    {DGM_PROFILE,
     "The profile has errors, and no table was made of it. 'dragoman check' lists them\n"
     "with line and column.\n"},
    {DGM_INTERNAL,
     "Something happened that should be impossible. Please report it, with the profile\n"
     "and the frame or JSON.\n"},
    {DGM_WORKER_CRASH,
     "The code of the plug-in crashed while it worked on a part of this frame. It runs\n"
     "in a process of its own, so that nothing else was harmed, and the next frame has\n"
     "another one. Give the frame to whoever made the plug-in.\n"},
    {DGM_WORKER_DEADLINE,
     "The code of the plug-in did not come to an end in its time, and its process was\n"
     "ended. The next frame has another one.\n"},
    {DGM_WORKER_SANDBOX,
     "The code of the plug-in tried to open a file, to connect, to start a program, or\n"
     "something else that no hook needs, and its process was ended. A plug-in that does\n"
     "so is broken, or worse.\n"},
    {DGM_WORKER_ANSWER,
     "The process of the plug-in's code answered with something that is no answer, and\n"
     "was ended. The next frame has another one.\n"},
    {DGM_WORKER_QUARANTINE, "So many processes of the plug-in's code ended one after "
                            "another, without any frame\n"
                            "in between that went well, that no more are started.\n"},
    {DGM_WORKER_START,
     "The process for the plug-in's code does not start: the program dragoman-worker is\n"
     "not where it was installed, the sandbox cannot be built on this machine, or the\n"
     "plug-in ended while it was loaded. DRAGOMAN_WORKER names another program, by its\n"
     "absolute path.\n"},
};

const char *explain_status(enum dgm_status status)
{
    for (size_t i = 0; i < sizeof(explanations) / sizeof(explanations[0]); i++) {
        if (explanations[i].status == status) {
            return explanations[i].text;
        }
    }
    return NULL;
}
