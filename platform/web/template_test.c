/* What templates print, and every mistake that stops the start. */
#include "platform/web/template.h"
#include "tests/test.h"

enum { MOST_SOURCES = 8 };

/* One page "p.html", rendered with what was put. */
struct stage {
    struct ctx *c;
    struct template_source sources[MOST_SOURCES + 1];
    int source_count;
    struct template_value values[16];
    size_t value_count;
    int tokens;
};

static const char *const *columns(struct arena *a, const char *query, void *arg)
{
    static const char *const idea[] = { "id", "body", NULL };
    (void)a;
    (void)arg;
    return strcmp(query, "sql_idea_list") == 0 ? idea : NULL;
}

static const char *asset(const char *name, void *arg)
{
    (void)arg;
    return strcmp(name, "icons.svg") == 0 ? "/tinh/icons.1.svg" : NULL;
}

static bool has_icon(const char *name, void *arg)
{
    (void)arg;
    return strcmp(name, "check") == 0;
}

static const char *form_field(const char *name, void *arg)
{
    (void)arg;
    return strcmp(name, "body") == 0 ? "<typed>" : NULL;
}

static const char *token(void *arg)
{
    struct stage *stage = arg;
    return arena_printf(stage->c->arena, "t%d", ++stage->tokens);
}

static void source(struct stage *s, const char *name, const char *text)
{
    s->sources[s->source_count++] = (struct template_source){ name, text };
}

static struct stage *stage(const char *page)
{
    struct ctx *c = test_ctx();
    struct stage *s = arena_alloc(c->arena, sizeof *s);
    s->c = c;
    source(s, "p.html", page);
    return s;
}

static void put(struct stage *s, const char *name, const char *text)
{
    s->values[s->value_count++] = (struct template_value){ .name = name, .text = text };
}

/* Cells in a row, column names first; NULL ends. */
static void put_cells(struct stage *s, const char *name, int column_count, const char *const *cells)
{
    const char **names = arena_array(s->c->arena, (size_t)column_count + 1, sizeof *names);
    memcpy(names, cells, (size_t)column_count * sizeof *names);
    struct rows_maker maker;
    rows_start(&maker, s->c->arena, names);
    for (cells += column_count; cells[0] != NULL; cells += column_count)
        rows_add(&maker, cells);
    struct rows *rows = arena_alloc(s->c->arena, sizeof *rows);
    *rows = maker.rows;
    s->values[s->value_count++] = (struct template_value){ .name = name, .rows = rows };
}
#define PUT_ROWS(s, name, column_count, ...)                                                                           \
    put_cells(s, name, column_count, (const char *const[]){ __VA_ARGS__, NULL })

static struct template_set *compile(struct stage *s, const char **why)
{
    struct template_world world = { s->sources, columns, asset, has_icon, NULL };
    return templates_compile(s->c->arena, &world, why);
}

static const char *rendered(struct stage *s)
{
    const char *why = NULL;
    struct template_set *set = compile(s, &why);
    if (set == NULL)
        return why;
    struct template_input input = { s->values, s->value_count, form_field, NULL, token, s };
    struct buffer out = { .arena = s->c->arena };
    return template_render(s->c, set, "p.html", &input, &out) == OK ? out.text : s->c->detail;
}

/* The mistake found in a page of this text; NULL when there is none. */
static const char *mistake_in(const char *page)
{
    struct stage *s = stage(page);
    source(s, "box.html", "{{default text=\"\"}}<p>{{text}}</p>");
    source(s, "again.html", "{{> again.html}}");
    source(s, "frame.html", "<main>{{content}}</main>");
    const char *why = NULL;
    compile(s, &why);
    return why;
}

static void check_mistake(const char *page, const char *part)
{
    const char *why = mistake_in(page);
    if (why == NULL || strstr(why, part) == NULL)
        printf("%s\n  gave %s\n  not  %s\n", page, why == NULL ? "no mistake" : why, part);
    CHECK(why != NULL && strstr(why, part) != NULL);
}

TEST_PLAIN(values_are_escaped_everywhere)
{
    struct stage *s = stage("{{text a}}<p title=\"{{a}}\">{{a}}</p>");
    put(s, "a", "Hà & <b>\"'");
    CHECK_TEXT(rendered(s), "<p title=\"Hà &amp; &lt;b&gt;&quot;&#39;\">Hà &amp; &lt;b&gt;&quot;&#39;</p>");
}

TEST_PLAIN(each_shows_rows_or_else)
{
    const char *page = "{{rows ideas = sql_idea_list}}{{#each ideas}}<b>{{id}}:{{body}}</b>{{else}}none{{/each}}";
    struct stage *s = stage(page);
    PUT_ROWS(s, "ideas", 2, "id", "body", "1", "a", "2", "b");
    CHECK_TEXT(rendered(s), "<b>1:a</b><b>2:b</b>");
    s = stage(page);
    PUT_ROWS(s, "ideas", 2, "id", "body");
    CHECK_TEXT(rendered(s), "none");
}

TEST_PLAIN(rows_may_hold_their_columns_in_another_order)
{
    struct stage *s = stage("{{rows r: a, b}}{{#each r}}{{a}}{{b}};{{/each}}");
    PUT_ROWS(s, "r", 3, "x", "b", "a", "1", "2", "3", "4", "5", "6");
    CHECK_TEXT(rendered(s), "32;65;");
}

TEST_PLAIN(each_where_joins_children_to_their_parent)
{
    struct stage *s = stage("{{rows task: id, name}}{{rows step: task, name}}{{text last}}\n"
                            "{{#each task}}\n[{{name}}{{#each step where task=id}} {{name}}{{else}} -{{/each}}{{last}}]\n"
                            "{{/each}}");
    PUT_ROWS(s, "task", 2, "id", "name", "10", "B", "9", "A", "7", "C");
    PUT_ROWS(s, "step", 2, "task", "name", "9", "a1", "9", "a2", "10", "b1");
    put(s, "last", ".");
    CHECK_TEXT(rendered(s), "[B b1.]\n[A a1 a2.]\n[C -.]\n");
}

TEST_PLAIN(inner_loops_see_outer_columns)
{
    struct stage *s = stage("{{rows a: x}}{{rows b: y}}{{#each a}}{{#each b}}{{x}}{{y}} {{/each}}{{/each}}");
    PUT_ROWS(s, "a", 1, "x", "1", "2");
    PUT_ROWS(s, "b", 1, "y", "p", "q");
    CHECK_TEXT(rendered(s), "1p 1q 2p 2q ");
}

TEST_PLAIN(if_takes_null_empty_and_zero_for_false)
{
    struct stage *s = stage("{{text a, b, c, d}}{{rows r: x}}{{#if a}}A{{/if}}{{#if b}}B{{/if}}{{#if c}}C{{/if}}"
                            "{{#if d}}D{{else}}-{{/if}}{{#if r}}R{{else}}no rows{{/if}}");
    put(s, "a", NULL);
    put(s, "b", "");
    put(s, "c", "0");
    put(s, "d", "00");
    PUT_ROWS(s, "r", 1, "x");
    CHECK_TEXT(rendered(s), "Dno rows");
}

TEST_PLAIN(if_compares_with_a_text_or_another_value)
{
    struct stage *s = stage("{{text state, chosen}}{{rows unit: id}}"
                            "{{#if state=\"done\"}}xong{{else}}chưa{{/if}}<select>{{#each unit}}"
                            "<option value=\"{{id}}\"{{#if id=chosen}} selected{{/if}}>{{id}}</option>{{/each}}</select>");
    put(s, "state", "done");
    put(s, "chosen", "2");
    PUT_ROWS(s, "unit", 1, "id", "1", "2");
    CHECK_TEXT(rendered(s), "xong<select><option value=\"1\">1</option><option value=\"2\" selected>2</option></select>");
}

TEST_PLAIN(filters_write_days_numbers_and_lines)
{
    struct stage *s = stage("{{text day, at, n, few, part, note, name, none}}{{day|date}} {{day|isodate}} {{at|moment}} "
                            "{{at|isomoment}} {{n|number}} {{few|number}} {{part|number}} {{note|lines}} {{name|upper}}{{none|date}}");
    put(s, "day", "20718");
    put(s, "at", "1790071500");
    put(s, "n", "-1234567");
    put(s, "few", "482");
    put(s, "part", "92.6");
    put(s, "note", "a<\r\nb\nc");
    put(s, "name", "đỗ");
    put(s, "none", NULL);
    CHECK_TEXT(rendered(s), "22/9/2026 2026-09-22 17:05, 22/9/2026 2026-09-22T17:05:00+07:00 -1.234.567 482 92,6 "
                            "a&lt;<br>b<br>c ĐỖ");
}

static const char *link_to(const char *address)
{
    struct stage *s = stage("{{text to}}<a href=\"{{to|url}}\">x</a>");
    put(s, "to", address);
    const char *page = rendered(s);
    return arena_copy_n(s->c->arena, page + 9, strlen(page) - 16);
}

TEST_PLAIN(url_lets_only_harmless_addresses_through)
{
    CHECK_TEXT(link_to("javascript:alert(1)"), "#");
    CHECK_TEXT(link_to(" javascript:alert(1)"), "#");
    CHECK_TEXT(link_to("java\tscript:alert(1)"), "#");
    CHECK_TEXT(link_to("data:text/html,x"), "#");
    CHECK_TEXT(link_to("//evil.example"), "#");
    CHECK_TEXT(link_to("/\\evil.example"), "#");
    CHECK_TEXT(link_to("/\t/evil.example"), "#");
    CHECK_TEXT(link_to("HTTPS://a.example/?a=1&b=2"), "HTTPS://a.example/?a=1&amp;b=2");
    CHECK_TEXT(link_to("/ke-hoach/1"), "/ke-hoach/1");
    CHECK_TEXT(link_to("mailto:a@b.example"), "mailto:a@b.example");
}

TEST_PLAIN(variables_inside_an_address_are_percent_encoded)
{
    struct stage *s = stage("{{text q}}<a href=\"/tin?q={{q}}\" id=\"a-{{q}}\">x</a>");
    put(s, "q", "a&b/ô'");
    CHECK_TEXT(rendered(s), "<a href=\"/tin?q=a%26b%2F%C3%B4%27\" id=\"a-a&amp;b/ô&#39;\">x</a>");
}

TEST_PLAIN(every_post_form_gets_its_own_token)
{
    struct stage *s = stage("{{rows r: id}}{{#each r}}<form action=\"/a\" method=\"POST\"><button>{{id}}</button></form>{{/each}}"
                            "<form method=\"get\"></form>");
    PUT_ROWS(s, "r", 1, "id", "1", "2");
    CHECK_TEXT(rendered(s),
               "<form action=\"/a\" method=\"POST\"><input type=\"hidden\" name=\"_token\" value=\"t1\"><button>1</button></form>"
               "<form action=\"/a\" method=\"POST\"><input type=\"hidden\" name=\"_token\" value=\"t2\"><button>2</button></form>"
               "<form method=\"get\"></form>");
}

TEST_PLAIN(a_page_lies_in_its_layouts)
{
    struct stage *s = stage("{{layout inner.html title=heading note=\"a & b\"}}\n{{text heading}}\n<p>{{heading}}</p>\n");
    source(s, "inner.html", "{{layout outer.html title=title}}{{default crumb=\"\"}}{{#if crumb}}{{crumb}}{{/if}}"
                            "<main>{{content}}</main>{{note}}");
    source(s, "outer.html", "{{text person}}<title>{{title}}</title>{{person}}{{content}}");
    put(s, "heading", "<Đầu>");
    put(s, "person", "An");
    CHECK_TEXT(rendered(s), "<title>&lt;Đầu&gt;</title>An<main><p>&lt;Đầu&gt;</p>\n</main>a &amp; b");
}

TEST_PLAIN(a_page_does_not_see_the_layouts_names)
{
    struct stage *s = stage("{{layout outer.html}}{{person}}");
    source(s, "outer.html", "{{text person}}{{person}}{{content}}");
    CHECK_TEXT(rendered(s), "p.html:1: unknown name 'person'");
}

TEST_PLAIN(partials_see_what_stands_around_them)
{
    struct stage *s = stage("{{rows late: id}}{{rows soon: id}}{{> list.html items=late label=\"Quá hạn\"}}"
                            "{{> list.html items=soon label=\"Sắp đến\"}}");
    source(s, "list.html", "{{!-- uses {{> row.html}} --}}{{needs items, label}}{{default mark=\"!\"}}<h2>{{label}}{{mark}}</h2>"
                           "{{#each items}}{{> row.html}}{{else}}{{> row.html id=\"0\"}}{{/each}}");
    source(s, "row.html", "{{needs id}}\n<p>{{id}}</p>\n");
    PUT_ROWS(s, "late", 1, "id", "1", "2");
    PUT_ROWS(s, "soon", 1, "id");
    CHECK_TEXT(rendered(s), "<h2>Quá hạn!</h2><p>1</p><p>2</p><h2>Sắp đến!</h2><p>0</p>");
}

TEST_PLAIN(form_values_icons_and_assets_need_no_declaration)
{
    CHECK_TEXT(rendered(stage("<textarea>\n {{form.body}}</textarea>{{error.body}}{{icon check s}}"
                              "<use href=\"{{asset icons.svg}}#o-{{form.x}}\"></use>")),
               "<textarea>\n &lt;typed&gt;</textarea><svg class=\"icon s\" aria-hidden=\"true\"><use "
               "href=\"/tinh/icons.1.svg#i-check\"/></svg><use href=\"/tinh/icons.1.svg#o-\"></use>");
}

TEST_PLAIN(lines_of_block_tags_and_indentation_are_not_sent)
{
    struct stage *s = stage("{{text a}}\n<ul>\n  {{#if a}}\n    <li>{{a}}</li>\n  {{/if}}\n</ul>\n");
    put(s, "a", "1");
    CHECK_TEXT(rendered(s), "<ul>\n<li>1</li>\n</ul>\n");
}

TEST_PLAIN(a_value_that_was_not_put_breaks_the_page)
{
    struct stage *s = stage("{{text a}}x");
    CHECK_TEXT(rendered(s), "template p.html: value 'a' was not put, or lacks a column");
    CHECK(s->c->err == BROKEN);
    s = stage("{{rows a: x, y}}x");
    PUT_ROWS(s, "a", 1, "x");
    rendered(s);
    CHECK(s->c->err == BROKEN);
}

TEST_PLAIN(unknown_things_stop_the_start)
{
    check_mistake("<p>\n{{body}}</p>", "p.html:2: unknown name 'body'");
    check_mistake("{{rows a = sql_no}}", "no query 'sql_no'");
    check_mistake("{{rows a: x}}{{#each a}}{{y}}{{/each}}", "unknown name 'y'");
    check_mistake("{{rows a: x}}{{x}}", "unknown name 'x'");
    check_mistake("{{rows a: x}}{{a}}", "is rows, not a text");
    check_mistake("{{text a}}{{#each a}}{{/each}}", "not declared as rows");
    check_mistake("{{text a}}{{a|bold}}", "no filter 'bold'");
    check_mistake("{{icon nothing}}", "no icon 'nothing'");
    check_mistake("<a href=\"{{asset no.css}}\">x</a>", "no static file 'no.css'");
    check_mistake("{{> no.html}}", "no template 'no.html'");
    check_mistake("{{layout no.html}}", "no template 'no.html'");
    check_mistake("{{> again.html}}", "included too deeply");
    check_mistake("{{> box.html text=no}}", "unknown name 'no'");
    check_mistake("{{rows a: x}}{{#each a where y=\"1\"}}{{/each}}", "'a' has no column 'y'");
    check_mistake("{{text a}}{{rows a: x}}", "is declared otherwise");
    check_mistake("<p>x</p>{{text a}}", "belongs to the file's first lines");
    check_mistake("{{#unless a}}{{/unless}}", "is not understood");
}

TEST_PLAIN(a_mistake_in_a_partial_names_the_includer)
{
    struct stage *s = stage("<div>\n{{> hex.html}}\n</div>");
    source(s, "hex.html", "{{!-- the six --}}\n<p>{{ro}}</p>");
    CHECK_TEXT(rendered(s), "hex.html:2: unknown name 'ro', included from p.html:2");
}

TEST_PLAIN(unbalanced_tags_stop_the_start)
{
    check_mistake("{{text a}}{{#if a}}x", "{{#if}} has no {{/if}}");
    check_mistake("{{text a}}{{#if a}}x{{/each}}", "{{#if}} has no {{/if}}");
    check_mistake("x{{/if}}", "the end of a block without its beginning");
    check_mistake("<p>x", "the page ends inside an element");
    check_mistake("<p>x</div>", "does not fit the innermost");
    check_mistake("{{text a}}{{#if a}}<p>{{/if}}x</p>", "opened here but not closed");
    check_mistake("{{text a}}<p>{{#if a}}</p>{{/if}}", "without a start tag in this block");
    check_mistake("{{text a}}<p {{#if a}}>{{/if}}x</p>", "opened here but not closed");
    check_mistake("{{text a}}<i {{#if a}}title=\"{{/if}}\">x</i>", "ends at another place");
    check_mistake("{{text a}}<form {{#if a}}method=\"post\"{{/if}}></form>", "ends at another place");
    check_mistake("{{a", "{{ without }}");
}

TEST_PLAIN(html_that_could_be_misread_stops_the_start)
{
    check_mistake("{{text a}}<p class={{a}}>x</p>", "without \" around it");
    check_mistake("<p class=x>x</p>", "without \" around it");
    check_mistake("<p class='x'>x</p>", "without \" around it");
    check_mistake("{{text a}}<p {{a}}>x</p>", "nowhere else");
    check_mistake("{{text a}}<script>{{a}}</script>", "inside script or style");
    check_mistake("<script>x</script>", "script or style inside the page");
    check_mistake("<p onclick=\"x\">x</p>", "an on… attribute");
    check_mistake("<p style=\"x\">x</p>", "a style attribute");
    check_mistake("{{text a}}{{{a}}}", "{{{ is not allowed");
    check_mistake("{{text a}}<a href=\"{{a}}\">x</a>", "needs |url");
    check_mistake("{{text a}}<a href=\"{{#if a}}/x{{/if}}{{a}}\">x</a>", "two different beginnings");
    check_mistake("{{text a}}<a href=\"/x{{a|url}}\">x</a>", "whole addresses");
    check_mistake("{{text a}}<a href=\"x:{{a}}\">x</a>", "does not begin with");
    check_mistake("{{text a}}<!-- {{a}} -->", "nowhere else");
    check_mistake("{{text a}}<p title=\"{{a|lines}}\">x</p>", "in text only");
    check_mistake("a < b", "write &lt;");
    check_mistake("<div/>", "may end with />");
}

TEST_PLAIN(harmless_pages_have_no_mistake)
{
    CHECK_TEXT(mistake_in("<!DOCTYPE html><!-- note --><script src=\"/a.js\" defer></script><br><svg><path d=\"M0\"/></svg>"), NULL);
    CHECK_TEXT(mistake_in("{{text a}}<input {{#if a}}checked{{/if}} disabled><p class=\"x{{#if a}} y{{/if}}\">x</p>"), NULL);
    CHECK_TEXT(mistake_in("{{layout frame.html}}{{> box.html}}{{> box.html text=\"x\"}}"), NULL);
}
