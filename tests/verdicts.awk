# The same script, in which each INSERT INTO expect says of each of its rows `ok line 7` or `FAIL line 7: …`. It says so at once: a row
# is gone after a ROLLBACK. Such a statement begins and ends with a line.
/^INSERT INTO expect/ { line = FNR }
line && /;$/ {
  sub(/;$/, "\nRETURNING iif(got IS want AND typeof(got) = typeof(want), 'ok line " line \
    "', 'FAIL line " line ": ' || name || ': got ' || quote(got) || ', want ' || quote(want));")
  line = 0
}
{ print }
