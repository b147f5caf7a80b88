#!/usr/bin/env python3
"""Measures what a recogniser that knows no Vietnamese makes of Vietnamese letters. Run by hand, rarely:

    tools/viet_confusions.py COUNTS PAGES FOLDER > platform/viet/viet_confusions.tsv

Invented text (words drawn by the counts of COUNTS, see viet_model.py) is drawn in Liberation faces on PAGES pages, blurred
and made noisy like a scan, and read by tesseract with its English model; the pages stay in FOLDER. Needs pango-view,
ImageMagick's convert, tesseract and its "eng" data. Letters are then laid beside what was read (a letter may have become
nothing, one sign or two), the most likely way by what the words before showed: a few rounds settle it.
"""
import math
import random
import re
import subprocess
import sys
from pathlib import Path

from viet_model import CONSONANTS, LETTERS, SHAPE, rows, skeleton

ROUNDS = 6
LINES, WORDS = 38, 13
RAREST = 4  # times a confusion must be seen
FACES = ["Serif", "Serif", "Serif Italic", "Sans"]


def draw_words(folder):
    single = {w: n for (w,), n in rows(folder / "syllables.tsv.gz") if n >= 80 and SHAPE.fullmatch(skeleton(w))}
    after = {}
    for (a, b), n in rows(folder / "pairs.tsv.gz"):
        if b in single:
            after.setdefault(a, ([], []))
            after[a][0].append(b)
            after[a][1].append(n ** 0.8)
    names, weights = list(single), [n ** 0.6 for n in single.values()]
    word = None
    while True:
        known = word in after and random.random() < 0.75
        word = random.choices(*after[word])[0] if known else random.choices(names, weights)[0]
        yield word


def make_page(words, path):
    lines = []
    for _ in range(LINES):
        line = " ".join(next(words) for _ in range(WORDS))
        kind = random.random()
        lines.append(line.upper()[:70].rsplit(" ", 1)[0] if kind < 0.15 else line.capitalize() if kind < 0.6 else line)
    path.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = lambda *command: subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    drawn, noisy = path.with_suffix(".png"), path.with_suffix(".noisy.png")
    run("pango-view", "-q", "--no-display", f"--font=Liberation {random.choice(FACES)} 13", f"--dpi={random.choice([120, 140, 150, 200, 300])}",
        "--margin=40", f"--output={drawn}", str(path.with_suffix(".txt")))
    run("convert", str(drawn), "-colorspace", "gray", "-blur", f"0x{random.choice([0.4, 0.6, 0.9, 1.2])}", "-attenuate",
        str(random.choice([0.2, 0.5, 0.8])), "+noise", "Gaussian", "-threshold", f"{random.choice([38, 45, 55, 62, 70, 78])}%", str(noisy))
    run("tesseract", str(noisy), str(path.with_suffix(".read")), "-l", "eng", "--psm", "6")


def beside(true, read):
    """Words of a line that can be laid side by side."""
    true, read = true.split(), read.split()
    return zip(true, read) if len(true) == len(read) else []


def words_of(path):
    true = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    read = [x for x in path.with_suffix(".read.txt").read_text(encoding="utf-8").splitlines() if x.strip()]
    if len(true) != len(read):
        return
    for line, shown in zip(true, read):
        for word, seen in beside(line, shown):
            if abs(len(word) - len(seen)) <= 3:
                yield word.lower(), seen.lower().strip(".,:;'\"|")


def first_guess(letter, shown):
    if shown == letter:
        return 0.5
    if shown == skeleton(letter):
        return 0.4
    if shown == "":
        return 0.001
    same = skeleton(shown)[:1] == skeleton(letter)
    if len(shown) == 1:
        return 0.1 if same else 0.002 if letter in CONSONANTS else 0.01
    return 0.002 if same else 0.0002


def align(word, shown, chance):
    """The most likely way: [(letter, part of shown)]; None when there is none."""
    best = {(0, 0): (0.0, None)}
    for i, letter in enumerate(word):
        for j in range(len(shown) + 1):
            if (i, j) not in best:
                continue
            for size in range(0, 3):
                part = shown[j:j + size]
                if len(part) < size:
                    break
                cost = best[i, j][0] - math.log(chance(letter, part))
                if (i + 1, j + size) not in best or cost < best[i + 1, j + size][0]:
                    best[i + 1, j + size] = (cost, j)
    if (len(word), len(shown)) not in best:
        return None
    steps, j = [], len(shown)
    for i in range(len(word), 0, -1):
        before = best[i, j][1]
        steps.append((word[i - 1], shown[before:j]))
        j = before
    return steps


def main():
    counts, pages, folder = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    random.seed(7)
    words = draw_words(counts)
    for i in range(pages):
        if not (folder / f"page{i}.read.txt").exists():
            make_page(words, folder / f"page{i}")
    laid = [pair for i in range(pages) for pair in words_of(folder / f"page{i}") if all(c in LETTERS for c in pair[0])]
    chance, seen = first_guess, {}
    for _ in range(ROUNDS):
        seen, totals = {}, {}
        for word, shown in laid:
            for letter, part in align(word, shown, chance) or []:
                seen[letter, part] = seen.get((letter, part), 0) + 1
                totals[letter] = totals.get(letter, 0) + 1
        chance = lambda letter, part: (seen.get((letter, part), 0) + first_guess(letter, part)) / (totals.get(letter, 0) + 2)
    print("# letter, what was read, times; made by tools/viet_confusions.py")
    for (letter, part), n in sorted(seen.items()):
        if n >= RAREST and not re.search(r"\s", part):
            print(letter, part, n, sep="\t")


main()
