/* sauro-image IN OUT PREVIEW: one photo in, two small clean ones out. Trusts nothing about its input. */
#include "platform/base/landlock.h"
#include "platform/image/image.h"
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vips/vips.h>

enum { MOST_PIXELS = 100 * 1000 * 1000, QUALITY = 85, PREVIEW_QUALITY = 75 };

static void limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit value = { most, most };
    if (setrlimit(what, &value) != 0)
        exit(3);
}

static void refuse(scmp_filter_ctx filter, uint32_t action, int call, unsigned count, struct scmp_arg_cmp argument)
{
    if (seccomp_rule_add_array(filter, action, call, count, &argument) != 0)
        exit(3);
}

/* No network, no other program, no signals to others, no prying: what a decoder taken over would want. */
static void close_calls(void)
{
    static const char *const refused[] = { "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto",
        "sendmsg", "sendmmsg", "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev",
        "process_madvise", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "mount",
        "umount2", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "init_module", "finit_module", "kexec_load",
        "reboot", "setns", "unshare", "chroot", "io_uring_setup", "symlink", "symlinkat", "link", "linkat", "chmod", "fchmodat",
        "chown", "fchownat", "open_by_handle_at", "kill", "tkill" };
    const uint32_t not_permitted = SCMP_ACT_ERRNO(1);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        exit(3);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int number = seccomp_syscall_resolve_name(refused[i]);
        if (number != __NR_SCMP_ERROR && seccomp_rule_add(filter, not_permitted, number, 0) != 0)
            exit(3);
    }
    refuse(filter, not_permitted, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0));
    refuse(filter, not_permitted, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_SETOWN, 0));
    refuse(filter, not_permitted, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_SETOWN_EX, 0));
    refuse(filter, not_permitted, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_SETSIG, 0));
    /* Threads yes, processes no. What clone3 is asked for cannot be seen: without it the C library takes clone. */
    refuse(filter, not_permitted, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    refuse(filter, SCMP_ACT_ERRNO(38), SCMP_SYS(clone3), 0, (struct scmp_arg_cmp){ 0 });
    if (seccomp_load(filter) != 0)
        exit(3);
    seccomp_release(filter);
}

/* Of files it keeps the three it was given: the database and its key belong to the same user. */
static void close_doors(const char *in, const char *out, const char *preview)
{
    const struct landlock_path left[] = { { "/usr/lib", LANDLOCK_READ }, { in, LANDLOCK_READ }, { out, LANDLOCK_WRITE }, { preview, LANDLOCK_WRITE }, { 0 } };
    const char *const made[] = { out, preview };
    for (int i = 0; i < 2; i++) { /* now: afterwards nothing new can be made */
        int file = open(made[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0)
            exit(3);
        close(file);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* outlives no server */
    prctl(PR_SET_DUMPABLE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !landlock_enter(left))
        exit(3);
    close_calls();
}

/* sauro-image --check OUT PREVIEW: shut in, does what an attacker would. 0: nothing of it worked. */
static int check_doors(void)
{
    bool out = socket(AF_INET, SOCK_STREAM, 0) >= 0 || open("/etc/passwd", O_RDONLY) >= 0 ||
               open("/tmp/sauro-image-check", O_WRONLY | O_CREAT, 0600) >= 0 || kill(getppid(), 0) == 0 ||
               syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 || fcntl(STDIN_FILENO, F_SETOWN, getppid()) == 0 || fork() >= 0;
    return out ? 4 : 0;
}

/* Upright, at most side pixels, on white, in sRGB. */
static int shrink(const char *in, const char *out, int side, int quality)
{
    VipsImage *small = NULL, *flat = NULL;
    int failed = vips_thumbnail(in, &small, side, "height", side, "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
                                "intent", VIPS_INTENT_PERCEPTUAL, NULL);
    if (failed == 0 && vips_image_hasalpha(small)) {
        VipsArrayDouble *white = vips_array_double_newv(3, 255.0, 255.0, 255.0);
        failed = vips_flatten(small, &flat, "background", white, NULL);
        vips_area_unref(VIPS_AREA(white));
    } else if (failed == 0) {
        flat = small;
        g_object_ref(flat);
    }
    if (failed == 0)
        failed = vips_jpegsave(flat, out, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, "interlace", FALSE, NULL);
    g_clear_object(&small);
    g_clear_object(&flat);
    return failed;
}

static bool acceptable(const char *in)
{
    VipsImage *image = vips_image_new_from_file(in, NULL);
    bool good = image != NULL && (int64_t)vips_image_get_width(image) * vips_image_get_height(image) <= MOST_PIXELS;
    g_clear_object(&image);
    return good;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 64;
    if (VIPS_INIT(argv[0]) != 0)
        return 3;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    limit(RLIMIT_AS, 1536ul * 1024 * 1024);
    limit(RLIMIT_CPU, IMAGE_SECONDS);
    limit(RLIMIT_FSIZE, 64ul * 1024 * 1024);
    limit(RLIMIT_CORE, 0);
    close_doors(argv[1], argv[2], argv[3]);
    if (strcmp(argv[1], "--check") == 0)
        return check_doors();
    if (!acceptable(argv[1]) || shrink(argv[1], argv[2], IMAGE_LONGEST_SIDE, QUALITY) != 0 ||
        shrink(argv[2], argv[3], IMAGE_PREVIEW_SIDE, PREVIEW_QUALITY) != 0)
        return 2;
    return 0;
}
