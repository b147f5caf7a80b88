/* Page templates, compiled at start: every mistake that can be found then is an error then. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/base/text.h"
#include "platform/db/db.h"

/*
 * First lines of a file, in any order:
 *   {{layout page.html title="Sáng kiến"}}     the page fills the layout's {{content}}; title is a text of the layout.
 *                                              {{layout page.html title=heading}} hands on a value of the page
 *   {{rows ideas = sql_idea_list}}             rows named ideas, with that query's columns
 *   {{rows months: name, state}}               rows made by hand, with these columns
 *   {{text heading, can_add}}                  single values the handler (or the dress hook) puts
 *   {{needs id, name}}                         of a partial: names that must be known around it, or be given
 *   {{default wide="", note="…"}}              of a partial or layout: parameters that may be left out
 *   {{! a note }} {{!-- a note that may hold {{tags}} --}}
 * Body:
 *   {{name}} {{name|date}}                     always escaped; inside each: a column of the innermost rows that has it
 *   {{form.body}} {{error.body}}               as typed, and why not; need no declaration
 *   {{#each ideas}} … {{else}} … {{/each}}     else: when there are none
 *   {{#each votes where idea=id}}              rows whose column idea equals the outer row's id, in their order
 *   {{#if name}} {{#if name="done"}} {{#if id=chosen}} … {{else}} … {{/if}}
 *                                              false: NULL, "", "0", rows without a row; = compares texts, NULL as ""
 *   {{> task_row.html}}                        partial: compiled in place, sees what stands around it
 *   {{> list.html items=late label="Quá hạn"}} the same with parameters: texts, values or rows under another name
 *   {{icon check}} {{icon check s}}            an icon of icons.svg, class icon s
 *   {{asset sauro.css}}                        address of a static file, with its hash, inside an attribute
 * Filters: date (day number → 22/9/2026), isodate, moment (→ 17:05, 22/9/2026), isomoment, number (→ 4.820),
 *   url (for a whole href or src value: http, https, mailto, tel or a path of ours; else "#"),
 *   lines (line breaks → <br>), upper.
 * Every <form method="post"> gets the hidden anti-forgery and once-only token.
 * In href, src and action a variable behind a beginning such as / or https:// is percent-encoded; as the beginning it
 * needs |url.
 * Start-up errors: an unknown name, template, filter, icon or asset; an unquoted attribute; a variable inside <script>,
 * <style> or a tag's own syntax; on… and style attributes; inline scripts; an element that is not closed in the block
 * that opened it (void elements excepted).
 */
struct template_set;

struct template_source {
    const char *name; /* "idea_list.html" */
    const char *text;
};

struct template_world {
    const struct template_source *sources; /* ends with { 0 } */
    /* Columns of a named query, NULL-terminated; NULL when there is no such query. */
    const char *const *(*columns)(struct arena *a, const char *query, void *arg);
    /* Address of a static file; NULL when there is none. */
    const char *(*asset)(const char *name, void *arg);
    bool (*has_icon)(const char *name, void *arg); /* "check" is symbol i-check of icons.svg */
    void *arg;
};

/* Compiles all pages; partials and layouts are compiled where they are used.
 * NULL: *why names file, line and mistake of each page's first, in English (arena). */
struct template_set *templates_compile(struct arena *a, const struct template_world *world, const char **why);

struct template_value {
    const char *name;
    const char *text;         /* or */
    const struct rows *rows;
};

struct template_input {
    const struct template_value *values;
    size_t count;
    /* form.NAME and error.NAME; may be NULL. Returned text may be NULL. */
    const char *(*form)(const char *name, void *arg);
    const char *(*error)(const char *name, void *arg);
    /* A fresh form token for each POST form. */
    const char *(*token)(void *arg);
    void *arg;
};

/* Appends the page to out. BROKEN with a log line when a declared value was not put. */
enum err template_render(struct ctx *c, const struct template_set *set, const char *name,
                         const struct template_input *input, struct buffer *out);
