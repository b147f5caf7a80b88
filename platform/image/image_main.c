/* sauro-image IN OUT PREVIEW: one photo in, two small clean ones out. Trusts nothing about its input. */
#include "platform/image/image.h"
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <vips/vips.h>

enum { MOST_PIXELS = 100 * 1000 * 1000, QUALITY = 85, PREVIEW_QUALITY = 75 };

static void limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit value = { most, most };
    if (setrlimit(what, &value) != 0)
        exit(3);
}

/* No network, no other program, no prying: what a decoder taken over would want. */
static void close_doors(void)
{
    static const char *const refused[] = { "socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
        "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "mount", "umount2", "bpf", "keyctl",
        "add_key", "init_module", "finit_module", "kexec_load", "reboot", "setns", "unshare", "chroot", "io_uring_setup",
        "symlink", "symlinkat", "link", "linkat", "chmod", "fchmodat", "chown", "fchownat", "kill", "tkill" };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        exit(3);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int number = seccomp_syscall_resolve_name(refused[i]);
        if (number != __NR_SCMP_ERROR && seccomp_rule_add(filter, SCMP_ACT_ERRNO(1), number, 0) != 0)
            exit(3);
    }
    if (seccomp_load(filter) != 0)
        exit(3);
    seccomp_release(filter);
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
    close_doors();
    if (!acceptable(argv[1]) || shrink(argv[1], argv[2], IMAGE_LONGEST_SIDE, QUALITY) != 0 ||
        shrink(argv[2], argv[3], IMAGE_PREVIEW_SIDE, PREVIEW_QUALITY) != 0)
        return 2;
    return 0;
}
