#!/usr/bin/env python3
"""Makes platform/viet/viet_model.bin, what the repair of damaged Vietnamese knows. Run by hand when the figures change:

    tools/viet_model.py COUNTS platform/viet/viet_confusions.tsv platform/viet/viet_model.bin

COUNTS       a folder with syllables.tsv.gz, pairs.tsv.gz and triples.tsv.gz: "words<TAB>count", lower case, NFC, words
             parted by a space, "<" and ">" for the ends of a phrase
confusions   "letter<TAB>what a recogniser that knows no Vietnamese made of it<TAB>count", see viet_confusions.py

The form is read by platform/viet/viet_model.c: a head of numbers, then arrays, each at a multiple of eight, little-endian.
A probability is one byte, -8 * log2(p), which is within 5 % of the true one. Syllables are numbered in the order of
their skeletons (letters without marks), so that all readings of a skeleton are neighbours.
"""
import gzip
import math
import re
import struct
import sys
import unicodedata
from array import array
from pathlib import Path

VERSION = 2
LONGEST = 8  # letters of a skeleton, which is kept as one 64-bit number
ENDS = ["<", ">"]
CONSONANTS = "bcdđghklmnpqrstvxfjwz"
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]
LETTERS = sorted(list(CONSONANTS) + [unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES])
SHAPE = re.compile(r"(?:ngh|gh|ng|nh|ph|th|tr|kh|ch|gi|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
STOPPED = re.compile(r"(?:ch|[cpt])$")
STOP_TONES = "\u0301\u0323"  # a syllable that ends in c, ch, p or t is sharp or heavy
NONE = 255


def skeleton(word):
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain.replace("đ", "d")


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words, count = line.rstrip("\n").split("\t")
            yield words.split(" "), int(count)


def byte_of(p):
    return min(254, max(0, round(-8 * math.log2(p)))) if p > 0 else 254


def is_syllable(word, plain):
    if not SHAPE.fullmatch(plain):
        return False
    tones = [c for c in unicodedata.normalize("NFD", word) if c in TONES[1:]]
    return len(tones) <= 1 and (not STOPPED.search(plain) or any(t in STOP_TONES for t in tones))


def pairs_of(folder, ids, counts):
    """Rows of (second, probability) for each first word, and where each pair stands."""
    found = sorted((ids[a], ids[b], n) for (a, b), n in rows(folder / "pairs.tsv.gz") if a in ids and b in ids)
    start, second, chance, at = array("I", [0] * (len(ids) + 1)), array("H"), array("B"), {}
    for first, then, n in found:
        start[first + 1] += 1
        at[first, then] = (len(second), n)
        second.append(then)
        chance.append(byte_of(n / counts[first]))
    for i in range(len(ids)):
        start[i + 1] += start[i]
    return start, second, chance, at


def triples_of(folder, ids, at):
    found = []
    for (a, b, c), n in rows(folder / "triples.tsv.gz"):
        pair = at.get((ids.get(a), ids.get(b)))
        if pair is not None and c in ids:
            found.append((pair[0], ids[c], min(1.0, n / pair[1])))
    start, third, chance = array("I", [0] * (len(at) + 1)), array("H"), array("B")
    for pair, then, p in sorted(found):
        start[pair + 1] += 1
        third.append(then)
        chance.append(byte_of(p))
    for i in range(len(at)):
        start[i + 1] += start[i]
    return start, third, chance


def tree_of(words, ids, single):
    """The letters of all syllables as a tree in preorder: letter, number of the syllable or 0, first node behind the branch,
    the best chance in the branch."""
    root = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = ids[word]
    letter_of, id_of, end_of, best_of = array("B"), array("H"), array("H"), array("B")

    def walk(node):
        for letter in sorted(k for k in node if k):
            here = len(letter_of)
            letter_of.append(LETTERS.index(letter))
            id_of.append(node[letter].get("", 0))
            end_of.append(0)
            best_of.append(single[id_of[here]] if id_of[here] else NONE)
            walk(node[letter])
            end_of[here] = len(letter_of)
            best_of[here] = min(best_of[here:])

    walk(root)
    return letter_of, id_of, end_of, best_of


def confusions_of(path):
    """Costs by observed sign and letter; pairs of signs for one letter; cost of a letter that left nothing."""
    seen = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if not line.startswith("#")]
    total = {}
    for letter, _, count in seen:
        total[letter] = total.get(letter, 0) + int(count)
    signs = sorted({c for _, shown, _ in seen for c in shown})
    one = array("B", [NONE] * (len(signs) * len(LETTERS)))
    gone = array("B", [NONE] * len(LETTERS))
    two = []
    for letter, shown, count in seen:
        cost = byte_of(int(count) / total[letter])
        at = LETTERS.index(letter)
        if shown == "":
            gone[at] = cost
        elif len(shown) == 1:
            one[signs.index(shown) * len(LETTERS) + at] = cost
        elif len(shown) == 2:
            two.append((ord(shown[0]) << 32 | ord(shown[1]) << 8 | at, cost))
    two.sort()
    return (array("I", map(ord, signs)), one, gone, array("Q", [k for k, _ in two]), array("B", [c for _, c in two]))


def main():
    folder, confusions, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    kept = []
    for (word,), n in rows(folder / "syllables.tsv.gz"):
        plain = skeleton(word)
        if word in ENDS or (len(plain) <= LONGEST and re.fullmatch("[a-z]+", plain) and all(c in LETTERS for c in word)):
            kept.append((plain.encode().ljust(LONGEST, b"\0"), word, n))
    kept.sort()
    ids = {word: i for i, (_, word, _) in enumerate(kept)}
    assert ids["<"] == 0 and ids[">"] == 1 and len(ids) < 65535
    counts = [n for _, _, n in kept]
    keys, first = array("Q"), array("H")
    for i, (plain, _, _) in enumerate(kept):
        key = int.from_bytes(plain, "big")
        if not keys or keys[-1] != key:
            keys.append(key)
            first.append(i)
    first.append(len(kept))
    texts, text_at = b"", array("I")
    for _, word, _ in kept:
        text_at.append(len(texts))
        texts += word.encode() + b"\0"
    total = sum(n for _, word, n in kept if word not in ENDS)
    single = array("B", [byte_of(n / total) for n in counts])
    sound = array("B", [is_syllable(word, skeleton(word)) for _, word, _ in kept])
    pair_start, second, pair_chance, at = pairs_of(folder, ids, counts)
    triple_start, third, triple_chance = triples_of(folder, ids, at)
    tree = tree_of([word for i, (_, word, _) in enumerate(kept) if sound[i]], ids, single)
    signs, one, gone, two_key, two = confusions_of(confusions)
    parts = [array("I", map(ord, LETTERS)), keys, first, text_at, texts, single, sound, pair_start, second, pair_chance,
             triple_start, third, triple_chance, *tree, signs, one, gone, two_key, two]
    blobs = [p if isinstance(p, bytes) else p.tobytes() for p in parts]
    head = [len(LETTERS), len(keys), len(kept), len(second), len(third), len(tree[0]), len(signs), len(two)]
    at = 8 + 4 * (len(head) + len(blobs))
    offsets, body = [], b""
    for blob in blobs:
        pad = -(at + len(body)) % 8
        body += b"\0" * pad
        offsets.append(at + len(body))
        body += blob
    out.write_bytes(b"VIETLM%02d" % VERSION + struct.pack(f"<{len(head) + len(offsets)}I", *head, *offsets) + body)
    print(f"{out}: {out.stat().st_size} bytes, {len(kept)} words, {len(second)} pairs, {len(third)} triples, {len(tree[0])} nodes")



if __name__ == "__main__":
    assert sys.byteorder == "little"
    main()
