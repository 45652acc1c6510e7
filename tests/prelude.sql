-- What every script that makes assertions begins with: each row put into expect says that `got` is `want`, type and value.
CREATE TEMP TABLE expect(name, got, want);
