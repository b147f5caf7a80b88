"""Truth of an invented plan, written by hand in NAME.truth, one fact a line:

  forms = txt docx            in which forms bench/plans/make gives the plan to the reader
  number = 12/KH-TTYT         also date, agency, parent_agency, title, year, year_to; a line left out is not asked
  base = Kế hoạch | 3/KH-SYT | 2026-01-05 | Sở Y tế tỉnh Hương Giang      number or date may be empty
  cites = 3/KH-SYT, 76/NQ-CP
  to = Sở Y tế (b/c) | Lưu: VT
  signer = KT. GIÁM ĐỐC | PHÓ GIÁM ĐỐC | Trần Văn Mẫu

  task IV.1 = First words ~ last words        the wording between them is taken from the source; "^" in front: from the task before on
  or First ~ last                             another wording of the title that is right too
  L unit | unit      leads        P unit | unit   partners        S product | product
  W deadline 2026-06-30           W frequency 2 year    W period 2026-01-01 2026-03-31 [due]    W continuous    W on_request
  = L P W S                       the same as in the task before

The conventions are told in bench/README.md.
"""
import html
import re
from pathlib import Path

FIELDS = {"L": "leads", "P": "partners", "S": "products"}


def plain(path):
    """The words of a source in one line, tags and table bars away."""
    text = Path(path).read_text(encoding="utf-8")
    if path.suffix in (".html", ".fodt", ".fods"):
        text = re.sub(r"<style.*?</style>|<script.*?</script>", " ", text, flags=re.S)
        text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    text = re.sub(r"\*\*|\*(?=\S)|(?<=\S)\*|\|", " ", text)
    return " ".join(text.split())


def between(source, spec, start, where):
    """The words from FIRST to LAST in the source, from place start on; spec itself when it has no "~"."""
    if "~" not in spec:
        return spec.strip(), start
    first, last = (" ".join(x.split()) for x in spec.split("~"))
    begin = source.find(first, start)
    end = source.find(last, begin + len(first)) if begin >= 0 else -1
    if begin < 0 or end < 0:
        raise SystemExit(f"{where}: not in the source: {first if begin < 0 else last}")
    return source[begin:end + len(last)], end


def time(spec):
    out = dict.fromkeys(("count", "per", "due", "start", "end"))
    kind, *rest = spec.split()
    out["kind"] = kind
    if kind == "deadline":
        out["due"] = rest[0]
    elif kind == "frequency":
        out["count"], out["per"] = int(rest[0]), rest[1]
    elif kind == "period":
        out["start"] = rest[0]
        out["end"] = rest[1] if len(rest) > 1 and rest[1] != "-" else None
        out["due"] = rest[2] if len(rest) > 2 else None
    return out


def units(spec):
    return [x.strip() for x in spec.split("|") if x.strip()]


def read(path):
    """The plan a NAME.truth describes, in the form of `sauro plan read`, and its forms."""
    source = next(p for p in sorted(path.parent.glob(path.stem + ".*")) if p.suffix != ".truth")
    words, place = plain(source), 0
    plan = {"bases": [], "citations": [], "tasks": [], "recipients": [], "signer": None}
    forms, task = [source.suffix[1:]], None
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line, where = line.strip(), f"{path.name}:{n}"
        if not line or line.startswith("#"):
            continue
        if line.startswith("task "):
            no, spec = (x.strip() for x in line[5:].split("=", 1))
            near = spec.startswith("^")
            title, end = between(words, spec.lstrip("^ "), place if near else 0, where)
            place = end if end else place
            before = task or {}
            task = {"no": no, "title": title, "leads": [], "partners": [], "products": [], "time": time("none")}
            plan["tasks"].append(task)
        elif line.startswith("or "):
            task.setdefault("titles", []).append(between(words, line[3:], 0, where)[0])
        elif line.startswith("= "):
            for mark in line.split()[1:]:
                field = FIELDS.get(mark, "time")
                task[field] = before[field]
        elif line[:2] in ("L ", "P ", "S "):
            task[FIELDS[line[0]]] = units(line[2:])
        elif line.startswith("W "):
            task["time"] = time(line[2:])
        else:
            key, value = (x.strip() for x in line.split("=", 1))
            if key == "forms":
                forms = value.split()
            elif key == "base":
                kind, number, date, issuer = (x.strip() or None for x in value.split("|"))
                plan["bases"].append({"kind": kind, "number": number, "date": date, "issuer": issuer})
            elif key == "cites":
                plan["citations"] = [x.strip() for x in value.split(",") if x.strip()]
            elif key == "to":
                plan["recipients"] = units(value)
            elif key == "signer":
                prefix, title, name = (x.strip() or None for x in value.split("|"))
                plan["signer"] = {"prefix": prefix, "title": title, "name": name}
            elif key in ("year", "year_to"):
                plan[key] = int(value)
            elif key in ("number", "date", "agency", "parent_agency", "title"):
                plan[key] = value or None
            else:
                raise SystemExit(f"{where}: unknown line: {line}")
    return plan, forms, source
