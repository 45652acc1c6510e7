-- migrate: source must be UTF-8; got '���'
SELECT migrate(CAST(x'c0af80' AS TEXT));
