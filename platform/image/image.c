/* Starts sauro-image and waits for its end, no longer than IMAGE_SECONDS. */
#include "platform/image/image.h"
#include "platform/base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *helper(struct ctx *c)
{
    const char *given = getenv("SAURO_IMAGE");
    if (given != NULL)
        return given;
    char own[4096];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0)
        return "sauro-image";
    own[length] = '\0';
    char *slash = strrchr(own, '/');
    return arena_printf(c->arena, "%.*s/sauro-image", (int)(slash - own), own);
}

/* Exit status of waitpid; -1 when it was ended for taking too long. */
static int wait_for(pid_t pid)
{
    int handle = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = { .fd = handle, .events = POLLIN };
    int ready = handle < 0 ? 1 : poll(&end, 1, IMAGE_SECONDS * 1000);
    if (ready == 0)
        kill(pid, SIGKILL);
    if (handle >= 0)
        close(handle);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return ready == 0 ? -1 : status;
}

enum err image_shrink(struct ctx *c, const char *field, const char *in, const char *out, const char *preview)
{
    const char *program = helper(c);
    char *arguments[] = { arena_copy(c->arena, program), arena_copy(c->arena, in), arena_copy(c->arena, out),
                          arena_copy(c->arena, preview), NULL };
    char *environment[] = { "LC_ALL=C", "VIPS_CONCURRENCY=1", "VIPS_MIN_STACK_SIZE=1m",
                            "VIPS_DISC_THRESHOLD=2g", NULL };
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd <= 2; fd++)
        posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    pid_t pid;
    int failed = posix_spawn(&pid, program, &files, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0)
        return fail(c, BROKEN, "Máy chủ chưa xử lý được ảnh. Xin thử lại sau ít phút.", "sauro-image: %s", strerror(failed));
    int status = wait_for(pid);
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return invalid(c, field, "Không đọc được ảnh này. Hãy chụp lại, hoặc chọn ảnh JPEG, PNG khác.");
    return c->err;
}
