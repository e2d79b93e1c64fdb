/* SPDX-License-Identifier: MIT */
/* The differences that were found, each once, with what shows it. */
#ifndef DGM_CLI_DIFFSET_H
#define DGM_CLI_DIFFSET_H

#include "difftrial.h"

enum { DIFF_FINDINGS = 512, DIFF_CHANGES = 16 };

/* What anybody can try. Texts are memory. */
struct diff_witness {
    bool encodes, down;
    enum dgm_shape shape;
    char *words;   /* what stands in front of a frame: "port=2 "; or empty */
    char *request; /* hex, or NULL */
    char *input;   /* the frame in hex, or the JSON */
    char *answers[DIFF_SIDES];
};

/* What the profiles say of it: "scale", "0.1", "0.01". */
struct diff_change {
    char *name, *texts[DIFF_SIDES];
};

struct diff_finding {
    enum diff_kind kind;
    enum diff_class class;
    char *message, *path, *detail;
    size_t count; /* frames or texts; 0: nothing shows it */
    size_t last;  /* the trial that was counted last */
    size_t tried; /* frames that did not show it, where nothing does */
    bool reached; /* had they all that the message has? */
    bool has_witness;
    struct diff_witness witness;
    struct specimen *specimen; /* of the witness, if it was made; memory */
    struct dgm_doc_place places[DIFF_SIDES];
    struct diff_change *changes; /* memory */
    size_t change_count;
    size_t
        beside; /* finding of the same member, which stands for both; or DIFF_FINDINGS */
    bool follows; /* from other changes of the message: it has none of its own */
};

struct diff_set {
    struct diff_finding *items;
    size_t count, left_out; /* left out: for want of room */
    enum diff_class worst;
    bool failed; /* memory is out */
};

bool diff_set_open(struct diff_set *set);
void diff_set_close(struct diff_set *set);

/* The finding of those words, made if there is none. NULL if there is no room. */
struct diff_finding *diff_set_find(struct diff_set *set, enum diff_kind kind,
                                   const char *message, const char *path,
                                   const char *detail);
bool diff_finding_is(const struct diff_finding *finding, enum diff_kind kind,
                     const char *message, const char *path, const char *detail);

/* A finding is as grave as the gravest of what is said of it. One that had no room
 * counts, too. */
void diff_set_grade(struct diff_set *set, struct diff_finding *finding,
                    enum diff_class class);

/* What both said in the trial becomes the witness, in place of the one before. */
void diff_set_witness(struct diff_set *set, struct diff_finding *finding,
                      const struct diff_trial *trial, const struct diff_input *input,
                      enum dgm_shape shape, const struct specimen *specimen);

void diff_set_change(struct diff_set *set, struct diff_finding *finding, const char *name,
                     const char *old, const char *new);

/* The gravest first, then what the profiles say a change of, then as they came; and find
 * out which ones follow from others. */
void diff_set_sort(struct diff_set *set);

#endif
