# Sourced by the runners of scripts that make assertions.

# judge SCRIPT DATABASE: runs a script in the sqlite3 shell, loaded; fails when a statement or an assertion does, and when an
# INSERT INTO expect makes none, as one from a table without rows.
judge() {
  local status lines
  awk -f "$here/verdicts.awk" "$1" |
    larder_shell -cmd ".load $LARDER" -cmd ".read $here/prelude.sql" "$2" >verdicts 2>&1
  status=$?
  grep -v '^ok line ' verdicts
  [ $status -eq 0 ] || echo "the shell ended with $status"
  lines=$(grep -n 'INSERT INTO expect' "$1" | cut -d : -f 1)
  for line in $lines; do
    grep -qE "^(ok|FAIL) line $line(:|\$)" verdicts || { echo "FAIL line $line: no assertion was made"; status=1; }
  done
  echo "$(grep -c '^ok line ' verdicts) assertions hold"
  [ $status -eq 0 ] && [ -n "$lines" ] && ! grep -q '^FAIL ' verdicts
}
