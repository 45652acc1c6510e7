#!/usr/bin/env bash
# run_transcript.sh SCRIPT: the sqlite3 shell must print exactly what the lines `--> …` of the script say, errors included; it goes on
# after an error. For plans, for what an error leaves behind, and for what is said inside a transaction that is rolled back.
# An error reads `Error: message (result code)`; without a code it is 1. Plan numbers and the caret under a parse error are left out.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../shell.sh"
script=$(realpath "$1")
cd "$scratch"
larder_shell -cmd ".load $LARDER" -cmd ".bail off" test.db <"$script" >output 2>&1
status=$?
sed -E -e '/^Parse error/,/error here/{/^  /d;}' -e 's/^(Runtime|Parse) error near line [0-9]+: /Error: /' -e 's/ INDEX [0-9]+:/ INDEX /' output >got
sed -n 's/^--> \{0,1\}//p' "$script" >want
[ $status -le 1 ] && [ -s want ] && diff --label want --label got -u want got || { echo "FAIL exit code $status"; exit 1; }
