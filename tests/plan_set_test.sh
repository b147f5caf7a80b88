#!/bin/sh
# Invented plans of many shapes, text and web pages as they stand: none may sink below the floors. What their other forms are worth,
# bench/plans/score tells. Usage: plan_set_test.sh [build/sauro]
cd "$(dirname "$0")/.." || exit 1
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
bench/plans/score --set dev --forms txt,md,html --sauro "${1:-build/sauro}" --folder /nonexistent --json "$out" >/dev/null || exit 1
python3 - "$out" <<'PY'
import json, sys
rows = json.load(open(sys.argv[1]))
bad = 0
for name, row in rows.items():
    good = row["overall"] >= 0.97 and row["whole"] >= 0.85
    bad += not good
    print(f"{'ok  ' if good else 'FAIL'} {name}: overall {row['overall']:.3f}, whole {row['whole']:.3f}, {row['seconds'] * 1000:.0f} ms")
if len(rows) < 30:
    bad += 1
    print(f"FAIL only {len(rows)} plans were found")
print(f"{len(rows) - bad} passed, {bad} failed")
sys.exit(bad > 0)
PY
