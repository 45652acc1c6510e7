#!/usr/bin/env bash
# run_error.sh SCRIPT: the script's first line is `-- MESSAGE`; the sqlite3 shell must fail and print that message.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/shell.sh"
script=$(realpath "$1")
cd "$scratch"
export LARDER_MIGRATIONS="$here/migrations"
want=$(head -n 1 "$script" | sed 's/^-- //')
larder_shell -cmd ".load $LARDER" test.db <"$script" >output 2>&1
status=$?
cat output
[ -n "$want" ] && [ $status -ne 0 ] && [ $status -ne 99 ] && grep -qF -- "$want" output ||
  { echo "FAIL want: $want"; exit 1; }
