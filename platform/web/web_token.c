/* Form tokens and signed cookies: keyed BLAKE2b over what only this server and this visitor know. */
#include "platform/web/web_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum { STAMP = 8, NONCE = 8, ID = STAMP + NONCE, SEAL = 16, TOKEN = ID + SEAL, VISITOR_BYTES = 16, SEALED_MOST = 3000 };
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define VISITOR_COOKIE "sauro_form"

bool token_load_key(struct web *web, const char *data_dir)
{
    struct arena *a = arena_new(64 * 1024);
    const char *path = arena_printf(a, "%s/web.key", data_dir);
    const char *fresh = arena_printf(a, "%s/web.key.%d", data_dir, (int)getpid());
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) { /* the first start; link() lets only one of two starts win */
        unsigned char key[KEY_BYTES];
        randombytes_buf(key, sizeof key);
        int made = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (made >= 0) {
            if (write(made, key, sizeof key) == (ssize_t)sizeof key && fsync(made) == 0)
                (void)!link(fresh, path);
            close(made);
            unlink(fresh);
        }
        sodium_memzero(key, sizeof key);
        fd = open(path, O_RDONLY | O_CLOEXEC);
    }
    bool good = fd >= 0 && read(fd, web->key, KEY_BYTES) == KEY_BYTES;
    if (fd >= 0)
        close(fd);
    arena_free(a);
    return good;
}

static void seal(const struct web *web, const char *purpose, const void *head, size_t size, const char *secret,
                 unsigned char *out)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, web->key, KEY_BYTES, SEAL);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, head, size);
    crypto_generichash_update(&state, (const unsigned char *)secret, strlen(secret));
    crypto_generichash_final(&state, out, SEAL);
}

static char *encode(struct arena *a, const void *bytes, size_t size)
{
    size_t length = sodium_base64_encoded_len(size, BASE64);
    return sodium_bin2base64(arena_alloc(a, length), length, bytes, size, BASE64);
}

/* Well-formed value of the visitor's cookie; NULL when there is none. */
static const char *visitor_sent(struct request_data *d)
{
    unsigned char bytes[VISITOR_BYTES];
    size_t size = 0;
    const char *sent = request_cookie(&d->request, VISITOR_COOKIE);
    bool good = sent != NULL && sodium_base642bin(bytes, sizeof bytes, sent, strlen(sent), NULL, &size, NULL, BASE64) == 0;
    return good && size == sizeof bytes ? sent : NULL;
}

/* What a new token is bound to: the session, or for visitors a cookie that is set with their first form. */
static const char *secret_for_form(struct request_data *d)
{
    if (d->secret != NULL)
        return d->secret;
    if (d->visitor == NULL) {
        const char *sent = visitor_sent(d);
        unsigned char bytes[VISITOR_BYTES];
        randombytes_buf(bytes, sizeof bytes);
        d->visitor = sent != NULL ? arena_copy(d->ctx.arena, sent) : encode(d->ctx.arena, bytes, sizeof bytes);
        set_cookie(&d->request, VISITOR_COOKIE, d->visitor, 2 * TOKEN_SECONDS);
    }
    return d->visitor;
}

/* The id begins with its second, high byte first: rows of forms that were made together lie together on disk. */
const char *token_make(struct request_data *d)
{
    unsigned char token[TOKEN];
    for (int i = 0; i < STAMP; i++)
        token[i] = (unsigned char)((uint64_t)d->ctx.now >> (8 * (STAMP - 1 - i)));
    randombytes_buf(token + STAMP, NONCE);
    seal(d->web, "form", token, ID, secret_for_form(d), token + ID);
    d->token_made = true;
    return encode(d->ctx.arena, token, TOKEN);
}

bool token_good(struct request_data *d)
{
    unsigned char token[TOKEN], wanted[SEAL];
    size_t size = 0;
    uint64_t made = 0;
    const char *sent = form(&d->request, FORM_TOKEN_FIELD);
    const char *secret = d->secret != NULL ? d->secret : visitor_sent(d);
    if (secret == NULL || sodium_base642bin(token, sizeof token, sent, strlen(sent), NULL, &size, NULL, BASE64) != 0 ||
        size != TOKEN)
        return false;
    for (int i = 0; i < STAMP; i++)
        made = made << 8 | token[i];
    seal(d->web, "form", token, ID, secret, wanted);
    if (sodium_memcmp(wanted, token + ID, SEAL) != 0 || made + TOKEN_SECONDS < (uint64_t)d->ctx.now)
        return false;
    sodium_bin2hex(d->token_id, sizeof d->token_id, token, ID);
    return true;
}

const char *token_sign_text(struct request_data *d, const char *text)
{
    size_t length = strlen(text);
    unsigned char *whole = arena_alloc(d->ctx.arena, SEAL + length);
    seal(d->web, "flash", text, length, "", whole);
    memcpy(whole + SEAL, text, length);
    return encode(d->ctx.arena, whole, SEAL + length);
}

const char *token_signed_text(struct request_data *d, const char *sealed)
{
    unsigned char wanted[SEAL];
    unsigned char *whole = arena_alloc(d->ctx.arena, SEALED_MOST + 1);
    size_t size = 0;
    if (sodium_base642bin(whole, SEALED_MOST, sealed, strlen(sealed), NULL, &size, NULL, BASE64) != 0 || size < SEAL)
        return NULL;
    seal(d->web, "flash", whole + SEAL, size - SEAL, "", wanted);
    whole[size] = '\0';
    return sodium_memcmp(wanted, whole, SEAL) == 0 ? (const char *)whole + SEAL : NULL;
}
