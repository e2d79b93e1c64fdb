/* SPDX-License-Identifier: MIT */
/* What can differ between two products, and how grave that is. */
#ifndef DGM_CLI_DIFFKIND_H
#define DGM_CLI_DIFFKIND_H

/* In ascending order of gravity, as --allow and the output spell them. */
enum diff_class { DIFF_SAME, DIFF_WIRE, DIFF_JSON, DIFF_BREAKING, DIFF_CLASSES };

enum diff_kind {
    /* Of frames that both were given. */
    DIFF_REFUSED, /* the old one takes it */
    DIFF_CHANGED, /* another value */
    DIFF_GONE,    /* a member */
    DIFF_ADDED,   /* a member in a frame that the old one takes, too */
    DIFF_TAKEN,   /* the old one refuses it */
    DIFF_WARNING, /* the same JSON */
    /* Of JSON that both were given, for messages to the device. */
    DIFF_ENCODE_REFUSED,
    DIFF_ENCODE_OTHER, /* bytes, port or topic */
    DIFF_ENCODE_TAKEN,
    /* Of what profiles say. */
    DIFF_LAYOUT,  /* of a message; no frame shows it */
    DIFF_PRODUCT, /* the product model */
    DIFF_FAMILY,  /* a model of a family */
    DIFF_KINDS
};

/* "wire", "wire-compatible" */
const char *diff_class_word(enum diff_class class);
const char *diff_class_title(enum diff_class class);

/* "refused", "the frame is refused" */
const char *diff_kind_word(enum diff_kind kind);
const char *diff_kind_title(enum diff_kind kind);

/* Of kinds that a witness proves; others depend on what it is. */
enum diff_class diff_kind_class(enum diff_kind kind);

#endif
