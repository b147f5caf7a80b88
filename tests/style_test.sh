#!/bin/bash
# Rules of the house that no compiler holds: sizes, banned calls, the direction of includes. Last line: N passed, M failed.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0
failed=0

# rule WHAT: reads findings, one a line; none is a pass.
rule() {
  local found
  found=$(cat)
  if [ -z "$found" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAIL %s\n%s\n' "$1" "$found"
  fi
}

mapfile -t code < <(find platform modules app tests fuzz bench -name '*.[ch]' 2>/dev/null | sort)
mapfile -t rules < <(printf '%s\n' "${code[@]}" | grep -E '^(modules|app)/' | grep -v '_test\.c$')
mapfile -t texts < <(git ls-files --cached --others --exclude-standard | grep -vE '^(tests/style_test\.sh|package-lock\.json|assets/.*\.js)$' |
  grep -E '\.(c|h|sql|html|mjs|js|css|sh|py|md|txt|json|build)$|^(start|check)$|^tools/|^\.ci/')

rule "calls that are banned" < <(grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strtok|gmtime|localtime|asctime|ctime|gets|alloca|system|popen)\(' "${code[@]}")
rule "memory outside the arena" < <(grep -nE '\b(malloc|calloc|realloc|strdup|strndup|asprintf)\(' "${rules[@]}")
rule "SQL in C" < <(grep -nE '"(SELECT|INSERT INTO|UPDATE|DELETE FROM) ' "${rules[@]}")
rule "the clock is c->now" < <(grep -nE '\b(time|clock_gettime|gettimeofday)\(|\bclock_now\(' "${rules[@]}" | grep -v '^app/main\.c:')
rule "files over 500 lines" < <(wc -l "${code[@]}" | awk '$2 != "total" && $1 > 500')
rule "functions over 60 lines" < <(awk 'FNR == 1 { start = 0 } $0 == "{" { start = FNR }
  $0 == "}" && start { if (FNR - start - 1 > 60) print FILENAME ":" start ": " FNR - start - 1 " lines"; start = 0 }' "${code[@]}")
rule "unfinished work" < <(grep -nE 'TODO|FIXME|coming soon|sắp ra mắt' "${texts[@]}")
rule "paths of one machine" < <(grep -nE '(^|[^a-zA-Z0-9.*_/-])/(work|home/[a-z]+|root)/' "${texts[@]}")
rule "tabs and trailing spaces in C" < <(grep -nE $'\t|[[:space:]]$' "${code[@]}")
rule "scripts are executable" < <(find start check tools tests packaging .ci -type f \( -name '*.sh' -o ! -name '*.*' \) ! -perm -u+x)

# ---- app → modules → platform ----

includes() { # PATTERN OF FILES: "file<TAB>included", paths from the top
  grep -HoE '^#include "[^"]+"' "${code[@]}" | sed -E 's/^([^:]+):#include "([^"]+)"/\1\t\2/' | grep -E "^($1)"
}
rule "platform knows no module" < <(includes 'platform/' | grep -vE '_test\.c' | awk -F'\t' '$2 ~ /^(modules|app)\//')
rule "modules do not know the program" < <(includes 'modules/' | grep -vE '_test\.c' | awk -F'\t' '$2 ~ /^app\//')

# "person unit": person may use unit, by the table of docs/house.md; every module may use audit.
allowed=$(awk -F'|' '/^\| module \|/ { on = 1; next } !/^\|/ { on = 0 }
  on && $2 ~ /`/ { gsub(/[ `]/, "", $2); n = split($4, use, /[ ,–]+/); for (i = 1; i <= n; i++) if (use[i] != "") print $2, use[i] }' docs/house.md)
used=$(includes 'modules/[a-z]+/' | grep -v '_test\.c' | awk -F'\t' '{ split($1, from, "/"); split($2, to, "/")
  if (to[1] == "modules" && to[3] != "" && from[2] != to[2]) print from[2], to[2] }' | sort -u)
rule "modules use only what docs/house.md allows" < <(grep -v ' audit$' <<<"$used" | grep -vxF "$allowed")
rule "modules form no circle" < <(tsort <<<"$used" 2>&1 >/dev/null)
rule "docs/house.md names every module" < <(for folder in modules/*/; do
  name=${folder#modules/}
  grep -q "^| \`${name%/}\` |" docs/house.md || echo "${name%/}"
done)
# What only its own module may include: *_own.h, *_inner.h, *_parts.h and whatever else x.c keeps for itself.
rule "inner headers stay inside" < <(includes 'modules/[a-z]+/|app/' | grep -v '_test\.c' | awk -F'\t' '{ split($1, from, "/"); split($2, to, "/")
  if (to[1] == "modules" && from[2] != to[2] && to[3] ~ /_(own|inner|parts|pages|mark|frozen|match)\.h$/) print $1 ": " $2 }')
rule "generated queries stay inside" < <(includes 'modules/[a-z]+/' | grep -v '_test\.c' | awk -F'\t' '$2 ~ /_queries\.h$/ { split($1, from, "/"); split($2, name, "_")
  if (name[1] != from[2]) print $1 ": " $2 }')

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
