-- What every test script begins with: each row put into expect is an assertion that `got` is `want`, type and value.
CREATE TEMP TABLE expect(name, got, want);
