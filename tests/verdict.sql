-- What every test script ends with: the assertions that failed, and how many there were.
.mode list
.headers off
SELECT 'FAIL ' || name || ': got ' || quote(got) || ', want ' || quote(want)
FROM temp.expect
WHERE got IS NOT want OR typeof(got) <> typeof(want);
SELECT 'FAIL no assertion was made' WHERE NOT EXISTS (SELECT 1 FROM temp.expect);
SELECT count(*) || ' assertions' FROM temp.expect;
