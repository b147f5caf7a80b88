/* Landlock's calls: Debian 12 has neither wrappers for them nor the newer parts of the structure. */
#include "platform/base/landlock.h"
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct ruleset {
    uint64_t files, network, scopes;
};
enum { TRUNCATE_SINCE = 3, NETWORK_SINCE = 4, SCOPES_SINCE = 6 };
#define TRUNCATE (1ULL << 14)

static struct ruleset rules_of(long version)
{
    struct ruleset rules = { .files = (1ULL << 13) - 1 }; /* version 1 knows 13 rights */
    if (version >= 2)
        rules.files |= 1ULL << 13; /* moving between folders */
    if (version >= TRUNCATE_SINCE)
        rules.files |= TRUNCATE;
    if (version >= 5)
        rules.files |= 1ULL << 15; /* ioctl on devices */
    if (version >= NETWORK_SINCE)
        rules.network = 3; /* bind, connect */
    if (version >= SCOPES_SINCE)
        rules.scopes = 3; /* abstract sockets, signals */
    return rules;
}

static void allow(int rules, const struct landlock_path *p, uint64_t known)
{
    struct stat about;
    int at = open(p->path, O_PATH | O_CLOEXEC);
    if (at < 0)
        return; /* not on this machine */
    bool folder = fstat(at, &about) == 0 && S_ISDIR(about.st_mode);
    uint64_t rights = LANDLOCK_ACCESS_FS_READ_FILE;
    if (folder)
        rights |= LANDLOCK_ACCESS_FS_READ_DIR;
    if (p->use == LANDLOCK_RUN)
        rights |= LANDLOCK_ACCESS_FS_EXECUTE;
    if (p->use == LANDLOCK_OWN && folder)
        rights = ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE;
    if (p->use == LANDLOCK_WRITE)
        rights |= LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE;
    struct landlock_path_beneath_attr beneath = { .allowed_access = rights & known, .parent_fd = at };
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(at);
}

bool landlock_known(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

bool landlock_enter(const struct landlock_path *paths)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return true;
    struct ruleset wanted = rules_of(version);
    size_t size = version >= SCOPES_SINCE ? 24 : version >= NETWORK_SINCE ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
    if (rules < 0)
        return false;
    for (; paths->path != NULL; paths++)
        allow(rules, paths, wanted.files);
    long restricted = syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    return restricted == 0;
}
