#!/usr/bin/env python3
"""Turns x_queries.sql into typed C functions, and all of them into one list.

usage: query_compiler.py OUT_DIR FILE_queries.sql...

For each file: OUT_DIR/x_queries.h and x_queries.c; for all: OUT_DIR/query_list.c. The form of a named
query stands in platform/db/db.h. A mistake ends with file, line and sentence.
"""
import re
import sys
from pathlib import Path

HEAD = re.compile(r"^-- (sql_\w+)\(([^)]*)\): (\w+)\s*$")
C_TYPE = {"int": "int64_t ", "text": "const char *", "ref": "int64_t "}
C_RESULT = {"rows": "struct rows *", "int": "int64_t ", "text": "const char *", "changes": "int64_t ", "each": "enum err "}
EACH = "enum err (*row)(struct ctx *, const struct rows *one, void *arg), void *arg"


def stop(path, line, why):
    sys.exit(f"{path}:{line}: {why}")


def parameters(path, line, text):
    out = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        words = part.split()
        if len(words) != 2 or words[1] not in C_TYPE:
            stop(path, line, f"parameter '{part}' is not 'name int|text|ref'")
        out.append(tuple(words))
    return out


def outside_quotes(sql, replace):
    """Applies replace to what is neither a quoted text nor a comment."""
    pieces = re.split(r"('(?:[^']|'')*'|--[^\n]*)", sql)
    return "".join(replace(p) if i % 2 == 0 else ("" if p.startswith("--") else p) for i, p in enumerate(pieces))


def numbered(path, line, sql, names):
    """:name becomes $n. SQLite numbers $n in order of first appearance, so n must be just that."""
    order, unknown = [], []

    def one(match):
        name = match.group(1)
        if name not in names:
            unknown.append(name)
        if name not in order:
            order.append(name)
        return f"${order.index(name) + 1}"

    out = outside_quotes(sql, lambda s: re.sub(r"(?<!:):([a-z]\w*)", one, re.sub(r"\s+", " ", s)))
    if unknown:
        stop(path, line, f":{unknown[0]} is no parameter of the query")
    unused = [n for n in names if n not in order]
    if unused:
        stop(path, line, f"parameter {unused[0]} is not used")
    return out.strip(), order


def read(path):
    queries, current = [], None
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        head = HEAD.match(text)
        if head:
            current = {"name": head[1], "line": number, "params": parameters(path, number, head[2]), "result": head[3], "sql": []}
            if head[3] not in C_RESULT:
                stop(path, number, f"result '{head[3]}' is none of {', '.join(C_RESULT)}")
            queries.append(current)
        elif text.startswith("-- sql_"):
            stop(path, number, "a query's first line is '-- sql_name(parameter type, ...): result'")
        elif current is not None:
            current["sql"].append(text)
        elif text.strip() and not text.startswith("--"):
            stop(path, number, "SQL before the first named query")
    for q in queries:
        sql = "\n".join(q["sql"]).strip().rstrip(";")
        if not outside_quotes(sql, lambda s: s).strip():
            stop(path, q["line"], "the query has no statement")
        if "\0" in outside_quotes(sql, lambda s: s.replace(";", "\0")):
            stop(path, q["line"], "one statement a query")
        q["text"], q["order"] = numbered(path, q["line"], sql, [n for n, _ in q["params"]])
        q["writes"] = not re.match(r"(?is)\s*(with\b(?!.*\b(insert|update|delete)\b)|select\b)", q["text"])
        if q["writes"] and q["result"] == "each":
            stop(path, q["line"], "only a SELECT can be streamed by 'each'")
    return queries


def signature(q):
    args = "".join(f", {C_TYPE[t]}{n}" for n, t in q["params"])
    each = f", {EACH}" if q["result"] == "each" else ""
    return f"{C_RESULT[q['result']]}{q['name']}(struct ctx *c{args}{each})"


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def body(q, variable):
    types = dict(q["params"])
    if q["order"]:
        fields = ", ".join(f"{{ .{'text' if types[n] == 'text' else 'number'} = {n} }}" for n in q["order"])
        values = f"    const union query_value values[] = {{ {fields} }};\n"
        argument = "values"
    else:
        values, argument = "", "NULL"
    tail = ", row, arg" if q["result"] == "each" else ""
    return f"{signature(q)}\n{{\n{values}    return query_{q['result']}(c, &{variable}, {argument}{tail});\n}}\n"


def write(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    out_dir, files = Path(sys.argv[1]), [Path(f) for f in sys.argv[2:]]
    out_dir.mkdir(parents=True, exist_ok=True)
    listed, seen = [], {}
    for path in files:
        header = [f"/* Generated from {path.name}. */", "#pragma once", '#include "platform/db/db.h"', ""]
        source = [f"/* Generated from {path.name}. */", f'#include "{path.stem}.h"', ""]
        for q in read(path):
            if q["name"] in seen:
                stop(path, q["line"], f"{q['name']} stands in {seen[q['name']]} too")
            seen[q["name"]] = path.name
            variable = "query_of_" + q["name"]
            letters = "".join(dict(q["params"])[n][0] for n in q["order"])
            header.append(signature(q) + ";")
            source.append(f"extern const struct query {variable};\nconst struct query {variable} = {{ {literal(q['name'])}, {literal(q['text'])},\n"
                          f"    {literal(letters)}, QUERY_{q['result'].upper()}, {len(listed)}, {str(q['writes']).lower()} }};\n")
            source.append(body(q, variable))
            listed.append(variable)
        write(out_dir / (path.stem + ".h"), "\n".join(header) + "\n")
        write(out_dir / (path.stem + ".c"), "\n".join(source))
    lines = ['#include "platform/db/db.h"', ""] + [f"extern const struct query {v};" for v in listed]
    lines += ["const struct query *const query_list[] = {"] + [f"    &{v}," for v in listed] + ["    NULL", "};", f"const int query_list_count = {len(listed)};"]
    write(out_dir / "query_list.c", "\n".join(lines) + "\n")


main()
