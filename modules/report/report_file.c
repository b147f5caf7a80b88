/* The files a report is handed out as. */
#include "modules/report/report.h"
#include <string.h>

static enum err write_docx(struct ctx *c, const struct report *r, const void **bytes, size_t *size)
{
    return doc_write_docx(c, report_document(c, r), bytes, size);
}

static enum err write_pdf(struct ctx *c, const struct report *r, const void **bytes, size_t *size)
{
    return doc_write_pdf(c, report_document(c, r), bytes, size);
}

const struct report_format report_formats[] = {
    { "docx", "DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx },
    { "pdf", "PDF", "application/pdf", write_pdf },
    { "xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report_sheets },
    { 0 },
};

const struct report_format *report_format_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (const struct report_format *f = report_formats; f->ending != NULL; f++)
        if (strcmp(f->ending, dot != NULL ? dot + 1 : name) == 0)
            return f;
    return NULL;
}
