/* Starts the sandboxed reader on an untrusted file and takes its model; safe to call from several threads. */
#include "platform/doc/doc_process.h"
#include "platform/doc/doc_model.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_MS = 20000, MOST_OUTPUT = 16 * 1024 * 1024, LONGEST_PATH = 4096, LONGEST_SENTENCE = 400 };

static const char says_no_reader[] = "Chưa chạy được bộ đọc tài liệu. Hãy báo người quản trị hệ thống.";
static const char says_slow[] =
    "Không đọc được tệp này: tệp quá phức tạp. Hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại.";

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *program_of(struct ctx *c, const struct reader_run *run)
{
    const char *named = run->program == NULL ? getenv("SAURO_READER") : run->program;
    if (named != NULL)
        return named;
    char path[LONGEST_PATH];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    while (length > 0 && path[length - 1] != '/')
        length--;
    return arena_printf(c->arena, "%.*ssauro-reader", length > 0 ? (int)length : 0, path);
}

/* -1: c->err says why. */
static int open_file(struct ctx *c, const char *path)
{
    struct stat s;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not make us wait */
    if (file < 0) {
        fail(c, INVALID, "Không mở được tệp này. Hãy kiểm tra lại đường dẫn và quyền đọc tệp.", "open: %s", strerror(errno));
        return -1;
    }
    if (fstat(file, &s) != 0 || !S_ISREG(s.st_mode))
        fail(c, INVALID, "Đây không phải là một tệp. Hãy chọn tệp Word (.docx), PDF hoặc văn bản (.txt).", "not a regular file");
    else if (s.st_size == 0)
        fail(c, INVALID, doc_says_empty, "no bytes");
    else if (s.st_size > DOC_MOST_BYTES)
        fail(c, INVALID, doc_says_huge, "%lld bytes", (long long)s.st_size);
    if (c->err == OK)
        return file;
    close(file);
    return -1;
}

/* The child gets the file, the pipe and nothing else: everything we open is close-on-exec. 0 or errno. */
static int start(const char *program, int file, int out, pid_t *pid)
{
    static char *const environment[] = { "LC_ALL=C.UTF-8", NULL };
    char *const words[] = { "sauro-reader", NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0); /* it may quote the document */
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int failed = posix_spawn(pid, program, &actions, &attributes, words, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

struct output {
    char *bytes;
    size_t size, capacity, most;
    bool late, too_large;
};

static bool grow(struct output *o)
{
    if (o->size < o->capacity)
        return true;
    size_t capacity = o->capacity == 0 ? 256 * 1024 : o->capacity * 2;
    char *larger = realloc(o->bytes, capacity);
    if (larger == NULL)
        return false;
    o->bytes = larger;
    o->capacity = capacity;
    return true;
}

/* Reads to the end, the bound or the deadline. */
static void drain(int in, int64_t deadline, struct output *o)
{
    for (;;) {
        int64_t left = deadline - now_ms();
        struct pollfd wait = { .fd = in, .events = POLLIN };
        int ready = left <= 0 ? 0 : poll(&wait, 1, (int)left);
        if (ready < 0 && errno == EINTR)
            continue;
        o->late = ready == 0;
        o->too_large = o->size > o->most || !grow(o);
        if (ready <= 0 || o->too_large)
            return;
        ssize_t got = read(in, o->bytes + o->size, o->capacity - o->size);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            return;
        o->size += got > 0 ? (size_t)got : 0;
    }
}

/* A reader that was taken over could close its output and stay: the deadline holds for its end too. */
static int reap(pid_t pid, int64_t deadline, struct output *o)
{
    int handle = pidfd_open(pid, 0);
    int ready = 0;
    for (int64_t left; handle >= 0 && ready == 0 && (left = deadline - now_ms()) > 0;) {
        ready = poll(&(struct pollfd){ .fd = handle, .events = POLLIN }, 1, (int)left);
        ready = ready < 0 && errno == EINTR ? 0 : ready;
    }
    if (handle >= 0)
        close(handle);
    if (ready <= 0) {
        o->late = true;
        kill(pid, SIGKILL);
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

/* The reader's own sentence; it is shown as text, so only its length is bounded. */
static const char *sentence_of(struct ctx *c, const struct output *o)
{
    json_t *root = o->size > 8 * LONGEST_SENTENCE ? NULL : json_loadb(o->bytes, o->size, 0, NULL);
    const char *text = json_string_value(json_object_get(root, "error"));
    const char *copy = text == NULL || strlen(text) > LONGEST_SENTENCE ? NULL : arena_copy(c->arena, text);
    json_decref(root);
    return copy;
}

static enum err take(struct ctx *c, const struct output *o, int status, struct document **doc)
{
    if (o->late)
        return fail(c, INVALID, says_slow, "the reader took too long");
    if (o->too_large)
        return fail(c, INVALID, doc_says_huge, "the reader wrote too much");
    if (status == -1 || !WIFEXITED(status))
        return fail(c, INVALID, doc_says_broken, "the reader died of signal %d", status == -1 ? -1 : WTERMSIG(status));
    if (WEXITSTATUS(status) == READER_NO_SANDBOX)
        return fail(c, BROKEN, says_no_reader, "no sandbox on this machine");
    if (WEXITSTATUS(status) == READER_REFUSED) {
        const char *sentence = sentence_of(c, o);
        return fail(c, INVALID, sentence == NULL ? doc_says_broken : sentence, "the reader refused the file");
    }
    if (WEXITSTATUS(status) != 0)
        return fail(c, INVALID, doc_says_broken, "the reader ended with code %d", WEXITSTATUS(status));
    struct document *made = NULL;
    if (doc_from_json(c, o->bytes, o->size, &made) != OK)
        return c->err;
    if (made->images_only)
        return fail(c, INVALID, doc_says_images, "%d pages of images", made->pages);
    if (made->count == 0)
        return fail(c, INVALID, doc_says_empty, "no blocks");
    *doc = made;
    return c->err;
}

enum err doc_run_reader(struct ctx *c, const struct reader_run *run, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    const char *program = program_of(c, run);
    int file = open_file(c, run->path);
    if (file < 0)
        return c->err;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        close(file);
        return fail(c, BROKEN, "Máy chủ đang quá tải. Hãy thử lại sau ít phút.", "pipe: %s", strerror(errno));
    }
    pid_t pid = 0;
    int failed = start(program, file, ends[1], &pid);
    close(ends[1]);
    close(file);
    struct output output = { .most = run->most };
    int status = -1;
    int64_t deadline = now_ms() + run->milliseconds;
    if (failed == 0) {
        drain(ends[0], deadline, &output);
        if (output.late || output.too_large)
            kill(pid, SIGKILL);
    }
    close(ends[0]); /* a reader that still writes ends of it */
    if (failed == 0)
        status = reap(pid, deadline, &output);
    if (failed != 0)
        fail(c, BROKEN, says_no_reader, "starting %s: %s", program,
             strerror(failed));
    else
        take(c, &output, status, doc);
    free(output.bytes);
    return c->err;
}

enum err doc_read_file(struct ctx *c, const char *path, struct document **doc)
{
    return doc_run_reader(c, &(struct reader_run){ .path = path, .milliseconds = LONGEST_MS, .most = MOST_OUTPUT }, doc);
}
