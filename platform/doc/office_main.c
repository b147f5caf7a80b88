/* sauro-office FOLDER FROM TO SOFFICE: shuts itself in, then becomes LibreOffice and turns FOLDER/source.FROM into
 * FOLDER/source.TO. LibreOffice is large, and what it reads is hostile: it can reach nothing but that folder.
 * sauro-office FOLDER --check: inside, does what an attacker would; 0: nothing of it worked. */
#include "platform/base/landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NO_SANDBOX = 3, REFUSED = 2, CPU_SECONDS = 60, MOST_FILES = 512, LONGEST_NAME = 600 };
static const rlim_t MOST_MEMORY = 2048UL * 1024 * 1024, MOST_WRITTEN = 64UL * 1024 * 1024;

static const char usual_program[] /* of Debian's package */ = "/usr/lib/libreoffice/program/soffice.bin";

static bool limit(int resource, rlim_t most)
{
    struct rlimit both = { .rlim_cur = most, .rlim_max = most };
    return setrlimit((__rlimit_resource_t)resource, &both) == 0;
}

static bool set_limits(void)
{
    return limit(RLIMIT_CPU, CPU_SECONDS) && limit(RLIMIT_AS, MOST_MEMORY) && limit(RLIMIT_FSIZE, MOST_WRITTEN) &&
           limit(RLIMIT_NOFILE, MOST_FILES) && limit(RLIMIT_CORE, 0);
}

static bool restrict_files(const char *folder, const char *programs)
{
    const struct landlock_path paths[] = {
        { .path = folder, .use = LANDLOCK_OWN },
        { .path = programs, .use = LANDLOCK_RUN },
        { .path = "/usr/lib", .use = LANDLOCK_RUN }, /* the loader is started like a program */
        { .path = "/usr/share" },
        { .path = "/usr/local/share/fonts" },
        { .path = "/etc/fonts" },
        { .path = "/etc/libreoffice" },
        { .path = "/etc/ld.so.cache" },
        { .path = "/var/cache/fontconfig" },
        { .path = "/var/lib/libreoffice" },
        { .path = "/var/spool/libreoffice" },
        { .path = "/dev/null", .use = LANDLOCK_WRITE },
        { .path = "/dev/urandom" },
        { 0 },
    };
    return landlock_known() && landlock_enter(paths);
}

/* What no conversion needs, and what reaches beyond the folder in spite of Landlock. */
static const int refused_calls[] = {
    SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(fork), SCMP_SYS(vfork),
    SCMP_SYS(truncate), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(fchmodat),
    SCMP_SYS(chmod), SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(futimesat), SCMP_SYS(utimensat), SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(chroot), SCMP_SYS(pivot_root),
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(personality),
    SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open), SCMP_SYS(setpriority),
    SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_setscheduler), SCMP_SYS(ioprio_set), SCMP_SYS(open_by_handle_at),
    SCMP_SYS(name_to_handle_at), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(reboot),
    SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct), SCMP_SYS(quotactl), SCMP_SYS(mknod), SCMP_SYS(mknodat),
};

static bool refuse(scmp_filter_ctx filter, int call, struct scmp_arg_cmp which)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, which) == 0;
}

static bool add_rules(scmp_filter_ctx filter)
{
    const scmp_datum_t self = (scmp_datum_t)getpid();
    for (size_t i = 0; i < sizeof refused_calls / sizeof *refused_calls; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused_calls[i], 0) != 0)
            return false;
    /* threads, but no processes; clone3 hides its flags behind a pointer, and libc falls back to clone */
    return refuse(filter, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           refuse(filter, SCMP_SYS(kill), SCMP_A0(SCMP_CMP_NE, self, 0)) && refuse(filter, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_NE, self, 0)) &&
           refuse(filter, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_NE, 0, 0)) &&
           /* would have the kernel send any signal to any process */
           refuse(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_SETOWN, 0)) && refuse(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_SETSIG, 0)) &&
           refuse(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_SETOWN_EX, 0)) &&
           refuse(filter, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0)) &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0) == 0 &&
           /* it insists on a socket for its second self, in /tmp; it may believe that it has one */
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(0), SCMP_SYS(bind), 0) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(0), SCMP_SYS(listen), 0) == 0;
}

static bool restrict_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        return false;
    bool good = add_rules(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

static bool shut_in(const char *folder, const char *programs)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* it does not outlive its server */
    close_range(3, ~0U, 0);
    clearenv();
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("HOME", folder, 1);
    setenv("TMPDIR", folder, 1);
    setenv("SAL_USE_VCLPLUGIN", "svp", 1);
    return chdir(folder) == 0 && set_limits() && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && restrict_files(folder, programs) &&
           restrict_calls();
}

static int check(void)
{
    char *const words[] = { "sh", NULL };
    const char *got = NULL;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || socket(AF_NETLINK, SOCK_RAW, 0) >= 0)
        got = "the network";
    else if (connect(0, &(struct sockaddr){ .sa_family = AF_UNIX }, sizeof(struct sockaddr)) == 0 || errno != EPERM)
        got = "a connection";
    else if (open("/etc/passwd", O_RDONLY) >= 0 || open("/proc/self/maps", O_RDONLY) >= 0)
        got = "a file of the system";
    else if (open("/tmp/sauro-office-check", O_WRONLY | O_CREAT, 0600) >= 0 || mkdir("/tmp/sauro-office-check", 0700) == 0)
        got = "a new file outside";
    else if (open("own", O_WRONLY | O_CREAT, 0600) < 0 || unlink("own") != 0)
        got = "not even its own folder";
    else if (kill(getppid(), 0) == 0 || syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 || fcntl(0, F_SETOWN, getppid()) == 0)
        got = "its parent";
    else if (fork() >= 0)
        got = "a child";
    else if (execv("/bin/sh", words) == 0)
        got = "a shell";
    if (got != NULL)
        fprintf(stderr, "sauro-office: the sandbox lets through %s\n", got);
    return got == NULL ? 0 : NO_SANDBOX;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static int become(const char *program, const char *folder, const char *from, const char *to)
{
    static const char *const froms[] = { "doc", "rtf", "odt", "xls", "ods", "xlsb", "fodt", "fods", NULL };
    static const char *const tos[] = { "docx", "xlsx", NULL };
    char profile[LONGEST_NAME];
    char source[LONGEST_NAME];
    if (!is_one_of(from, froms) || !is_one_of(to, tos) ||
        snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", folder) >= LONGEST_NAME ||
        snprintf(source, sizeof source, "%s/source.%s", folder, from) >= LONGEST_NAME)
        return REFUSED;
    const char *filter = strcmp(to, "docx") == 0 ? "docx:MS Word 2007 XML" : "xlsx:Calc MS Excel 2007 XML";
    const char *words[] = { program, profile, "--headless", "--nologo", "--norestore", "--nodefault", "--nofirststartwizard",
                            "--convert-to", filter, "--outdir", folder, source, NULL };
    execv(program, (char *const *)words);
    return REFUSED;
}

int main(int argc, char **argv)
{
    char program[LONGEST_NAME];
    char programs[LONGEST_NAME];
    if (argc < 3 || argv[1][0] != '/' || snprintf(program, sizeof program, "%s", argc > 4 ? argv[4] : usual_program) >= LONGEST_NAME)
        return REFUSED;
    memcpy(programs, program, sizeof programs);
    char *slash = strrchr(programs, '/');
    if (slash == NULL)
        return REFUSED;
    *slash = '\0';
    if (!shut_in(argv[1], programs)) {
        fputs("sauro-office: no sandbox on this machine\n", stderr);
        return NO_SANDBOX;
    }
    if (strcmp(argv[2], "--check") == 0)
        return check();
    return argc > 3 ? become(program, argv[1], argv[2], argv[3]) : REFUSED;
}
