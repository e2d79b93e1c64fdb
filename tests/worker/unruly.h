/* SPDX-License-Identifier: MIT */
/* What the first byte makes the hook of unruly.c do. */
#ifndef TEST_UNRULY_H
#define TEST_UNRULY_H

enum deed {
    /* What a hook is for. */
    DEED_ECHO = 0x00,
    DEED_COUNT,   /* the state is a number: one more, and it is the answer */
    DEED_REFUSE,  /* with a sentence */
    DEED_SPOIL,   /* change the state, and refuse */
    DEED_CONTEXT, /* tell what is known of the call */
    DEED_SETTINGS,
    DEED_LOADING,  /* what came of the deed at loading */
    DEED_REMEMBER, /* how often this process has done it */
    DEED_PRINT,
    DEED_SALT, /* another byte behind each frame that is encoded, left out of decoded ones
                */

    /* Ends of a process. */
    DEED_CRASH = 0x20,
    DEED_ABORT,
    DEED_OVERFLOW, /* of the stack */
    DEED_EXIT,
    DEED_HANG,

    /* What the sandbox does not have. */
    DEED_OPEN = 0x40,
    DEED_WRITE_FILE,
    DEED_SOCKET,
    DEED_FORK,
    DEED_EXEC,
    DEED_KILL,
    DEED_PROTECT, /* memory that can be written and run */
    DEED_MAP,
    DEED_PRCTL,
    DEED_SIGNAL, /* another handler for the sandbox's signal */

    /* Too much. */
    DEED_MEMORY = 0x60,
    DEED_PRINT_ON, /* without end */

    /* Answers that are none. */
    DEED_LONG_OUTPUT = 0x70, /* more than there is room for */
    DEED_FLOOD,              /* messages without end */
    DEED_BIG_MESSAGE,
    DEED_OTHER_NUMBER,
    DEED_BAD_LENGTHS,
    DEED_BAD_STATUS, /* that of a crash, which was none */
    DEED_BAD_DETAIL, /* with bytes that are no text */
    DEED_HANG_UP
};

#endif
