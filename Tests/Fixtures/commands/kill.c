/* Preloaded into a program, counts what it does to files and sockets, and kills it at one of these moments.
 *
 *   KILL_AT=n        the n-th call, counted from 1, ends the process with SIGKILL; absent or 0: none
 *   KILL_AFTER=1     the call takes effect first; otherwise the process dies before it
 *   KILL_FILE=NAME   dies as soon as a file whose path ends in NAME was created, linked or renamed to
 *   KILL_COUNT=PATH  where the number of calls is written when the process ends by itself
 *   KILL_TRACE=PATH  each call as one line, "n name"
 *
 * A killed process runs none of its own code any more, which is what a power cut or the kernel's out-of-memory killer
 * looks like to the files it leaves.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long kill_at = -1;
static int kill_after;
static const char *kill_file;
static int trace = -1;

static void begin(void) {
    if (kill_at >= 0) return;
    const char *at = getenv("KILL_AT"), *path = getenv("KILL_TRACE");
    kill_after = getenv("KILL_AFTER") != NULL;
    kill_file = getenv("KILL_FILE");
    if (path) trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    kill_at = at ? atol(at) : 0;
}

__attribute__((constructor)) static void loaded(void) { begin(); }

__attribute__((destructor)) static void unloaded(void) {
    const char *path = getenv("KILL_COUNT");
    if (!path) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    syscall(SYS_write, file, text, (size_t)length);
    syscall(SYS_close, file);
}

/* The signal goes to the whole process and does not come back. */
static void die(void) {
    syscall(SYS_kill, (int)syscall(SYS_getpid), SIGKILL);
    for (;;) syscall(SYS_pause);
}

static long count(const char *name) {
    begin();
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (trace >= 0) {
        char line[64];
        int length = snprintf(line, sizeof line, "%ld %s\n", number, name);
        syscall(SYS_write, trace, line, (size_t)length);
    }
    if (number == kill_at && !kill_after) die();
    return number;
}

static void appeared(const char *path) {
    if (!kill_file) return;
    size_t length = strlen(path), ending = strlen(kill_file);
    if (length >= ending && strcmp(path + length - ending, kill_file) == 0) die();
}

/* The real call between the two moments at which the process may die. */
#define WRAP_NAMING(type, name, parameters, arguments, new_path)                 \
    type name parameters {                                                       \
        static type(*real) parameters;                                           \
        if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);           \
        long number = count(#name);                                              \
        type result = real arguments;                                            \
        if (result == 0) appeared(new_path);                                     \
        if (number == kill_at && kill_after) die();                              \
        return result;                                                           \
    }

#define WRAP(type, name, parameters, arguments) WRAP_NAMING(type, name, parameters, arguments, "")

WRAP(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size))
WRAP(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))
WRAP(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at))
WRAP(ssize_t, writev, (int file, const struct iovec *parts, int number_of), (file, parts, number_of))
WRAP(int, fsync, (int file), (file))
WRAP(int, fdatasync, (int file), (file))
WRAP(int, ftruncate, (int file, off_t size), (file, size))
WRAP(int, ftruncate64, (int file, off64_t size), (file, size))
WRAP_NAMING(int, rename, (const char *from, const char *to), (from, to), to)
WRAP_NAMING(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), to)
WRAP_NAMING(int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags), to)
WRAP_NAMING(int, link, (const char *from, const char *to), (from, to), to)
WRAP_NAMING(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), to)
WRAP(int, symlink, (const char *target, const char *path), (target, path))
WRAP(int, unlink, (const char *path), (path))
WRAP(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode))
WRAP(int, rmdir, (const char *path), (path))
WRAP(int, connect, (int file, const struct sockaddr *address, socklen_t size), (file, address, size))
WRAP(ssize_t, send, (int file, const void *bytes, size_t size, int flags), (file, bytes, size, flags))
WRAP(ssize_t, sendto,
     (int file, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length),
     (file, bytes, size, flags, to, length))
WRAP(ssize_t, sendmsg, (int file, const struct msghdr *message, int flags), (file, message, flags))
WRAP(ssize_t, recv, (int file, void *bytes, size_t size, int flags), (file, bytes, size, flags))
WRAP(ssize_t, recvfrom,
     (int file, void *bytes, size_t size, int flags, struct sockaddr *from, socklen_t *length),
     (file, bytes, size, flags, from, length))
WRAP(ssize_t, recvmsg, (int file, struct msghdr *message, int flags), (file, message, flags))

/* Only an open that creates or empties a file changes anything. */
#define WRAP_OPEN(name)                                                          \
    int name(const char *path, int flags, ...) {                                 \
        static int (*real)(const char *, int, ...);                              \
        if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
        mode_t mode = 0;                                                         \
        if (flags & (O_CREAT | O_TMPFILE)) {                                     \
            va_list rest;                                                        \
            va_start(rest, flags);                                               \
            mode = va_arg(rest, mode_t);                                         \
            va_end(rest);                                                        \
        }                                                                        \
        if (!(flags & (O_CREAT | O_TRUNC))) return real(path, flags, mode);      \
        long number = count(#name);                                              \
        int result = real(path, flags, mode);                                    \
        if (result >= 0 && (flags & O_CREAT)) appeared(path);                    \
        if (number == kill_at && kill_after) die();                              \
        return result;                                                           \
    }

WRAP_OPEN(open)
WRAP_OPEN(open64)
