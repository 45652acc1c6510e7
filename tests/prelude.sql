-- What every script that makes assertions begins with: each row put into expect says that `got` is `want`, type and value.
CREATE TEMP TABLE expect(name, got, want);
-- The shell turns this off since 3.44, and then no trigger and no view may call an extension.
PRAGMA trusted_schema = ON;
