-- run_tick: run must be a whole number; got NULL
-- What run_start() returns while another run is alive.
SELECT run_tick(NULL);
