/* Has LibreOffice turn a file into one that is read here: in a folder of its own, by a program that shuts it in. */
#include "platform/doc/doc_office.h"
#include "platform/doc/doc_model.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usual_soffice[] = "/usr/lib/libreoffice/program/soffice.bin";
static const char says_not_opened[] =
    "Không mở được tệp này: tệp bị hỏng hoặc có mật khẩu. Hãy mở bằng Word hoặc Excel, lưu lại dạng .docx hoặc .xlsx rồi chọn lại.";

/* It ends with this after making its profile and asks to be started again. */
enum { START_AGAIN = 81, MOST_STARTS = 3, OPEN_FILES = 16 };

/* Nothing in a document may run, and nothing outside of it is fetched. */
static const char settings[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">"
    "<item oor:path=\"/org.openoffice.Office.Common/Security/Scripting\"><prop oor:name=\"DisableMacrosExecution\" oor:op=\"fuse\">"
    "<value>true</value></prop></item>"
    "<item oor:path=\"/org.openoffice.Office.Common/Security/Scripting\"><prop oor:name=\"MacroSecurityLevel\" oor:op=\"fuse\">"
    "<value>3</value></prop></item>"
    "<item oor:path=\"/org.openoffice.Office.Common/Security/Scripting\"><prop oor:name=\"DisableActiveContent\" oor:op=\"fuse\">"
    "<value>true</value></prop></item>"
    "<item oor:path=\"/org.openoffice.Office.Writer/Content/Update\"><prop oor:name=\"Link\" oor:op=\"fuse\"><value>0</value></prop></item>"
    "<item oor:path=\"/org.openoffice.Office.Calc/Content/Update\"><prop oor:name=\"Link\" oor:op=\"fuse\"><value>1</value></prop></item>"
    "</oor:items>\n";

static const char *soffice_of(const struct office_run *run)
{
    const char *named = run != NULL && run->soffice != NULL ? run->soffice : getenv("SAURO_SOFFICE");
    return named != NULL ? named : usual_soffice;
}

bool office_ready(void)
{
    return access(soffice_of(NULL), X_OK) == 0;
}

/* ---- the folder ---- */

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where)
{
    (void)about;
    (void)type;
    (void)where;
    remove(path);
    return 0; /* what cannot be removed must not keep the rest */
}

static bool put_settings(struct ctx *c, const char *folder)
{
    const char *user = arena_printf(c->arena, "%s/profile/user", folder);
    if (mkdir(arena_printf(c->arena, "%s/profile", folder), 0700) != 0 || mkdir(user, 0700) != 0)
        return false;
    FILE *f = fopen(arena_printf(c->arena, "%s/registrymodifications.xcu", user), "we");
    bool good = f != NULL && fputs(settings, f) >= 0;
    return f != NULL && fclose(f) == 0 && good;
}

static bool copy_all(int from, int to)
{
    static const size_t piece = 1 << 20;
    loff_t at = 0;
    for (ssize_t got = 1; got > 0;) {
        got = copy_file_range(from, &at, to, NULL, piece, 0);
        if (got < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
            break; /* not between these two */
        if (got == 0)
            return true;
        if (got < 0)
            return false;
    }
    char bytes[65536];
    for (ssize_t got; (got = pread(from, bytes, sizeof bytes, at)) != 0; at += got)
        if (got < 0 || at + got > DOC_MOST_BYTES || write(to, bytes, (size_t)got) != got)
            return false;
    return true;
}

/* NULL: no place for it. */
static char *make_folder(struct ctx *c, const struct office_run *run)
{
    const char *top = getenv("TMPDIR");
    char *folder = arena_printf(c->arena, "%s/sauro-office-XXXXXX", top == NULL || top[0] != '/' ? "/tmp" : top);
    if (mkdtemp(folder) == NULL)
        return NULL;
    int source = open(arena_printf(c->arena, "%s/source.%s", folder, run->from), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = source >= 0 && copy_all(run->input, source) && put_settings(c, folder);
    if (source >= 0)
        close(source);
    if (good)
        return folder;
    nftw(folder, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
    return NULL;
}

/* ---- the work ---- */

static enum err start(struct ctx *c, const struct office_run *run, const char *folder, struct helper_end *end)
{
    const char *const words[] = { folder, run->from, run->to, soffice_of(run), NULL };
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int64_t deadline = helper_now() + run->milliseconds;
    for (int i = 0; i < MOST_STARTS && c->err == OK; i++) {
        int64_t left = deadline - helper_now();
        helper_run(c, &(struct helper_run){ .program = run->program != NULL ? run->program : helper_path(c, "SAURO_OFFICE", "sauro-office"),
                                            .words = words, .input = nothing, .output = nothing, .milliseconds = left > 0 ? (int)left : 1 }, end);
        if (c->err != OK || end->late || !WIFEXITED(end->status) || WEXITSTATUS(end->status) != START_AGAIN)
            break;
    }
    close(nothing);
    return c->err;
}

/* The folder was its to play with: what stands there is taken only as a plain file of a bearable size. */
static enum err take(struct ctx *c, const char *path, int *made)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool plain = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
    if (!plain)
        fail(c, INVALID, says_not_opened, "LibreOffice wrote nothing");
    else if (about.st_size > DOC_MOST_BYTES)
        fail(c, INVALID, doc_says_huge, "LibreOffice wrote too much");
    int copy = c->err == OK ? memfd_create("office", MFD_CLOEXEC) : -1;
    if (c->err == OK && (copy < 0 || !copy_all(file, copy) || lseek(copy, 0, SEEK_SET) != 0))
        fail(c, BROKEN, "Máy chủ đang quá tải. Hãy thử lại sau ít phút.", "copying what LibreOffice wrote: %s", strerror(errno));
    if (file >= 0)
        close(file);
    if (c->err == OK)
        *made = copy;
    else if (copy >= 0)
        close(copy);
    return c->err;
}

enum err office_convert(struct ctx *c, const struct office_run *run, int *made)
{
    if (c->err != OK)
        return c->err;
    char *folder = make_folder(c, run);
    if (folder == NULL)
        return fail(c, BROKEN, "Máy chủ đang quá tải. Hãy thử lại sau ít phút.", "no folder for LibreOffice: %s", strerror(errno));
    struct helper_end end = { .status = -1 };
    if (start(c, run, folder, &end) == OK) {
        int code = WIFEXITED(end.status) ? WEXITSTATUS(end.status) : -1;
        if (end.late)
            fail(c, INVALID, "Không đọc được tệp này: tệp quá phức tạp. Hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại.",
                 "LibreOffice took too long");
        else if (code == READER_NO_SANDBOX)
            fail(c, BROKEN, "Chưa chạy được bộ đọc tài liệu. Hãy báo người quản trị hệ thống.", "no sandbox for LibreOffice on this machine");
        else if (code != 0)
            fail(c, INVALID, says_not_opened, "LibreOffice ended with %d", code);
        else
            take(c, arena_printf(c->arena, "%s/source.%s", folder, run->to), made);
    }
    nftw(folder, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
    return c->err;
}
