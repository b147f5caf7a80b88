#!/usr/bin/env python3
"""Puts schemas, templates and static files into the program: one program, one file.

usage: embed.py OUT_DIR FILE...

x_schema.sql    `const char x_schema[]` in embedded.h, and a `struct db_schema` in module_schemas[]
x_list.html     template_sources[]
others          static_files[]: bytes, type, a name with a hash of the content, and gzip and brotli forms
                (brotli only where the tool is installed) when they are smaller
"""
import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
         ".woff2": "font/woff2", ".png": "image/png", ".txt": "text/plain; charset=utf-8", ".ico": "image/x-icon"}


def c_bytes(name, data):
    """A C array; decimal numbers compile faster than escapes."""
    rows = [",".join(map(str, data[i:i + 500])) + "," for i in range(0, len(data), 500)]
    return f"static const unsigned char {name}[] = {{{chr(10).join(rows)}0}};\n"


def brotli(data):
    tool = shutil.which("brotli")
    return subprocess.run([tool, "-q", "11", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout if tool else b""


def variant(name, data, plain):
    if not data or len(data) >= len(plain):
        return "", "NULL, 0"
    return c_bytes(name, data), f"{name}, {len(data)}"


def static_file(index, path, hashes):
    data = path.read_bytes()
    for other, hashed in hashes.items():  # a stylesheet names fonts by their plain names
        if path.suffix == ".css":
            data = data.replace(f"fonts/{other}".encode(), hashed.encode())
    digest = hashlib.sha256(data).hexdigest()[:12]
    hashed = f"{path.stem}.{digest}{path.suffix}"
    hashes[path.name] = hashed
    packed = path.suffix not in (".woff2", ".png", ".ico")
    gz, gz_ref = variant(f"file_{index}_gzip", gzip.compress(data, 9, mtime=0) if packed else b"", data)
    br, br_ref = variant(f"file_{index}_brotli", brotli(data) if packed else b"", data)
    code = c_bytes(f"file_{index}", data) + gz + br
    entry = f'    {{ "{path.name}", "/tinh/{hashed}", "{TYPES[path.suffix]}", file_{index}, {len(data)}, {gz_ref}, {br_ref} }},\n'
    return code, entry


def main():
    out_dir, files = Path(sys.argv[1]), sorted(map(Path, sys.argv[2:]), key=lambda p: (p.suffix == ".css", p.name))
    names = set()
    for path in files:
        if path.name in names:
            sys.exit(f"{path}: two files have this name; names are unique in the tree")
        names.add(path.name)
    code, templates, statics, schemas, hashes = [], [], [], [], {}
    for index, path in enumerate(files):
        if path.name.endswith("_schema.sql"):
            module = path.name[:-len("_schema.sql")]
            code.append(c_bytes(f"schema_{module}", path.read_bytes()))
            schemas.append(f'    {{ "{module}", (const char *)schema_{module} }},\n')
        elif path.suffix == ".html":
            code.append(c_bytes(f"template_{index}", path.read_bytes()))
            templates.append(f'    {{ "{path.name}", (const char *)template_{index} }},\n')
        elif path.suffix in TYPES:
            text, entry = static_file(index, path, hashes)
            code.append(text)
            statics.append(entry)
    out = ['#include "platform/web/embedded.h"\n\n', *code,
           "const struct template_source template_sources[] = {\n", *templates, "    { 0 },\n};\n",
           "const struct static_file static_files[] = {\n", *statics, "    { 0 },\n};\n",
           "const struct db_schema module_schemas[] = {\n", *schemas, "    { 0 },\n};\n"]
    (out_dir / "embedded.c").write_text("".join(out), encoding="utf-8")


main()
