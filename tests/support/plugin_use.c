/* SPDX-License-Identifier: MIT */
/* What a host does with a plug-in. Whatever the outcome: the sanitizers watch. */
#include "plugin_use.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SHAPES = 3, TEXT_MAX = 1 << 16, SCRATCH_MAX = 1 << 20, NOTICES = 4 };

static bool fill(int fd, const uint8_t *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t count = write(fd, bytes + done, size - done);
        if (count <= 0) {
            return false;
        }
        done += (size_t)count;
    }
    return true;
}

bool plugin_use_load(const uint8_t *bytes, size_t size, struct dgm_loaded **ret_loaded)
{
    char path[64];
    struct dgm_refusal refusal;
    enum dgm_status status = DGM_IO;
    int fd = memfd_create("tampered", MFD_CLOEXEC);
    *ret_loaded = NULL;
    if (fd < 0 || !fill(fd, bytes, size)) {
        return false;
    }
    memset(&refusal, 0, sizeof(refusal));
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    status = dgm_plugin_load(path, ret_loaded, &refusal);
    (void)close(fd);
    return refusal.status == status && (status == DGM_OK) == (*ret_loaded != NULL) &&
           (status == DGM_OK) == (refusal.text[0] == '\0');
}

/* Memory for one codec. Allocated anew each time, so that its bounds are watched. */
struct room {
    char *text;
    uint8_t *frame;
    void *scratch;
    size_t text_size, frame_size;
};

static bool room_open(struct room *room, const struct dgm_codec *codec, int shape)
{
    size_t scratch_size = dgm_codec_scratch_size(codec);
    size_t text_size = dgm_codec_json_max(codec, shape);
    size_t frame_size = dgm_codec_frame_max(codec);
    memset(room, 0, sizeof(*room));
    if (scratch_size > SCRATCH_MAX) {
        return false;
    }
    room->text_size = text_size < TEXT_MAX ? text_size : TEXT_MAX;
    room->frame_size = frame_size < TEXT_MAX ? frame_size : TEXT_MAX;
    room->text = malloc(room->text_size + (room->text_size == 0));
    room->frame = malloc(room->frame_size + (room->frame_size == 0));
    room->scratch = malloc(scratch_size + (scratch_size == 0));
    return room->text != NULL && room->frame != NULL && room->scratch != NULL;
}

static void room_close(struct room *room)
{
    free(room->text);
    free(room->frame);
    free(room->scratch);
}

static void use_codec(const struct dgm_codec *codec, enum dgm_shape shape,
                      const uint8_t *frame, size_t length)
{
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_error notices[NOTICES], error;
    struct dgm_outcome outcome;
    struct room room;
    char line[256];
    memset(&error, 0, sizeof(error));
    if (room_open(&room, codec, shape)) {
        call.shape = shape;
        call.scratch = room.scratch;
        call.scratch_size = dgm_codec_scratch_size(codec);
        call.notices = notices;
        call.notice_capacity = NOTICES;
        enum dgm_status status = dgm_decode(codec, &call, frame, length, room.text,
                                            room.text_size, &outcome, &error);
        if (status == DGM_OK) {
            status = dgm_encode(codec, &call, room.text, outcome.length, room.frame,
                                room.frame_size, &outcome, &error);
        }
        if (status != DGM_OK) {
            (void)dgm_error_render(codec, &error, line, sizeof(line));
        }
    }
    room_close(&room);
}

void plugin_use_codecs(const struct dgm_loaded *loaded, const uint8_t *frame,
                       size_t length)
{
    const struct dgm_codec *codec = NULL;
    for (size_t i = 0; (codec = dgm_loaded_codec(loaded, i)) != NULL; i++) {
        for (int shape = 0; shape < SHAPES; shape++) {
            use_codec(codec, (enum dgm_shape)shape, frame, length);
        }
    }
}
