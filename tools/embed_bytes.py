#!/usr/bin/env python3
"""Writes C that puts a file into the program as it is: `const unsigned char NAME[]`, aligned, read only.

usage: embed_bytes.py NAME FILE OUT.c

The digest is there so that a changed file is compiled anew also by a compiler cache.
"""
import hashlib
import sys
from pathlib import Path

name, file, out = sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3])
digest = hashlib.sha256(file.read_bytes()).hexdigest()
out.write_text(f"""/* {digest} */
__asm__(".pushsection .rodata.{name},\\"a\\",%progbits\\n"
        ".balign 64\\n"
        ".global {name}\\n"
        "{name}:\\n"
        ".incbin \\"{file}\\"\\n"
        ".popsection\\n");
""", encoding="utf-8")
