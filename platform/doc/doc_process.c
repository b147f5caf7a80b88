/* Starts the sandboxed programs on untrusted files and takes what they give; safe to call from several threads. */
#include "platform/doc/doc_process.h"
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_office.h"
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

enum { LONGEST_PATH = 4096, LONGEST_SENTENCE = 400, ASK_MS = 200, OFFICE_MS = 60000 };

static const char says_no_reader[] = "Chưa chạy được bộ đọc tài liệu. Hãy báo người quản trị hệ thống.";
static const char says_slow[] =
    "Không đọc được tệp này: tệp quá phức tạp. Hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại.";

int64_t helper_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const char *helper_path(struct ctx *c, const char *variable, const char *name)
{
    const char *named = getenv(variable);
    if (named != NULL)
        return named;
    char path[LONGEST_PATH];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    while (length > 0 && path[length - 1] != '/')
        length--;
    return arena_printf(c->arena, "%.*s%s", length > 0 ? (int)length : 0, path, name);
}

int helper_open(struct ctx *c, const char *path)
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

enum { MOST_WORDS = 6 };

/* The child gets its two files and nothing else: everything we open is close-on-exec. 0 or errno. */
static int start(const struct helper_run *run, int out, pid_t *pid)
{
    static char *const environment[] = { "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", NULL };
    const char *name = strrchr(run->program, '/');
    const char *words[MOST_WORDS + 2] = { name == NULL ? run->program : name + 1 };
    for (int i = 0; i < MOST_WORDS && run->words != NULL && run->words[i] != NULL; i++)
        words[i + 1] = run->words[i];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, run->input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0); /* it may quote the document */
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int failed = posix_spawn(pid, run->program, &actions, &attributes, (char *const *)words, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static bool grow(struct helper_end *o, size_t *capacity)
{
    if (o->size < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 256 * 1024 : *capacity * 2;
    char *larger = realloc(o->bytes, wanted);
    if (larger == NULL)
        return false;
    o->bytes = larger;
    *capacity = wanted;
    return true;
}

/* Waits until the file has something to read. False: too late, or whoever watches wants no more. */
static bool wait_for(const struct helper_run *run, int file, int64_t deadline, struct helper_end *o)
{
    for (;;) {
        int64_t left = deadline - helper_now();
        int ready = left <= 0 ? 0 : poll(&(struct pollfd){ .fd = file, .events = POLLIN }, 1, (int)(left < ASK_MS ? left : ASK_MS));
        if (ready > 0)
            return true;
        o->late = left <= 0 || (ready < 0 && errno != EINTR);
        o->stopped = !o->late && run->watch != NULL && !run->watch->go_on(run->watch->arg, run->page, run->pages);
        if (o->late || o->stopped)
            return false;
    }
}

/* Reads to the end, the bound or the deadline. */
static void drain(const struct helper_run *run, int in, int64_t deadline, struct helper_end *o)
{
    size_t capacity = 0;
    while (wait_for(run, in, deadline, o)) {
        o->too_large = o->size > run->most || !grow(o, &capacity);
        if (o->too_large)
            return;
        ssize_t got = read(in, o->bytes + o->size, capacity - o->size);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            return;
        o->size += got > 0 ? (size_t)got : 0;
    }
}

/* A program that was taken over could close its output and stay: the deadline holds for its end too. */
static void reap(const struct helper_run *run, pid_t pid, int64_t deadline, struct helper_end *o)
{
    int handle = pidfd_open(pid, 0);
    bool over = o->late || o->too_large || o->stopped;
    if (over || handle < 0 || !wait_for(run, handle, deadline, o))
        kill(pid, SIGKILL);
    if (handle >= 0)
        close(handle);
    while (waitpid(pid, &o->status, 0) < 0)
        if (errno != EINTR) {
            o->status = -1;
            return;
        }
}

enum err helper_run(struct ctx *c, const struct helper_run *run, struct helper_end *end)
{
    *end = (struct helper_end){ .status = -1 };
    int ends[2] = { -1, -1 };
    if (c->err != OK)
        return c->err;
    if (run->output < 0 && pipe2(ends, O_CLOEXEC) != 0)
        return fail(c, BROKEN, "Máy chủ đang quá tải. Hãy thử lại sau ít phút.", "pipe: %s", strerror(errno));
    pid_t pid = 0;
    int64_t deadline = helper_now() + run->milliseconds;
    int failed = start(run, run->output < 0 ? ends[1] : run->output, &pid);
    if (run->output < 0)
        close(ends[1]);
    if (failed == 0 && run->output < 0)
        drain(run, ends[0], deadline, end);
    if (run->output < 0)
        close(ends[0]); /* a program that still writes ends of it */
    if (failed == 0)
        reap(run, pid, deadline, end);
    return failed == 0 ? c->err : fail(c, BROKEN, says_no_reader, "starting %s: %s", run->program, strerror(failed));
}

/* The program's own sentence; it is shown as text, so only its length is bounded. */
static const char *sentence_of(struct ctx *c, const char *bytes, size_t size)
{
    json_t *root = size > 8 * LONGEST_SENTENCE ? NULL : json_loadb(bytes, size, 0, NULL);
    const char *text = json_string_value(json_object_get(root, "error"));
    const char *copy = text == NULL || strlen(text) > LONGEST_SENTENCE ? NULL : arena_copy(c->arena, text);
    json_decref(root);
    return copy;
}

enum err helper_judge(struct ctx *c, const struct helper_end *end, const char *bytes, size_t size)
{
    if (end->stopped)
        return fail(c, INVALID, doc_says_stopped, "stopped");
    if (end->late)
        return fail(c, INVALID, says_slow, "the reader took too long");
    if (end->too_large)
        return fail(c, INVALID, doc_says_huge, "the reader wrote too much");
    if (end->status == -1 || !WIFEXITED(end->status))
        return fail(c, INVALID, doc_says_broken, "the reader died of signal %d", end->status == -1 ? -1 : WTERMSIG(end->status));
    int code = WEXITSTATUS(end->status);
    if (code == READER_NO_SANDBOX)
        return fail(c, BROKEN, says_no_reader, "no sandbox on this machine");
    if (code == READER_REFUSED || code >= READER_OFFICE) {
        const char *sentence = sentence_of(c, bytes, size);
        return fail(c, INVALID, sentence == NULL ? doc_says_broken : sentence, "the reader refused the file");
    }
    return code == 0 ? c->err : fail(c, INVALID, doc_says_broken, "the reader ended with code %d", code);
}

static enum err take(struct ctx *c, const struct helper_end *end, struct document **doc)
{
    struct document *made = NULL;
    if (helper_judge(c, end, end->bytes, end->size) != OK || doc_from_json(c, end->bytes, end->size, &made) != OK)
        return c->err;
    if (made->count == 0 && !doc_needs_scan(made))
        return fail(c, INVALID, made->images_only ? doc_says_images : doc_says_empty, "no blocks, %d pages", made->pages);
    *doc = made;
    return c->err;
}

/* The kind of office file that the reader would read after LibreOffice; -1: another end, or no LibreOffice here. */
static int wants_office(const struct helper_end *end)
{
    const char *from;
    const char *to;
    int kind = WIFEXITED(end->status) ? WEXITSTATUS(end->status) - READER_OFFICE : -1;
    return !end->late && !end->too_large && doc_office_names(kind, &from, &to) && office_ready() ? kind : -1;
}

/* Runs the reader once more, on what LibreOffice made of the file. */
static enum err read_office(struct ctx *c, const struct helper_run *first, int kind, struct document **doc)
{
    struct office_run office = { .input = first->input, .milliseconds = OFFICE_MS };
    struct helper_run again = *first;
    struct helper_end end = { 0 };
    doc_office_names(kind, &office.from, &office.to);
    if (office_convert(c, &office, &again.input) != OK)
        return c->err;
    if (helper_run(c, &again, &end) == OK)
        take(c, &end, doc);
    close(again.input);
    free(end.bytes);
    return c->err;
}

enum err doc_run_reader(struct ctx *c, const struct reader_run *run, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    struct helper_end end = { 0 };
    const struct helper_run its = {
        .program = run->program != NULL ? run->program : helper_path(c, "SAURO_READER", "sauro-reader"),
        .input = helper_open(c, run->path),
        .output = -1,
        .milliseconds = run->milliseconds,
        .most = run->most,
    };
    if (its.input < 0)
        return c->err;
    if (helper_run(c, &its, &end) == OK) {
        int kind = wants_office(&end);
        if (kind >= 0)
            read_office(c, &its, kind, doc);
        else
            take(c, &end, doc);
    }
    close(its.input);
    free(end.bytes);
    return c->err;
}

enum err doc_read_file(struct ctx *c, const char *path, struct document **doc)
{
    return doc_run_reader(c, &(struct reader_run){ .path = path, .milliseconds = DOC_LONGEST_MS, .most = DOC_MOST_OUTPUT }, doc);
}
