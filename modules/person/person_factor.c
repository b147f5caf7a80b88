/* The second factor: codes of the day's minute (RFC 6238) and recovery codes. */
#include "modules/audit/audit.h"
#include "modules/person/person_own.h"
#include "person_queries.h"
#include "platform/base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QR_MARGIN = 1 }; /* the stylesheet pads with white, too: together four modules */
enum {
    SECRET_BYTES = 20,
    STEP_SECONDS = 30,
    SEALED_BYTES = crypto_secretbox_NONCEBYTES + SECRET_BYTES + crypto_secretbox_MACBYTES
};

/* ---- the secret at rest ---- */

static enum err no_key(struct ctx *c, const char *what)
{
    return fail(c, CONFLICT, "Máy chủ chưa mở được tệp khóa trong thư mục dữ liệu. Hãy báo người quản trị máy chủ.",
                "person.key: %s: %s", what, strerror(errno));
}

static bool read_whole(const char *path, unsigned char *key)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t got = read(file, key, crypto_secretbox_KEYBYTES);
    close(file);
    return got == crypto_secretbox_KEYBYTES;
}

/* Made once, under a name of its own and then linked, so that two programs agree on one. */
static void make_key(struct ctx *c, const char *path)
{
    unsigned char key[crypto_secretbox_KEYBYTES];
    char *own = arena_printf(c->arena, "%s.%d.%u", path, (int)getpid(), randombytes_random());
    randombytes_buf(key, sizeof key);
    int file = open(own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    bool whole = write(file, key, sizeof key) == (ssize_t)sizeof key && fsync(file) == 0;
    close(file);
    if (whole && link(own, path) != 0 && errno != EEXIST)
        whole = false;
    unlink(own);
}

static enum err key_of(struct ctx *c, unsigned char *key)
{
    if (sodium_init() < 0 || c->data_dir == NULL)
        return no_key(c, "no data folder");
    const char *path = arena_printf(c->arena, "%s/person.key", c->data_dir);
    if (read_whole(path, key))
        return c->err;
    if (access(path, F_OK) != 0)
        make_key(c, path);
    return read_whole(path, key) ? c->err : no_key(c, "cannot be read");
}

static const char *seal(struct ctx *c, const unsigned char *secret)
{
    unsigned char key[crypto_secretbox_KEYBYTES], out[SEALED_BYTES];
    if (key_of(c, key) != OK)
        return "";
    randombytes_buf(out, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, secret, SECRET_BYTES, out, key);
    sodium_memzero(key, sizeof key);
    return text_hex(c->arena, out, sizeof out);
}

static bool unseal(struct ctx *c, const char *sealed, unsigned char *secret)
{
    unsigned char key[crypto_secretbox_KEYBYTES], bytes[SEALED_BYTES];
    size_t size = 0;
    if (sealed == NULL || sodium_hex2bin(bytes, sizeof bytes, sealed, strlen(sealed), NULL, &size, NULL) != 0 ||
        size != sizeof bytes || key_of(c, key) != OK)
        return false;
    int bad = crypto_secretbox_open_easy(secret, bytes + crypto_secretbox_NONCEBYTES,
                                         SECRET_BYTES + crypto_secretbox_MACBYTES, bytes, key);
    sodium_memzero(key, sizeof key);
    return bad == 0;
}

/* ---- enrolling ---- */

enum err person_factor_begin(struct ctx *c)
{
    const struct rows *p = sql_person_read(c, c->person);
    if (c->err == OK && p->count > 0 && cell_int(p, 0, "totp_on") != 0)
        return fail(c, CONFLICT, "Tài khoản đã bật xác thực hai lớp.", "second factor is on");
    unsigned char secret[SECRET_BYTES];
    randombytes_buf(secret, sizeof secret);
    const char *sealed = seal(c, secret);
    sodium_memzero(secret, sizeof secret);
    sql_person_set_factor(c, c->person, sealed, 0);
    return c->err;
}

const char *person_factor_secret(struct ctx *c, int64_t person)
{
    unsigned char secret[SECRET_BYTES];
    const struct rows *p = sql_person_read(c, person);
    if (p->count == 0 || !unseal(c, cell(p, 0, "totp_secret"), secret))
        return "";
    char *text = NULL;
    size_t length = 0;
    if (oath_base32_encode((const char *)secret, sizeof secret, &text, &length) != OATH_OK)
        return "";
    const char *out = arena_copy_n(c->arena, text, length);
    free(text);
    return out;
}

const char *person_factor_address(struct ctx *c, const char *login, const char *secret)
{
    return arena_printf(c->arena, "otpauth://totp/Sau%%20Ro:%s?secret=%s&issuer=Sau%%20Ro", login, secret);
}

/* A right code that is newer than the last one taken. */
static bool take_digits(struct ctx *c, int64_t person, const char *digits)
{
    unsigned char secret[SECRET_BYTES];
    const struct rows *p = sql_person_read(c, person);
    if (strlen(digits) != 6 || p->count == 0 || !unseal(c, cell(p, 0, "totp_secret"), secret))
        return false;
    uint64_t counter = 0;
    int where = 0;
    int found = oath_totp_validate3((const char *)secret, sizeof secret, (time_t)c->now, STEP_SECONDS, 0, 1, &where,
                                    &counter, digits);
    sodium_memzero(secret, sizeof secret);
    return found >= 0 && sql_person_take_counter(c, person, (int64_t)counter) == 1;
}

static const char *recovery_hash(struct arena *a, const char *code)
{
    struct buffer plain = { .arena = a };
    for (const char *at = text_lower(a, code); *at != '\0'; at++)
        if (*at != '-' && *at != ' ')
            buffer_add_n(&plain, at, 1);
    return person_subject(a, "recovery", plain.text == NULL ? "" : plain.text);
}

bool person_factor_take(struct ctx *c, int64_t person, const char *digits)
{
    struct buffer plain = { .arena = c->arena };
    for (const char *at = digits; *at != '\0'; at++)
        if (*at != ' ')
            buffer_add_n(&plain, at, 1);
    const char *typed = plain.text == NULL ? "" : plain.text;
    if (strlen(typed) <= 6)
        return take_digits(c, person, typed);
    return sql_person_use_recovery(c, person, recovery_hash(c->arena, typed), c->now) == 1;
}

/* 16 signs of 5 bits each: as hard to guess as the secret is not to be remembered. */
static const char *recovery_code(struct ctx *c)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    struct buffer b = { .arena = c->arena };
    for (int i = 0; i < 16; i++) {
        if (i > 0 && i % 4 == 0)
            buffer_add(&b, "-");
        buffer_add_n(&b, &letters[randombytes_uniform(sizeof letters - 1)], 1);
    }
    return b.text;
}

enum err person_factor_confirm(struct ctx *c, const char *code, const char *const **codes)
{
    if (!person_factor_take(c, c->person, code))
        return invalid(c, "code", "Mã không đúng hoặc đã dùng. Hãy nhập mã 6 số đang hiện trên điện thoại.");
    const struct rows *p = sql_person_read(c, c->person);
    if (c->err != OK || p->count == 0)
        return c->err;
    sql_person_set_factor(c, c->person, cell(p, 0, "totp_secret"), 1);
    sql_person_drop_recovery(c, c->person);
    const char **list = arena_array(c->arena, RECOVERY_CODES, sizeof *list);
    for (int i = 0; i < RECOVERY_CODES; i++) {
        list[i] = recovery_code(c);
        sql_person_insert_recovery(c, c->person, recovery_hash(c->arena, list[i]));
    }
    if (audit_note(c, "person.factor", "person", c->person, "Bật xác thực hai lớp") == OK)
        *codes = list;
    return c->err;
}

enum err person_factor_end(struct ctx *c, const char *code, enum sign_in_end *end)
{
    *end = person_locked_out(c) ? SIGN_IN_LOCKED : person_factor_take(c, c->person, code) ? SIGN_IN_DONE : SIGN_IN_WRONG;
    if (*end == SIGN_IN_WRONG)
        return person_refused(c, "Nhập sai mã khi tắt xác thực hai lớp");
    if (*end == SIGN_IN_LOCKED)
        return c->err;
    sql_person_set_factor(c, c->person, NULL, 0);
    sql_person_drop_recovery(c, c->person);
    return audit_note(c, "person.factor_end", "person", c->person, "Tắt xác thực hai lớp");
}

const char *person_qr(struct ctx *c, const char *text, const char **box)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    if (code == NULL)
        return "";
    struct buffer path = { .arena = c->arena };
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width;) {
            int from = x;
            while (x < code->width && (code->data[y * code->width + x] & 1) != 0)
                x++;
            if (x > from)
                buffer_printf(&path, "M%d %dh%dv1h-%dz", from + QR_MARGIN, y + QR_MARGIN, x - from, x - from);
            else
                x++;
        }
    *box = arena_printf(c->arena, "0 0 %d %d", code->width + 2 * QR_MARGIN, code->width + 2 * QR_MARGIN);
    QRcode_free(code);
    return path.text == NULL ? "" : path.text;
}
