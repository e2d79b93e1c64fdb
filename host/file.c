/* SPDX-License-Identifier: MIT */
/* Reading and writing files whole, and copying one to where nobody can change it any
 * more. */
#include "file.h"
#include "refuse.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

static enum dgm_status refuse_io(struct dgm_refusal *refusal, const char *what)
{
    return refuse(refusal, DGM_IO, "%s: %s", what, strerror(errno));
}

static enum dgm_status check_kind(int fd, size_t most, size_t *ret_size,
                                  struct dgm_refusal *refusal)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return refuse_io(refusal, "cannot look at the file");
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(refusal, DGM_PLUGIN_FILE, "file: expected a regular file");
    }
    if (status.st_size < 0 || (uintmax_t)status.st_size > most) {
        return refuse(refusal, DGM_PLUGIN_FILE,
                      "file size: expected at most %zu, found %lld", most,
                      (long long)status.st_size);
    }
    *ret_size = (size_t)status.st_size;
    return DGM_OK;
}

/* A file that grows or shrinks meanwhile gives what was there; the checks come later. */
static enum dgm_status read_all(int fd, size_t size, struct file *ret,
                                struct dgm_refusal *refusal)
{
    ret->bytes = malloc(size + 1);
    if (ret->bytes == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for %zu bytes", size);
    }
    while (ret->size < size) {
        ssize_t count = read(fd, ret->bytes + ret->size, size - ret->size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return refuse_io(refusal, "cannot read the file");
        }
        if (count == 0) {
            break;
        }
        ret->size += (size_t)count;
    }
    return DGM_OK;
}

enum dgm_status file_read(const char *path, struct file *ret, struct dgm_refusal *refusal)
{
    return file_read_small(path, FILE_MAX_BYTES, ret, refusal);
}

enum dgm_status file_read_small(const char *path, size_t most, struct file *ret,
                                struct dgm_refusal *refusal)
{
    size_t size = 0;
    ret->bytes = NULL;
    ret->size = 0;
    /* Not to wait for a writer if the name is that of a pipe. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return refuse_io(refusal, "cannot open the file");
    }
    enum dgm_status status = check_kind(fd, most, &size, refusal);
    if (status == DGM_OK) {
        status = read_all(fd, size, ret, refusal);
    }
    (void)close(fd);
    if (status != DGM_OK) {
        file_free(ret);
    }
    return status;
}

void file_free(struct file *file)
{
    free(file->bytes);
    file->bytes = NULL;
    file->size = 0;
}

static int create_memory_file(void)
{
    unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int fd = memfd_create("dragoman-plugin", flags | MFD_NOEXEC_SEAL);
    if (fd < 0 && errno == EINVAL) {
        /* A kernel before 6.3. */
        fd = memfd_create("dragoman-plugin", flags);
    }
    return fd;
}

static bool write_all(int fd, const uint8_t *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t count = write(fd, bytes + done, size - done);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        done += count < 0 ? 0 : (size_t)count;
    }
    return true;
}

int file_seal(const struct file *file)
{
    int fd = create_memory_file();
    if (fd < 0) {
        return -1;
    }
    int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (!write_all(fd, file->bytes, file->size) || fcntl(fd, F_ADD_SEALS, seals) != 0) {
        int saved = errno;
        (void)close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

bool file_is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static bool fill(int fd, const void *bytes, size_t size, unsigned mode)
{
    bool good =
        fchmod(fd, (mode_t)mode) == 0 && write_all(fd, bytes, size) && fsync(fd) == 0;
    int saved = errno;
    bool closed = close(fd) == 0;
    errno = good ? errno : saved;
    return good && closed;
}

static enum dgm_status cannot_write(struct dgm_refusal *refusal, const char *path)
{
    return refuse(refusal, DGM_IO, "cannot write '%.150s': %s", path, strerror(errno));
}

enum dgm_status file_create(const char *path, const void *bytes, size_t size,
                            unsigned mode, struct dgm_refusal *refusal)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        return cannot_write(refusal, path);
    }
    if (!fill(fd, bytes, size, mode)) {
        enum dgm_status status = cannot_write(refusal, path);
        (void)unlink(path);
        return status;
    }
    return DGM_OK;
}

enum dgm_status file_replace(const char *path, const void *bytes, size_t size,
                             unsigned mode, struct dgm_refusal *refusal)
{
    size_t room = strlen(path) + sizeof(".XXXXXX");
    char *made = malloc(room);
    if (made == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    (void)snprintf(made, room, "%s.XXXXXX", path);
    int fd = mkstemp(made);
    enum dgm_status status = DGM_OK;
    if (fd < 0) {
        status = cannot_write(refusal, path);
    } else if (!fill(fd, bytes, size, mode) || rename(made, path) != 0) {
        status = cannot_write(refusal, path);
        (void)unlink(made);
    }
    free(made);
    return status;
}
