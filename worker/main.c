/* SPDX-License-Identifier: MIT */
/*
 * dragoman-worker: the process in which the code of a plug-in runs. libdragoman-host
 * starts it, and it is of no use to anybody else. See README.md for what is closed when.
 */
#include "code.h"
#include "sandbox.h"
#include "serve.h"
#include "tell.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static alignas(16) char opening[WIRE_MOST];

/* Somebody who starts the program by hand has no socket there. */
static bool is_started_by_host(void)
{
    struct stat status;
    return fstat(WIRE_SOCKET, &status) == 0 && S_ISSOCK(status.st_mode);
}

static struct wire_start read_start(void)
{
    struct wire_start start;
    size_t size = serve_read(opening);
    memset(&start, 0, sizeof(start));
    memcpy(&start, opening, size < sizeof(start) ? size : sizeof(start));
    if (start.head.kind != WIRE_START || start.version != WIRE_VERSION) {
        give_up("the program dragoman-worker is of another version: expected %d, "
                "found %d",
                WIRE_VERSION, (int)start.version);
    }
    if (start.settings_length > DGM_PLUGIN_CODE_SETTINGS ||
        start.libraries_length > WIRE_MOST ||
        size != sizeof(start) + start.libraries_length + start.settings_length) {
        give_up("the first message has the wrong length");
    }
    return start;
}

/* Settings may be keys: what is left of them is what the plug-in made of them. */
static void open_code(const struct dgm_plugin_code *code, char *settings, size_t length)
{
    struct dgm_plugin_setup setup;
    memset(&setup, 0, sizeof(setup));
    setup.size = sizeof(setup);
    setup.settings = (const uint8_t *)settings;
    setup.settings_length = length;
    enum dgm_status status = code->open == NULL ? DGM_OK : code->open(&setup);
    explicit_bzero(settings, length);
    if (status != DGM_OK) {
        give_up("the plug-in refuses its settings: %s",
                setup.detail == NULL ? "it does not say why" : setup.detail);
    }
}

int main(void)
{
    struct wire_guarded guarded;
    struct wire_ready ready;
    if (!is_started_by_host()) {
        (void)fputs("dragoman-worker: runs code of plug-ins for libdragoman-host, which "
                    "starts it\n",
                    stderr);
        return 2;
    }
    sandbox_detach();
    struct wire_start start = read_start();
    char *libraries = opening + sizeof(start);
    int landlock = sandbox_loading(&start);
    memset(&guarded, 0, sizeof(guarded));
    guarded.head.kind = WIRE_GUARDED;
    guarded.landlock = (uint32_t)landlock;
    tell(&guarded, sizeof(guarded));
    code_load_libraries(libraries, start.libraries_length);
    sandbox_no_files(landlock);
    struct dgm_plugin_code code = code_load();
    sandbox_serving();
    open_code(&code, libraries + start.libraries_length, start.settings_length);
    code_describe(&code, &ready);
    tell(&ready, sizeof(ready));
    serve(&code);
}
