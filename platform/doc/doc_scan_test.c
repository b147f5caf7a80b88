/* Pages that are pictures: recognised by the sandboxed program from pictures made here. */
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_process.h"
#include "tests/test.h"
#include <sys/wait.h>
#include <unistd.h>

static const char *scanner(void)
{
    const char *program = helper_path(test_ctx(), "SAURO_SCAN", "sauro-scan");
    if (access(program, X_OK) != 0)
        test_skip("sauro-scan is not built here: tesseract is absent");
    return program;
}

TEST_PLAIN(scanner_is_shut_in_its_sandbox)
{
    char *command = arena_copy(test_ctx()->arena, scanner());
    pid_t pid = fork();
    if (pid == 0) {
        execl(command, "sauro-scan", "--check", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}
