#!/bin/bash
# What the documents tell is true: their commands run, what they name is there. Last line: N passed, M failed.
set -uo pipefail
cd "$(dirname "$0")/.."
build=$PWD/${SAURO_BUILD:-build}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset SAURO_DB SAURO_NOW SAURO_LISTEN
export SAURO_DATA=$folder/data
export PATH=$build:$PATH
passed=0
failed=0
mapfile -t documents < <(find . -maxdepth 2 -name '*.md' ! -path './node_modules/*' ! -path './build*' | sed 's,^\./,,' | sort)
help=$(sauro --help)

verdict() { # WHAT, and whether it held
  if [ "$2" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $1"
  fi
}

# The lines of the shell blocks, and what stands `so` in a sentence.
block_lines() { awk '/^ *```sh/ { on = 1; next } /^ *```/ { on = 0 } on && NF' "$1"; }
spoken() { awk '/^ *```/ { on = !on } !on' "$1" | grep -oE '`[^`]+`' | tr -d '`'; }

# What a test must not do, or what other tests do: changes of the machine, ./start, ./check, long runs.
runs_elsewhere='^(\./start|\./check|tools/build|packaging/|meson|ninja|install |systemctl|apt|sudo|node |tests/|git |CC=)|sauro serve'

run_blocks() { # DOCUMENT: its commands in order, on one database of its own
  local document=$1 line
  export SAURO_DB=sqlite:$folder/${document//\//-}.db
  grep -q 'Quản trị\*:' "$document" || sauro practice >/dev/null 2>&1
  while read -r line; do
    line=${line%%  #*}
    [[ $line =~ $runs_elsewhere ]] && continue
    line=${line//\/duong\/dan/$folder}
    bash -c "$line" >"$folder/out" 2>&1 </dev/null || { grep -v '^{"at"' "$folder/out" | head -n 5; false; }
    verdict "$document: $line" $?
  done < <(block_lines "$document")
}

# Every "sauro WORD…" is a command of the program, and its flags exist.
check_commands() { # DOCUMENT
  local said words flag known
  while read -r said; do
    words=$(sed -E 's,^.*\bsauro +,,; s/ +(--|[A-Z"\/.]).*//; s/[^a-z -]//g; s/ +$//' <<<"$said")
    [[ $said =~ sauro\ --help ]] && continue
    known=1
    for try in "$(cut -d' ' -f1-2 <<<"$words")" "${words%% *}"; do
      grep -qE "^  sauro $try( |$)" <<<"$help" && known=0 && break
    done
    verdict "$1: the program has no command '$said'" $known
    while read -r flag; do
      grep -qE "^  +$flag " <<<"$help"
      verdict "$1: the program has no flag $flag" $?
    done < <(sed 's/.*\bsauro //' <<<"$said" | grep -oE -- '--[a-z-]+')
  done < <({ block_lines "$1"; spoken "$1"; } | grep -E '(^|/|[A-Z=a-z./:-]+ )sauro +[a-z-]' | grep -v '^systemctl')
}

check_links() { # DOCUMENT: what it links to lies beside it
  local target
  while read -r target; do
    [ -e "$(dirname "$1")/${target%%#*}" ]
    verdict "$1: nothing lies at $target" $?
  done < <(grep -oE '\]\([^)]+\)' "$1" | sed 's/^](//; s/)$//' | grep -vE '^(https?:|#|mailto:)')
}

check_settings() { # DOCUMENT: each SAURO_… is read somewhere
  local name
  while read -r name; do
    grep -rqF "$name" app platform tests start
    verdict "$1: nothing reads $name" $?
  done < <(grep -oE '\bSAURO_[A-Z_]+' "$1" | sort -u)
}

for document in "${documents[@]}"; do
  run_blocks "$document"
  check_commands "$document"
  check_links "$document"
  check_settings "$document"
done

# The unit file starts what is installed, by a command there is.
grep -qE '^ExecStart=/usr/local/bin/sauro serve ' packaging/sauro.service
verdict "packaging/sauro.service starts the server" $?
if command -v systemd-analyze >/dev/null; then
  sed "s,/usr/local/bin/,$build/," packaging/sauro.service >"$folder/sauro.service"
  systemd-analyze verify "$folder/sauro.service" >/dev/null 2>&1
  verdict "packaging/sauro.service is well formed" $?
fi
meson install -C "$build" --no-rebuild --quiet --destdir "$folder/root" >/dev/null 2>&1
(cd "$folder/root/usr/local/bin" && [ "$(echo *)" = "sauro sauro-image sauro-office sauro-reader sauro-scan" ])
verdict "installing puts the programs side by side" $?
"$folder/root/usr/local/bin/sauro" plan read samples/ke-hoach-mau.docx 2>&1 | grep '"tasks"' >/dev/null
verdict "the installed program reads a plan" $?

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
