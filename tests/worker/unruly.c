/* SPDX-License-Identifier: MIT */
/*
 * A code plug-in that does whatever a frame tells it to, mostly harm. Built several
 * times: with LOADING_... it does something while it is loaded, too, and WRONG_... is
 * something wrong with what it exports.
 */
#include "unruly.h"

#include "../../worker/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char settings[64];
static int loading; /* what came of it: an errno, or -1 */
static volatile int *volatile nowhere;
static int remembered;

static void hang(void)
{
    for (;;) {
        __asm__ volatile("");
    }
}

/* Deeper and deeper; the compiler must not see that nothing comes of it. */
__attribute__((noinline)) static int dig(volatile int depth)
{
    volatile char room[4096];
    room[0] = (char)depth;
    return depth == -1 ? room[0] : dig(depth + 1) + room[0];
}

#if defined(LOADING_READ) || defined(LOADING_LIBRARY) || defined(LOADING_WRITE) ||       \
    defined(LOADING_SOCKET)
static int result_of(long result)
{
    return result >= 0 ? 0 : errno;
}
#endif

#if defined(LOADING_HANG)
__attribute__((constructor)) static void load(void)
{
    hang();
}
#elif defined(LOADING_CRASH)
__attribute__((constructor)) static void load(void)
{
    *nowhere = 1;
}
#elif defined(LOADING_READ)
/* Something that is there, is no library, and everybody may read. */
__attribute__((constructor)) static void load(void)
{
    loading = result_of(open("/proc/self/status", O_RDONLY));
}
#elif defined(LOADING_LIBRARY)
__attribute__((constructor)) static void load(void)
{
    loading = result_of(open("/etc/ld.so.cache", O_RDONLY));
}
#elif defined(LOADING_WRITE)
__attribute__((constructor)) static void load(void)
{
    loading = result_of(open(UNRULY_FILE, O_WRONLY | O_CREAT, 0600));
}
#elif defined(LOADING_SOCKET)
__attribute__((constructor)) static void load(void)
{
    loading = result_of(socket(AF_INET, SOCK_STREAM, 0));
}
#elif defined(LOADING_READY)
/* Say something in the place of the program. */
__attribute__((constructor)) static void load(void)
{
    static struct wire_ready ready;
    ready.head.kind = WIRE_READY;
    ready.hook_count = 4000000000u;
    (void)!write(WIRE_SOCKET, &ready, sizeof(ready));
}
#endif

static void say(struct dgm_hook_call *call, const char *text)
{
    size_t length = strlen(text);
    length = length < call->output_size ? length : call->output_size - 1;
    memcpy(call->output + 1, text, length);
    call->output_length = length + 1;
}

/* Right in all but what it is called with. */
static void forge(uint32_t number, uint32_t length)
{
    struct {
        struct wire_result result;
        uint64_t state;
    } answer;
    memset(&answer, 0, sizeof(answer));
    answer.result.head.kind = WIRE_RESULT;
    answer.result.head.number = number;
    answer.result.status = DGM_OK;
    answer.result.output_length = length;
    answer.result.state_length = sizeof(answer.state);
    (void)!write(WIRE_SOCKET, &answer, sizeof(answer));
}

static void send_big(void)
{
    static char message[WIRE_MOST + 1];
    (void)!write(WIRE_SOCKET, message, sizeof(message));
    hang();
}

static enum dgm_status behave(struct dgm_hook_call *call, uint8_t deed)
{
    char text[160];
    uint64_t *count = call->call->state;
    call->output[0] = deed;
    switch (deed) {
    case DEED_COUNT:
        ++*count;
        (void)snprintf(text, sizeof(text), "%d", (int)*count);
        say(call, text);
        break;
    case DEED_SPOIL:
        *count = 77;
        return DGM_REFUSED;
    case DEED_REFUSE:
        call->detail = "it does not like these bytes";
        return DGM_REFUSED;
    case DEED_CONTEXT:
        (void)snprintf(text, sizeof(text), "%d %u %lld %.*s", (int)call->call->shape,
                       call->call->channel, (long long)call->call->received_ms,
                       (int)call->call->topic_length, call->call->topic);
        say(call, text);
        break;
    case DEED_SETTINGS:
        say(call, settings);
        break;
    case DEED_LOADING:
        say(call, loading == 0 ? "allowed" : strerror(loading));
        break;
    case DEED_REMEMBER:
        (void)snprintf(text, sizeof(text), "%d", ++remembered);
        say(call, text);
        break;
    case DEED_PRINT:
        (void)printf("hello\n");
        (void)fflush(stdout);
        (void)fprintf(stderr, "hello\n");
        break;
    case DEED_SALT:
        memcpy(call->output, call->input, call->input_length - 1);
        call->output_length = call->input_length - 1;
        return call->output_length > 0 ? DGM_OK : DGM_REFUSED;
    default:
        return DGM_TYPE; /* not that of a call */
    }
    return DGM_OK;
}

static void end(uint8_t deed)
{
    switch (deed) {
    case DEED_CRASH:
        *nowhere = 1;
        break;
    case DEED_ABORT:
        abort();
    case DEED_OVERFLOW:
        remembered = dig(0);
        break;
    case DEED_EXIT:
        _exit(0);
    case DEED_HANG:
        hang();
        break;
    default:
        break;
    }
}

static void break_out(uint8_t deed)
{
    char path[] = "/bin/true";
    char *arguments[] = {path, NULL};
    switch (deed) {
    case DEED_OPEN:
        (void)open("/etc/passwd", O_RDONLY);
        break;
    case DEED_WRITE_FILE:
        (void)open(UNRULY_FILE, O_WRONLY | O_CREAT, 0600);
        break;
    case DEED_SOCKET:
        (void)socket(AF_INET, SOCK_STREAM, 0);
        break;
    case DEED_FORK:
        (void)fork();
        break;
    case DEED_EXEC:
        (void)execve(path, arguments, NULL);
        break;
    case DEED_KILL:
        (void)kill(getpid(), SIGTERM);
        break;
    case DEED_PROTECT:
        (void)mprotect((void *)((uintptr_t)&remembered & ~(uintptr_t)4095), 4096,
                       PROT_READ | PROT_WRITE | PROT_EXEC);
        break;
    case DEED_MAP:
        (void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        break;
    case DEED_PRCTL:
        (void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
        break;
    case DEED_SIGNAL:
        (void)signal(SIGSYS, SIG_IGN);
        break;
    default:
        break;
    }
}

/* As much as there is, and then it stays so that the caller sees what came of it. */
static enum dgm_status take_memory(struct dgm_hook_call *call)
{
    volatile char *all = malloc((size_t)10 << 30);
    if (all == NULL) {
        call->detail = "no memory";
        return DGM_MEMORY;
    }
    all[0] = 1;
    return DGM_OK;
}

static enum dgm_status overdo(struct dgm_hook_call *call, uint8_t deed)
{
    if (deed == DEED_MEMORY) {
        return take_memory(call);
    }
    for (;;) {
        (void)!write(STDOUT_FILENO, call->output, call->output_size);
    }
}

static enum dgm_status lie(struct dgm_hook_call *call, uint8_t deed)
{
    switch (deed) {
    case DEED_LONG_OUTPUT:
        call->output_length = (size_t)1 << 40;
        return DGM_OK;
    case DEED_FLOOD:
        for (;;) {
            forge(0, 0);
        }
    case DEED_BIG_MESSAGE:
        send_big();
        break;
    case DEED_OTHER_NUMBER:
        forge(4000000000u, 0);
        break;
    case DEED_BAD_LENGTHS:
        forge(2, 0xFFFFFFFF);
        break;
    case DEED_BAD_STATUS:
        return DGM_WORKER_QUARANTINE;
    case DEED_BAD_DETAIL:
        call->detail = "\x1b[2J\xff\n\"";
        return DGM_REFUSED;
    case DEED_HANG_UP:
        (void)syscall(SYS_close, WIRE_SOCKET);
        break;
    default:
        break;
    }
    return DGM_OK;
}

static enum dgm_status unruly_decode(struct dgm_hook_call *call)
{
    uint8_t deed = call->input_length > 0 ? call->input[0] : 0;
    if (deed == DEED_ECHO || call->output_size < call->input_length) {
        memcpy(call->output, call->input, call->input_length);
        call->output_length = call->input_length;
        return DGM_OK;
    }
    call->output_length = 1;
    if (deed < DEED_CRASH) {
        return behave(call, deed);
    }
    if (deed < DEED_OPEN) {
        end(deed);
    } else if (deed < DEED_MEMORY) {
        break_out(deed);
    } else if (deed < DEED_LONG_OUTPUT) {
        return overdo(call, deed);
    } else {
        return lie(call, deed);
    }
    return DGM_OK;
}

/* Backwards it is nothing but the bytes, with salt, or a crash. */
static enum dgm_status unruly_encode(struct dgm_hook_call *call)
{
    if (call->input_length > 0 && call->input[0] == DEED_CRASH) {
        *nowhere = 1;
    }
    if (call->input_length >= call->output_size) {
        return DGM_LIMIT;
    }
    memcpy(call->output, call->input, call->input_length);
    call->output_length = call->input_length;
    if (call->input_length > 0 && call->input[0] == DEED_SALT) {
        call->output[call->output_length++] = (uint8_t)++remembered;
    }
    return DGM_OK;
}

static enum dgm_status unruly_open(struct dgm_plugin_setup *setup)
{
    if (setup->settings_length >= sizeof(settings)) {
        setup->detail = "the settings are too long";
        return DGM_LIMIT;
    }
    if (setup->settings_length > 0) {
        memcpy(settings, setup->settings, setup->settings_length);
    }
    return DGM_OK;
}

static const struct dgm_hook unruly = {
    .size = sizeof(unruly),
    .name = "unruly",
    .decode = unruly_decode,
    .encode = unruly_encode,
};

static const struct dgm_hook *const hooks[] = {&unruly};

/* As those of a later version: one member more. */
struct later {
    struct dgm_plugin_code code;
    uint64_t more;
};

extern const struct later DGM_PLUGIN_CODE_SYMBOL;

DGM_API const struct later DGM_PLUGIN_CODE_SYMBOL = {
    .code =
        {
#ifdef WRONG_MAGIC
            .magic = 1,
#else
            .magic = DGM_PLUGIN_CODE_MAGIC,
#endif
#ifdef WRONG_MAJOR
            .major = 2,
#else
            .major = DGM_PLUGIN_CODE_MAJOR,
#endif
            .minor = DGM_PLUGIN_CODE_MINOR,
#ifdef WRONG_SIZE
            .size = 8,
#else
            .size = sizeof(struct later),
#endif
#ifdef WRONG_COUNT
            .hook_count = 33,
#else
            .hook_count = 1,
#endif
            .hooks = hooks,
            .open = unruly_open,
#ifdef WRONG_STATE
            .state_size = DGM_PLUGIN_CODE_STATE + 1,
#else
            .state_size = sizeof(uint64_t),
#endif
        },
#ifdef WRONG_TAIL
    .more = 1,
#endif
};
