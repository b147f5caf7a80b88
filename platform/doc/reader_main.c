/* sauro-reader: takes a document on its input, in a sandbox. On its output it gives
 *   the model as JSON;
 *   with --page N: that page of a PDF, a picture, as PNM, for sauro-scan;
 *   with --look N WIDTH: the same, or a page that has text as PNG to look at. */
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_pdf_source.h"
#include "platform/doc/reader_parts.h"
#include "platform/doc/reader_sandbox.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err put_page(struct ctx *c, const char *bytes, size_t size, int page, int width)
{
    if (doc_recognise(bytes, size, NULL) != DOC_PDF)
        return fail(c, INVALID, doc_says_no_picture, "not a PDF");
    return pdf_put_page(c, bytes, size, page, width);
}

int main(int argc, char **argv)
{
    if (!sandbox_enter(&(struct sandbox){ .memory = 512L * 1024 * 1024, .seconds = 15 })) {
        fputs("sauro-reader: no sandbox on this machine\n", stderr);
        return READER_NO_SANDBOX;
    }
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "--check") == 0)
        return helper_check("sauro-reader");
    bool page = argc > 2 && (strcmp(what, "--page") == 0 || strcmp(what, "--look") == 0);
    size_t size = 0;
    char *bytes = helper_input(&size);
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    int code;
    if (bytes == NULL)
        fail(&c, INVALID, doc_says_huge, "out of memory");
    if (page && c.err == OK)
        put_page(&c, bytes, size, atoi(argv[2]), argc > 3 ? atoi(argv[3]) : 0);
    else if (c.err == OK)
        doc_read(&c, bytes, size, &doc);
    if (page)
        code = c.err == OK ? READER_GOOD : helper_refuse(&c);
    else
        code = helper_model(&c, doc);
    int office = code == READER_REFUSED && bytes != NULL ? doc_office_kind(bytes, size) : -1;
    code = office >= 0 ? READER_OFFICE + office : code;
    free(bytes);
    ctx_close(&c);
    return code;
}
