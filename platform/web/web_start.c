/* Starting and stopping the server. */
#include "platform/base/log.h"
#include "platform/web/embedded.h"
#include "platform/web/web_internal.h"
#include <dirent.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTION_MEMORY = 16 * 1024, /* headers and buffers of one connection; more is 431 */
    CONNECTIONS_MOST = 20000,
    IDLE_SECONDS = 60,
    SLOW_WAITING = 256,
    FILES_WAITING = 64, /* of whom the last may wait for minutes already */
    FILES_LEAST = 2,    /* one that takes long leaves a thread to the others */
    STOP_SECONDS = 20,
    LEFT_SECONDS = 3600, /* nobody sends a file this long without a byte */
};

/* ---- templates ---- */

static const char *const *columns_of(struct arena *a, const char *query, void *arg)
{
    const struct web *web = arg;
    const struct query *q = query_find(query);
    return q == NULL ? NULL : db_columns(a, web->db, q);
}

static const char *address_of(const char *name, void *arg)
{
    (void)arg;
    return web_asset(name);
}

static bool has_icon(const char *name, void *arg)
{
    char wanted[80];
    (void)arg;
    int length = snprintf(wanted, sizeof wanted, "id=\"i-%s\"", name);
    for (const struct static_file *file = static_files; file->name != NULL; file++)
        if (strcmp(file->name, "icons.svg") == 0 && length > 0 && (size_t)length < sizeof wanted)
            return memmem(file->bytes, file->size, wanted, (size_t)length) != NULL;
    return false;
}

static bool compile(struct web *web, struct arena *a, const char **why)
{
    const struct template_source *own = web->options.templates;
    const struct template_world world = { .sources = own == NULL ? template_sources : own,
                                          .columns = columns_of,
                                          .asset = address_of,
                                          .has_icon = has_icon,
                                          .arg = web };
    const char *mistake = NULL;
    web->templates = templates_compile(a, &world, &mistake);
    if (web->templates == NULL)
        *why = arena_printf(a, "Mẫu trang có lỗi: %s", mistake);
    return web->templates != NULL;
}

/* ---- folders ---- */

/* What an earlier run left half received; another program that shares the folder may be receiving now. */
static void clear_folder(struct arena *a, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    struct stat about;
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        const char *path = arena_printf(a, "%s/%s", folder, entry->d_name);
        if (text_starts(entry->d_name, "up-") && stat(path, &about) == 0 && about.st_mtime + LEFT_SECONDS < time(NULL))
            unlink(path);
    }
    if (dir != NULL)
        closedir(dir);
}

static bool prepare_folder(struct web *web, struct arena *a, const char **why)
{
    const char *data = web->options.data_dir;
    web->folder = arena_printf(a, "%s/tmp", data);
    bool made = (mkdir(data, 0700) == 0 || errno == EEXIST) && (mkdir(web->folder, 0700) == 0 || errno == EEXIST);
    if (!made || !token_load_key(web, data)) {
        *why = arena_printf(a, "Không ghi được vào thư mục dữ liệu %s.", data);
        return false;
    }
    clear_folder(a, web->folder);
    return true;
}

/* ---- listening ---- */

static int listen_on(const char *address, int port)
{
    char service[16];
    struct addrinfo *list = NULL;
    const struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM };
    snprintf(service, sizeof service, "%d", port);
    if (getaddrinfo(address, service, &hints, &list) != 0)
        return -1;
    int fd = -1, one = 1;
    for (struct addrinfo *at = list; at != NULL && fd < 0; at = at->ai_next) {
        fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol);
        if (fd < 0)
            continue;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, 1024) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    return fd;
}

static int port_of(int fd)
{
    struct sockaddr_storage bound;
    char service[16];
    socklen_t size = sizeof bound;
    int64_t port = 0;
    if (getsockname(fd, (struct sockaddr *)&bound, &size) != 0 ||
        getnameinfo((struct sockaddr *)&bound, size, NULL, 0, service, sizeof service, NI_NUMERICSERV) != 0 ||
        !text_int(service, &port))
        return 0;
    return (int)port;
}

/* Connections are files: as many as the system lets us have, a part left for the database and stored files. */
static unsigned connections_most(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 500;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= CONNECTIONS_MOST + 512)
        return CONNECTIONS_MOST;
    return limit.rlim_cur > 1024 ? (unsigned)limit.rlim_cur - 512 : 256;
}

/* libmicrohttpd's own messages tell of clients' mistakes. */
static void logged(void *cls, const char *format, va_list values) __attribute__((format(printf, 2, 0)));
static void logged(void *cls, const char *format, va_list values)
{
    char text[400];
    (void)cls;
    vsnprintf(text, sizeof text, format, values);
    text[strcspn(text, "\n")] = '\0';
    log_line(LOG_DEBUG, "web.http", "%s", text);
}

/* Addresses stay as they came; the platform decodes them strictly. */
static size_t leave_escapes(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls, (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *start_loops(struct web *web, int listener, unsigned loops)
{
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG;
    unsigned most = connections_most();
    /* Who sends a byte now and then keeps a connection for ever: one address cannot take them all. A proxy is one address. */
    unsigned own_most = web->options.trust_forwarded ? 0 : most / 2;
    return MHD_start_daemon(flags, 0, NULL, NULL, handle_request, web,
                            MHD_OPTION_EXTERNAL_LOGGER, logged, NULL,
                            MHD_OPTION_LISTEN_SOCKET, listener,
                            MHD_OPTION_THREAD_POOL_SIZE, loops,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
                            MHD_OPTION_CONNECTION_LIMIT, most < loops ? loops : most,
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, own_most,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,
                            MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
                            MHD_OPTION_URI_LOG_CALLBACK, handle_address, web,
                            MHD_OPTION_NOTIFY_COMPLETED, handle_completed, web,
                            MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
                            MHD_OPTION_END);
}

static struct MHD_Response *busy_response(void)
{
    static const char text[] = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Máy chủ đang bận</title>"
                               "<p>Máy chủ đang bận. Xin thử lại sau ít giây; những gì đã gõ chưa được ghi.</p></html>\n";
    struct MHD_Response *response =
        MHD_create_response_from_buffer(sizeof text - 1, (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
    response_common(response, false, false);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
    MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "5");
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    return response;
}

/* ---- the whole ---- */

static void end(struct web *web)
{
    if (web->slow != NULL)
        pool_stop(web->slow);
    if (web->files != NULL)
        pool_stop(web->files);
    if (web->health != NULL)
        pool_stop(web->health);
    if (web->busy != NULL)
        MHD_destroy_response(web->busy);
    if (web->statics != NULL)
        statics_stop(web->statics);
    keep_stop(web->keep);
    sodium_memzero(web->key, sizeof web->key);
}

static bool start_serving(struct web *web, struct arena *a, const char **why)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int loops = web->options.loops > 0 ? web->options.loops : (int)(cores > 0 ? cores : 1);
    const char *address = web->options.address == NULL ? "127.0.0.1" : web->options.address;
    int listener = listen_on(address, web->options.port);
    if (listener < 0) {
        *why = arena_printf(a, "Không mở được cổng %d tại %s. Có thể chương trình khác đang dùng cổng này.",
                            web->options.port, address);
        return false;
    }
    web->port = port_of(listener);
    /* Together no more than db_read has threads for; passwords are checked while documents are read. */
    web->slow = pool_start("web-slow", cores > 3 ? (int)cores / 2 : 1, SLOW_WAITING);
    web->files = pool_start("web-files", cores > 5 ? (int)cores / 2 : FILES_LEAST, FILES_WAITING);
    web->health = pool_start("web-health", 1, 64);
    web->busy = busy_response();
    web->statics = statics_start(a);
    web->daemon = start_loops(web, listener, (unsigned)loops);
    if (web->daemon == NULL) {
        close(listener);
        *why = "Không khởi động được phần nhận yêu cầu.";
    }
    return web->daemon != NULL;
}

struct web *web_start(struct arena *a, struct db *db, const struct route *const *tables, const struct web_hooks *hooks,
                      const struct web_options *options, const char **why)
{
    struct web *web = arena_alloc(a, sizeof *web);
    web->db = db;
    web->hooks = hooks;
    web->options = *options;
    web->keep = keep_start();
    web->figures.started = figures_now();
    signal(SIGPIPE, SIG_IGN);
    if (sodium_init() < 0 || web->keep == NULL)
        *why = "Thư viện mật mã không khởi động được.";
    else if (routes_start(&web->routes, a, tables, why) && compile(web, a, why) && prepare_folder(web, a, why) &&
             start_serving(web, a, why))
        return web;
    end(web);
    return NULL;
}

int web_port(const struct web *web)
{
    return web->port;
}

/* What was handed over comes back whatever it takes, as it holds its request; a slow receiver only has its time. */
static void wait_for_requests(struct web *web)
{
    const struct timespec pause = { .tv_nsec = 5000000 };
    uint64_t until = figures_now() + STOP_SECONDS * 1000000000ULL;
    while (atomic_load(&web->handed_over) > 0 || (atomic_load(&web->figures.active) > 0 && figures_now() < until))
        nanosleep(&pause, NULL);
}

void web_stop(struct web *web)
{
    int listener = MHD_quiesce_daemon(web->daemon);
    atomic_store(&web->stopping, true);
    wait_for_requests(web);
    MHD_stop_daemon(web->daemon);
    if (listener >= 0)
        close(listener);
    end(web);
}

void web_forget_pages(struct web *web)
{
    atomic_fetch_add(&web->epoch, 1);
}
