#!/usr/bin/env bash
# run_error.sh SCRIPT: the script's first line is `-- MESSAGE`; the sqlite3 shell must fail and print that message. A second line
# `-- only where EXPRESSION` names a SQLite that can do it; with another one the script is skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/shell.sh"
script=$(realpath "$1")
cd "$scratch"
export LARDER_MIGRATIONS="$here/migrations"
want=$(head -n 1 "$script" | sed 's/^-- //')
only=$(sed -n '2s/^-- only where //p' "$script")
if [ -n "$only" ] && [ "$(larder_shell :memory: "SELECT $only")" = 0 ]; then
  echo "skipped: only where $only"
  exit 77
fi
larder_shell -cmd ".load $LARDER" test.db <"$script" >output 2>&1
status=$?
cat output
[ -n "$want" ] && [ $status -ne 0 ] && [ $status -ne 99 ] && grep -qF -- "$want" output ||
  { echo "FAIL want: $want"; exit 1; }
