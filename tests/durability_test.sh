#!/bin/bash
# The short form of durability.mjs, for ./check: five kills on each database, one full disk. Last line: N passed, M failed.
set -uo pipefail
cd "$(dirname "$0")/.."
command -v node >/dev/null || packaging/install-packages packages-node.txt || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
node tests/durability.mjs sqlite --kills 5 --seed 7 | tee -a "$log"
node tests/durability.mjs sqlite --full | tee -a "$log"
tests/with-postgres node tests/durability.mjs postgresql --kills 5 --seed 7 | tee -a "$log"
parts=$(grep -cE '^[0-9]+ passed, [0-9]+ failed$' "$log")
awk -v missing=$((3 - parts)) '/^[0-9]+ passed, [0-9]+ failed$/ { good += $1; bad += $3 }
  END { print good + 0 " passed, " bad + missing " failed"; exit bad + missing > 0 }' "$log"
