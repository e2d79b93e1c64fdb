/* SPDX-License-Identifier: MIT */
/*
 * A codec out of profile text, and one-line checks of what it does. Each check runs with
 * the input at the end of a page and the output in every smaller buffer, so that it
 * proves bounds by the way; and once more by a plan, which must give the same.
 */
#ifndef TEST_FIXTURE_H
#define TEST_FIXTURE_H

#include <dragoman/codec.h>
#include <dragoman/profile.h>

/* What profile texts begin with where the product does not matter. */
#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: " \
    "Meter,\n"                                                                           \
    "          protocol_type: CoAP}\n"

struct fixture {
    struct dgm_profile *profile;
    const struct dgm_codec *codec, *plan;
    void *memory, *plan_memory;
    void *scratch;
    struct dgm_call call; /* for the next checks; reset by fixture_open */
    struct dgm_error notices[8];
    struct dgm_outcome outcome; /* of the last check */
    struct dgm_error error;     /* of the last check */
};

/* Compile and open; a profile with errors fails the test and prints them. */
void fixture_open(struct fixture *fixture, const char *yaml);
void fixture_close(struct fixture *fixture);

/* "01 A0" to bytes; returns how many. */
size_t hex_bytes(const char *hex, uint8_t *bytes, size_t size);

/* The frame decodes to exactly this text. */
void expect_decode(struct fixture *fixture, const char *hex, const char *json);
/* The frame is refused so, at that byte, with that path ("" for none). */
void expect_decode_error(struct fixture *fixture, const char *hex, enum dgm_status status,
                         unsigned offset, const char *path);
/* The frame decodes to this text and gives this one notice. */
void expect_notice(struct fixture *fixture, const char *hex, const char *json,
                   enum dgm_status status, const char *path);
/* The JSON becomes exactly these bytes. */
void expect_encode(struct fixture *fixture, const char *json, const char *hex);
/* Both ways. */
void expect_both(struct fixture *fixture, const char *hex, const char *json);
/* The JSON is refused so; `near` is text of the JSON where the error points, or NULL. */
void expect_encode_error(struct fixture *fixture, const char *json,
                         enum dgm_status status, const char *near, const char *path);

#endif
