/* SPDX-License-Identifier: MIT */
/*
 * The program dragoman-scan, which a scanner starts to look into plug-ins: it loads what
 * it gets, verifies it as any host would, and says what came of it. Before that it gives
 * away what it does not need, so that a mistake in here does no harm: it opens no files,
 * starts no programs, and has bounds on memory and time.
 */
#include "load.h"
#include "scan_wire.h"

#include <dragoman/host.h>
#include <dragoman/version.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LANDLOCK
#include <linux/landlock.h>
#endif

#define MIB (UINT64_C(1) << 20)

/* Sanitizers reserve address space without end. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif

static void set_limits(void)
{
    static const struct {
        int resource;
        rlim_t most;
    } limits[] = {
        {RLIMIT_CORE, 0},         {RLIMIT_NPROC, 0}, {RLIMIT_NOFILE, 16},
        {RLIMIT_FSIZE, 64 * MIB}, /* copies in memory count as files */
        {RLIMIT_CPU, 60},
#ifndef HAS_SHADOW_MEMORY
        {RLIMIT_AS, 2048 * MIB},
#endif
    };
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        struct rlimit limit = {limits[i].most, limits[i].most};
        (void)setrlimit((__rlimit_resource_t)limits[i].resource, &limit);
    }
}

/* No file of the system may be opened, if the kernel can see to that. Files in memory may
 * still be: they belong to no folder. */
static void close_file_system(void)
{
#ifdef HAVE_LANDLOCK
    struct landlock_ruleset_attr rules = {
        .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                             LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                             LANDLOCK_ACCESS_FS_REMOVE_DIR |
                             LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                             LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                             LANDLOCK_ACCESS_FS_MAKE_FIFO |
                             LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
    };
    long ruleset = syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
    if (ruleset >= 0) {
        (void)syscall(SYS_landlock_restrict_self, (int)ruleset, 0);
        (void)close((int)ruleset);
    }
#endif
}

static void give_away(void)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    (void)prctl(PR_SET_DUMPABLE, 0);
#ifdef SYS_close_range
    (void)syscall(SYS_close_range, STDERR_FILENO + 1, ~0u, 0);
#endif
    close_file_system();
    set_limits();
}

/* False if nobody listens any more. */
static bool send_all(const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    while (size > 0) {
        ssize_t count = send(STDIN_FILENO, at, size, MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        at += count < 0 ? 0 : count;
        size -= count < 0 ? 0 : (size_t)count;
    }
    return true;
}

static bool answer(enum dgm_status status, const char *text)
{
    struct wire_answer head = {WIRE_MAGIC, (uint32_t)status, (uint32_t)strlen(text)};
    return send_all(&head, sizeof(head)) && send_all(text, head.length);
}

/* The descriptor that comes with the next question, or -1 at the end. */
static int next_file(void)
{
    char ask = 0;
    union {
        struct cmsghdr head; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {&ask, 1};
    struct msghdr message;
    memset(&message, 0, sizeof(message));
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof(control.bytes);
    ssize_t count = 0;
    do {
        count = recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
    } while (count < 0 && errno == EINTR);
    const struct cmsghdr *head = count == 1 ? CMSG_FIRSTHDR(&message) : NULL;
    if (ask != WIRE_ASK || head == NULL || head->cmsg_level != SOL_SOCKET ||
        head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(sizeof(int))) {
        return -1;
    }
    int fd = -1;
    memcpy(&fd, CMSG_DATA(head), sizeof(fd));
    return fd;
}

/* As they are made when somebody decodes with the plug-in. */
static void make_plans(const struct dgm_loaded *loaded)
{
    size_t position = 0;
    while (dgm_loaded_codec(loaded, position) != NULL) {
        position++;
    }
}

/* What makes it a code plug-in, and the manifest. */
static char *describe_code(const char *code, const char *manifest)
{
    size_t size = strlen(code) + 1 + strlen(manifest) + 1;
    char *text = malloc(size);
    if (text != NULL) {
        (void)snprintf(text, size, "%s\n%s", code, manifest);
    }
    return text;
}

/* Load and unload it; of a code plug-in nothing but the tables is looked at. Sets what is
 * answered with the refusal's status; NULL: the refusal's text. */
static char *use(struct dgm_plugin_info *info, const char *path,
                 struct dgm_refusal *refusal)
{
    struct dgm_loaded *loaded = NULL;
    char *text = NULL;
    const char *code = dgm_plugin_info_code(info);
    enum dgm_status status = code == NULL ? dgm_plugin_load(path, &loaded, refusal)
                                          : load_info(info, &loaded, refusal);
    if (status == DGM_OK) {
        const char *manifest = dgm_plugin_info_manifest(info);
        make_plans(loaded);
        text = code == NULL ? strdup(manifest) : describe_code(code, manifest);
        refusal->status = text == NULL   ? DGM_MEMORY
                          : code == NULL ? DGM_OK
                                         : DGM_PLUGIN_CODE;
    }
    dgm_plugin_unload(loaded);
    return text;
}

static char *look_into(int fd, struct dgm_refusal *refusal)
{
    char path[64];
    struct dgm_plugin_info *info = NULL;
    char *text = NULL;
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (dgm_plugin_inspect(path, &info, refusal) == DGM_OK) {
        text = use(info, path, refusal);
    }
    dgm_plugin_info_free(info);
    return text;
}

static bool is_done(void)
{
    char done = 0;
    ssize_t count = 0;
    do {
        count = recv(STDIN_FILENO, &done, 1, 0);
    } while (count < 0 && errno == EINTR);
    return count == 1 && done == WIRE_DONE;
}

/* False if nobody listens any more. */
static bool serve(int fd)
{
    struct dgm_refusal refusal;
    memset(&refusal, 0, sizeof(refusal));
    char *text = look_into(fd, &refusal);
    bool heard = answer(refusal.status, text != NULL ? text : refusal.text);
    free(text);
    (void)close(fd);
    return heard && is_done() && answer(DGM_OK, DGM_VERSION_STRING);
}

int main(void)
{
    struct stat status;
    if (fstat(STDIN_FILENO, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        (void)fprintf(stderr,
                      "dragoman-scan %s is started by hosts of plug-ins, such as "
                      "'dragoman list'.\n",
                      DGM_VERSION_STRING);
        return EXIT_FAILURE;
    }
    give_away();
    bool heard = answer(DGM_OK, DGM_VERSION_STRING);
    while (heard) {
        int fd = next_file();
        if (fd < 0) {
            break;
        }
        heard = serve(fd);
    }
    /* At once: there is nothing to write, and nobody to be told of leaks. */
    _exit(EXIT_SUCCESS);
}
