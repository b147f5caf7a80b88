/* Shuts the programs that read files in: a hostile file may take over this process, and then finds nothing it can do. */
#include "platform/doc/reader_sandbox.h"
#include "platform/base/landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER 0
#endif

enum { MOST_FILES = 24 };
static const rlim_t MOST_WRITTEN = 64UL * 1024 * 1024; /* a page as a picture passes in a file in memory */

static bool limit(int resource, rlim_t most)
{
    struct rlimit both = { .rlim_cur = most, .rlim_max = most };
    return setrlimit((__rlimit_resource_t)resource, &both) == 0;
}

static bool set_limits(const struct sandbox *s)
{
    bool memory = UNDER_SANITIZER || limit(RLIMIT_AS, (rlim_t)s->memory); /* sanitizers reserve terabytes */
    struct stat out; /* the server gives a pipe or a file in memory; a person may have sent the output to a file */
    bool to_file = fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode);
    return limit(RLIMIT_CPU, (rlim_t)s->seconds) && limit(RLIMIT_FSIZE, to_file ? MOST_WRITTEN : 0) && limit(RLIMIT_NOFILE, MOST_FILES) &&
           limit(RLIMIT_CORE, 0) && memory;
}

static bool restrict_files(const char *folder)
{
    const struct landlock_path readable[] = {
        { "/usr/share/fonts", LANDLOCK_READ },      { "/usr/local/share/fonts", LANDLOCK_READ }, { "/usr/share/poppler", LANDLOCK_READ },
        { "/usr/share/fontconfig", LANDLOCK_READ }, { "/etc/fonts", LANDLOCK_READ },             { "/var/cache/fontconfig", LANDLOCK_READ },
        { "/usr/lib", LANDLOCK_READ },              { folder, LANDLOCK_READ },                   { 0 },
    };
    return landlock_enter(readable);
}

/* ---- seccomp ---- */

static const int allowed_calls[] = {
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(lseek),
    SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs),
    SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(getcwd), SCMP_SYS(fadvise64),
    SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(futex), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
    SCMP_SYS(getegid), SCMP_SYS(getrlimit), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(restart_syscall),
    SCMP_SYS(exit), SCMP_SYS(exit_group),
};

static bool add_rules(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof allowed_calls / sizeof *allowed_calls; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_calls[i], 0) != 0)
            return false;
    const uint64_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
           /* abort() signals itself; the server, of the same user, could be killed as easily */
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0 &&
           /* F_SETOWN and F_SETSIG, which come later, would have the kernel send any signal to any process */
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_LE, F_SETFL, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_DUPFD_CLOEXEC, 0)) == 0 &&
           /* asking for the limits is harmless, setting them is not */
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0) == 0;
}

static bool restrict_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM)); /* socket, execve, clone, ptrace and the rest */
    if (filter == NULL)
        return false;
    bool good = add_rules(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

bool sandbox_enter(const struct sandbox *s)
{
    signal(SIGXFSZ, SIG_IGN); /* libraries complain on stderr, which a person may have sent to a file */
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* no reader outlives its server */
    prctl(PR_SET_DUMPABLE, 0);
    close_range(3, ~0U, 0);
    clearenv();
    setenv("LC_ALL", "C.UTF-8", 1);
    return set_limits(s) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && restrict_files(s->folder) && restrict_calls();
}
