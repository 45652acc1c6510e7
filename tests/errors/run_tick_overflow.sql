-- run_tick: with n more, done is larger than an integer can be
SELECT run_start('a', 5), run_tick(1, 9223372036854775807);
SELECT run_tick(1);
