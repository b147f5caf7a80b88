/* The helper that decodes photos: what it may still do once it is shut in. */
#include "platform/image/image.h"
#include "tests/test.h"
#include <sys/wait.h>
#include <unistd.h>

TEST_PLAIN(photo_helper_is_shut_in_its_sandbox)
{
    char path[1024];
    struct arena *a = test_ctx()->arena;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    while (length > 0 && path[length - 1] != '/')
        length--;
    const char *program = arena_printf(a, "%.*ssauro-image", (int)length, path);
    const char *out = arena_printf(a, "%s/out.jpg", test_folder()), *preview = arena_printf(a, "%s/preview.jpg", test_folder());
    pid_t pid = fork();
    if (pid == 0) {
        execl(program, "sauro-image", "--check", out, preview, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}
