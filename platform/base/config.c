#include "platform/base/config.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int find(const struct setting *settings, const char *flag, size_t length)
{
    for (int i = 0; settings[i].flag != NULL; i++)
        if (strlen(settings[i].flag) == length && strncmp(settings[i].flag, flag, length) == 0)
            return i;
    return -1;
}

static void take_defaults(struct arena *a, struct config *config)
{
    int count = 0;
    while (config->settings[count].flag != NULL)
        count++;
    config->values = arena_array(a, (size_t)count + 1, sizeof *config->values);
    for (int i = 0; i < count; i++) {
        const struct setting *s = &config->settings[i];
        const char *value = s->environment == NULL ? NULL : getenv(s->environment);
        config->values[i] = value != NULL && value[0] != '\0' ? value : s->initial;
    }
}

/* Takes "--flag value" or "--flag=value" at argv[*at]; moves *at to the last word used. */
static bool take_flag(struct arena *a, struct config *config, int argc, char **argv, int *at, const char **why)
{
    const char *word = argv[*at];
    const char *equals = strchr(word, '=');
    size_t length = equals == NULL ? strlen(word) : (size_t)(equals - word);
    int i = find(config->settings, word, length);
    if (i < 0) {
        *why = arena_printf(a, "Không có tùy chọn %s. Xem --help.", word);
        return false;
    }
    if (equals != NULL) {
        config->values[i] = equals + 1;
    } else if (*at + 1 < argc) {
        config->values[i] = argv[++*at];
    } else {
        *why = arena_printf(a, "Tùy chọn %s cần một giá trị đi sau.", word);
        return false;
    }
    return true;
}

bool config_read(struct arena *a, struct config *config, const struct setting *settings, int argc, char **argv,
                 const char **why)
{
    *config = (struct config){ .settings = settings };
    take_defaults(a, config);
    config->words = arena_array(a, (size_t)argc + 1, sizeof *config->words);
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0)
            config->words[config->word_count++] = argv[i];
        else if (!take_flag(a, config, argc, argv, &i, why))
            return false;
    }
    return true;
}

const char *config_get(const struct config *config, const char *flag)
{
    int i = find(config->settings, flag, strlen(flag));
    assert(i >= 0);
    return config->values[i];
}
