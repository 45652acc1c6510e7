#!/usr/bin/env bash
# run_recipe.sh CHECK.sql: runs the recipe of that name in sql/recipes and then the check, whose rows in expect are assertions.
# The check's first line says how often the recipe runs: `-- starts: 2`, or `-- starts: 4 at once` for as many shells side by side.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/shell.sh"
. "$here/verdicts.sh"
check=$(realpath "$1")
recipe=$(basename "$check")
read -r _ _ starts together < <(head -n 1 "$check")
cp "$here"/../sql/recipes/* "$scratch" && cd "$scratch" && chmod u+w ./* || exit 1

start() { larder_shell -cmd ".load $LARDER" recipe.db <"$recipe" 2>&1; }

pids=()
for ((i = 1; i <= starts; i++)); do
  if [ "${together:-}" = "at once" ]; then
    start >"output.$i" &
    pids+=($!)
  else
    start >"output.$i" || { cat "output.$i"; echo "FAIL start $i"; exit 1; }
  fi
done
for pid in "${pids[@]}"; do
  wait "$pid" || { cat output.*; echo "FAIL one of $starts starts at once"; exit 1; }
done
cat output.*

judge "$check" recipe.db
