#!/usr/bin/env bash
# run_sql.sh SCRIPT: runs a test script in the sqlite3 shell on a new file; fails when an assertion or a statement does.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/shell.sh"
. "$here/verdicts.sh"
script=$(realpath "$1")
cd "$scratch"
export LARDER_RECIPES="$here/../sql/recipes"
export LARDER_MIGRATIONS="$here/migrations"
judge "$script" test.db
