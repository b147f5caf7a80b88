#!/bin/sh
# Real plans with hand-made truth, where they are at hand: reads each and holds the floors. Usage: plan_score_test.sh [build/sauro]
cd "$(dirname "$0")/.." || exit 1
sauro=${1:-build/sauro}
plans=../shared/plans
score=../shared/tools/score-plan
if [ ! -d "$plans/truth" ] || [ ! -x "$score" ]; then
    echo "skipped: no $plans here"
    exit 0
fi
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
failed=0
for kind in txt docx pdf; do
    truth=$plans/truth-files
    files=$plans/files
    [ "$kind" = txt ] && truth=$plans/truth files=$plans
    mkdir -p "$out/$kind"
    for plan in 000 001 002 003 004; do
        "$sauro" plan read "$files/$plan.$kind" >"$out/$kind/$plan.json" || failed=1
    done
    "$score" "$truth" "$out/$kind" --json >"$out/$kind.score" || failed=1
    python3 - "$kind" "$out/$kind.score" <<'PY' || failed=1
import json, sys
kind, path = sys.argv[1:]
bad = False
for name, row in json.load(open(path))["documents"].items():
    overall = sum(row.values()) / len(row)
    damaged = kind == "txt" and name in ("000", "004")
    floor = 0.65 if damaged else 0.90
    good = overall >= floor and (damaged or (row["tasks"] >= 0.9 and row["leads"] >= 0.9))
    bad = bad or not good
    print(f"{'ok  ' if good else 'FAIL'} {name}.{kind}: overall {overall:.3f}, tasks {row['tasks']:.3f}, leads {row['leads']:.3f}")
sys.exit(bad)
PY
done
for plan in 000 004; do
    grep -q '"damaged": true' "$out/txt/$plan.json" || { echo "FAIL $plan.txt is not marked as damaged"; failed=1; }
done
exit $failed
