#!/bin/bash
# The program as who runs a machine meets it: commands, flags, folders, ./start. Last line: N passed, M failed.
set -uo pipefail
cd "$(dirname "$0")/.."
[ -n "${SAURO_TEST_POSTGRES:-}" ] || exec tests/with-postgres "$0" "$@"
sauro=$PWD/${SAURO_BUILD:-build}/sauro
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset SAURO_NOW SAURO_PRACTICE_PASSWORD SAURO_LISTEN PORT
passed=0
failed=0

# Runs; keeps what was said in $out, the complaint without log lines in $why, the exit code in $code.
run() {
  out=$("$@" 2>"$folder/stderr" </dev/null)
  code=$?
  why=$(grep -v '^{"at":' "$folder/stderr")
}
verdict() { # WHAT, and whether the last command held
  if [ "$2" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAIL %s: %s\n  exit %s\n  stdout: %s\n  stderr: %s\n' "$part" "$1" "$code" "$out" "$why"
  fi
}
works() { # WHAT PATTERN COMMAND…
  local what=$1 pattern=$2
  shift 2
  run "$@"
  [ $code -eq 0 ] && grep -qE -- "$pattern" <<<"$out"
  verdict "$what" $?
}
refuses() { # WHAT EXIT PATTERN COMMAND…: one sentence on stderr, nothing on stdout
  local what=$1 exit_code=$2 pattern=$3
  shift 3
  run "$@"
  [ $code -eq "$exit_code" ] && [ "$(grep -c . <<<"$why")" -eq 1 ] && [ -z "$out" ] && grep -qE -- "$pattern" <<<"$why"
  verdict "$what" $?
}

fresh_url() { # sqlite|postgresql NAME
  if [ "$1" = sqlite ]; then
    echo "sqlite:$folder/$2.db"
  else
    psql -q -d "$(printf "$SAURO_TEST_POSTGRES" postgres)" -c "CREATE DATABASE $2" >&2
    printf "$SAURO_TEST_POSTGRES\n" "$2"
  fi
}

first_units_and_accounts() {
  refuses "a unit needs a code" 2 '--unit' "$sauro" unit add
  refuses "a unit needs a kind, and the kinds are told" 2 'so_y_te \(Sở Y tế\).*trung_tam' "$sauro" unit add --unit syt --kind so
  refuses "a unit needs a name" 2 '--name' "$sauro" unit add --unit syt --kind so_y_te
  refuses "a code of capitals is refused" 2 'chữ thường' "$sauro" unit add --unit SYT --kind so_y_te --name "Sở Y tế"
  refuses "an account needs a unit that is there" 2 '--unit' "$sauro" account add quantri --name "Lê Thị Mận" --unit syt --role quantri
  works "the first unit" 'syt' "$sauro" unit add --unit syt --kind so_y_te --name "Sở Y tế tỉnh Hương Giang" --symbol SYT
  refuses "a code is taken once" 5 'đã có' "$sauro" unit add --unit syt --kind so_y_te --name "Sở Y tế khác"
  refuses "a parent must be there" 2 'mã chua-co' "$sauro" unit add --unit tt --kind trung_tam --name "Trung tâm" --parent chua-co
  works "a unit below" 'ttytsh' "$sauro" unit add --unit ttytsh --kind trung_tam --name "Trung tâm Y tế Sông Hương" --parent syt
  works "the tree shows it below its parent" '^ttytsh.*  Trung tâm Y tế Sông Hương$' "$sauro" unit list
  works "the first account gets a password" 'Mật khẩu dùng một lần của quantri: [a-z0-9-]{14}' \
    "$sauro" account add quantri --name "Lê Thị Mận" --unit syt --role quantri
  refuses "a login is taken once" 5 '.' "$sauro" account add quantri --name "Lê Thị Mận" --unit syt --role quantri
  works "the account is listed" 'quantri.*Lê Thị Mận.*syt' "$sauro" account list
  works "all of it is in the sound audit" 'nguyên vẹn: [1-9]' "$sauro" audit verify
}

clock_of_a_real_one() {
  refuses "the clock of a real installation cannot be fixed" 3 'bản luyện tập' env SAURO_NOW=2026-03-20T09:00:00+07:00 "$sauro" unit list
  refuses "a clock that is no moment" 2 '2026-03-20T09:00:00' env SAURO_NOW=today "$sauro" unit list
  refuses "practice data does not go beside real ones" 5 'đã có' "$sauro" practice
}

copies() { # KIND
  local kept=$SAURO_DB
  works "a backup" 'Đã sao lưu' "$sauro" backup "$folder/$1.bak"
  refuses "no restore over data" 5 'còn trống' "$sauro" restore "$folder/$1.bak"
  export SAURO_DB
  SAURO_DB=$(fresh_url "$1" restored)
  refuses "a restore of what is no copy" 2 'sao lưu' "$sauro" restore README.md
  refuses "a restore of no file" 2 'sao lưu' "$sauro" restore "$folder/none"
  works "a restore into an empty database" 'Đã phục hồi' "$sauro" restore "$folder/$1.bak"
  works "the units are back" 'Sông Hương' "$sauro" unit list
  works "the accounts are back" 'quantri' "$sauro" account list
  works "the audit is sound in the copy" 'nguyên vẹn: [1-9]' "$sauro" audit verify
  works "what is restored goes on" 'khoakham' "$sauro" unit add --unit khoakham --kind khoa --name "Khoa Khám bệnh" --parent ttytsh
  SAURO_DB=$kept
  refuses "a backup into no folder" 6 '.' "$sauro" backup "$folder/none/copy"
  refuses "a backup needs a file name" 2 'sauro backup' "$sauro" backup
}

practice() { # KIND
  export SAURO_DB
  SAURO_DB=$(fresh_url "$1" practice)
  works "practice data with its own clock" 'Sông Hương' env SAURO_NOW=2026-03-20T09:00:00+07:00 "$sauro" practice
  works "practice data stay once" 'như lần nạp đầu tiên' "$sauro" practice --if-empty yes
  works "a practice instance lives on another day" '^[a-z]' env SAURO_NOW=2026-06-01T09:00:00+07:00 "$sauro" unit list
}

flags_and_folders() {
  works "the help names its commands" 'sauro plan read FILE' "$sauro" --help
  refuses "an unknown command" 2 '--help' "$sauro" fly
  refuses "an unknown flag" 2 'Không có tùy chọn --wings' "$sauro" unit list --wings 2
  refuses "a flag without its value" 2 '--unit cần một giá trị' "$sauro" unit list --unit
  refuses "an unknown level of the log" 2 'debug, info' "$sauro" unit list --log loud
  refuses "an address that is none" 2 '127.0.0.1:8080' "$sauro" serve --listen here
  refuses "an unknown kind of database" 6 'postgresql://' "$sauro" unit list --db mysql:x
  refuses "a database server that is away" 6 'chưa trả lời' "$sauro" unit list --db postgresql://127.0.0.1:1/none
  refuses "a database in no folder" 6 'thư mục' "$sauro" unit list --db "sqlite:$folder/none/x.db"
  refuses "a data folder that cannot be" 6 'thư mục dữ liệu /proc/none' "$sauro" practice --data /proc/none --db "sqlite:$folder/p.db"
  : >"$folder/file"
  refuses "a data folder that is a file" 6 "thư mục dữ liệu $folder/file" "$sauro" unit list --data "$folder/file" --db "sqlite:$folder/p.db"
  refuses "a plan that is not there" 2 '.' "$sauro" plan read "$folder/none.docx"
  refuses "a plan that is none" 2 '.' "$sauro" plan read "$sauro"
  works "the routes, with who may" $'^GET\t/dang-nhap\tmọi người$' "$sauro" routes
}

free_port() { # below those that the kernel gives to outgoing connections
  local port
  for port in $(shuf -i 20000-32000 -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# A disk of 1 MB that only this part sees.
full_disk() {
  if ! unshare -rm true 2>/dev/null; then
    echo "skipped: this machine lets nobody mount a small disk"
    return
  fi
  mkdir "$folder/disk"
  refuses "a full disk at the first start" 6 'đầy|lưu|ghi' unshare -rm sh -c \
    'mount -t tmpfs -o size=1m none "$1/disk" && head -c 1000000 /dev/zero >"$1/disk/ballast"; "$0" practice --data "$1/disk" --db "sqlite:$1/disk/sauro.db"' \
    "$sauro" "$folder"
  refuses "a disk that cannot be written" 6 'ghi được' unshare -rm sh -c \
    'mount -t tmpfs -o ro none "$1/disk" && "$0" practice --data "$1/disk" --db "sqlite:$1/disk/sauro.db"' "$sauro" "$folder"
}

starting() {
  export SAURO_DATA=$folder/started
  unset SAURO_DB
  refuses "a port that is no number" 1 'PORT cần là một số' env PORT=tám ./start
  refuses "a port beyond all" 1 'PORT cần là một số' env PORT=65536 ./start
  refuses "a data folder that cannot be made" 1 'thư mục dữ liệu /proc/none' env SAURO_DATA=/proc/none ./start
  local port address server from line
  port=$(free_port)
  exec {from}< <(PORT=$port exec ./start 2>&1)
  server=$!
  out='' code=0 why=''
  while read -r -t 60 -u "$from" line; do
    out+=$line$'\n'
    [[ $line == *'đang phục vụ tại'* ]] && break
  done
  address=$(grep -oE 'http://[0-9.:]+' <<<"$out")
  grep -q 'mật khẩu: ' <<<"$out"
  verdict "./start tells the accounts" $?
  curl -fsS "$address/healthz" >/dev/null 2>&1 && curl -fsS "$address/" 2>/dev/null | grep -q 'Sáu Rõ'
  verdict "./start serves" $?
  refuses "a port that is taken" 1 "Cổng $port đang có chương trình khác" env PORT="$port" ./start
  refuses "an address that is taken" 6 "cổng $port" "$sauro" serve --listen "127.0.0.1:$port" --db "sqlite:$SAURO_DATA/sauro.db"
  kill -TERM "$server"
  wait "$server"
  code=$?
  [ $code -eq 0 ]
  verdict "it ends orderly when asked" $?
}

export SAURO_DB SAURO_DATA
for kind in sqlite postgresql; do
  part=$kind
  SAURO_DATA=$folder/data-$kind
  SAURO_DB=$(fresh_url "$kind" real)
  first_units_and_accounts
  clock_of_a_real_one
  copies "$kind"
  practice "$kind"
done
part=start
SAURO_DB=sqlite:$folder/flags.db
flags_and_folders
full_disk
starting
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
