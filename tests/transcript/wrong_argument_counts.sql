-- Too few and too many arguments are refused before anything runs.
SELECT cache_get();
--> Error: wrong number of arguments to function cache_get()
SELECT cache_get(1, 2, 3, 4);
--> Error: wrong number of arguments to function cache_get()
SELECT cache_set(1);
--> Error: wrong number of arguments to function cache_set()
SELECT cache_set(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function cache_set()
SELECT cache_add(1);
--> Error: wrong number of arguments to function cache_add()
SELECT cache_add(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function cache_add()
SELECT cache_replace(1);
--> Error: wrong number of arguments to function cache_replace()
SELECT cache_replace(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function cache_replace()
SELECT cache_cas(1, 2);
--> Error: wrong number of arguments to function cache_cas()
SELECT cache_cas(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function cache_cas()
SELECT cache_incr();
--> Error: wrong number of arguments to function cache_incr()
SELECT cache_incr(1, 2, 3, 4);
--> Error: wrong number of arguments to function cache_incr()
SELECT cache_has();
--> Error: wrong number of arguments to function cache_has()
SELECT cache_has(1, 2);
--> Error: wrong number of arguments to function cache_has()
SELECT cache_ttl();
--> Error: wrong number of arguments to function cache_ttl()
SELECT cache_ttl(1, 2);
--> Error: wrong number of arguments to function cache_ttl()
SELECT cache_touch(1);
--> Error: wrong number of arguments to function cache_touch()
SELECT cache_touch(1, 2, 3);
--> Error: wrong number of arguments to function cache_touch()
SELECT cache_pop();
--> Error: wrong number of arguments to function cache_pop()
SELECT cache_pop(1, 2, 3);
--> Error: wrong number of arguments to function cache_pop()
SELECT cache_del();
--> Error: wrong number of arguments to function cache_del()
SELECT cache_del(1, 2, 3);
--> Error: wrong number of arguments to function cache_del()
SELECT cache_clear(1, 2);
--> Error: wrong number of arguments to function cache_clear()
SELECT cache_clear_tag();
--> Error: wrong number of arguments to function cache_clear_tag()
SELECT cache_clear_tag(1, 2);
--> Error: wrong number of arguments to function cache_clear_tag()
SELECT cache_stale();
--> Error: wrong number of arguments to function cache_stale()
SELECT cache_stale(1, 2, 3);
--> Error: wrong number of arguments to function cache_stale()
SELECT cache_claim(1);
--> Error: wrong number of arguments to function cache_claim()
SELECT cache_claim(1, 2, 3);
--> Error: wrong number of arguments to function cache_claim()
SELECT ledger_mark();
--> Error: wrong number of arguments to function ledger_mark()
SELECT ledger_mark(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function ledger_mark()
SELECT ledger_seen();
--> Error: wrong number of arguments to function ledger_seen()
SELECT ledger_seen(1, 2, 3);
--> Error: wrong number of arguments to function ledger_seen()
SELECT ledger_result(1);
--> Error: wrong number of arguments to function ledger_result()
SELECT ledger_result(1, 2, 3);
--> Error: wrong number of arguments to function ledger_result()
SELECT ledger_forget();
--> Error: wrong number of arguments to function ledger_forget()
SELECT ledger_forget(1, 2, 3);
--> Error: wrong number of arguments to function ledger_forget()
SELECT ledger_add(1);
--> Error: wrong number of arguments to function ledger_add()
SELECT ledger_add(1, 2, 3, 4, 5, 6);
--> Error: wrong number of arguments to function ledger_add()
SELECT ledger_next(1);
--> Error: wrong number of arguments to function ledger_next()
SELECT ledger_next(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function ledger_next()
SELECT ledger_claim(1, 2);
--> Error: wrong number of arguments to function ledger_claim()
SELECT ledger_claim(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function ledger_claim()
SELECT ledger_renew(1, 2, 3);
--> Error: wrong number of arguments to function ledger_renew()
SELECT ledger_renew(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function ledger_renew()
SELECT ledger_done(1, 2);
--> Error: wrong number of arguments to function ledger_done()
SELECT ledger_done(1, 2, 3, 4, 5, 6);
--> Error: wrong number of arguments to function ledger_done()
SELECT ledger_fail(1, 2, 3);
--> Error: wrong number of arguments to function ledger_fail()
SELECT ledger_fail(1, 2, 3, 4, 5, 6);
--> Error: wrong number of arguments to function ledger_fail()
SELECT ledger_release(1, 2);
--> Error: wrong number of arguments to function ledger_release()
SELECT ledger_release(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function ledger_release()
SELECT ledger_skip(1, 2);
--> Error: wrong number of arguments to function ledger_skip()
SELECT ledger_skip(1, 2, 3, 4);
--> Error: wrong number of arguments to function ledger_skip()
SELECT checkpoint_set(1);
--> Error: wrong number of arguments to function checkpoint_set()
SELECT checkpoint_set(1, 2, 3);
--> Error: wrong number of arguments to function checkpoint_set()
SELECT checkpoint_get();
--> Error: wrong number of arguments to function checkpoint_get()
SELECT checkpoint_get(1, 2, 3);
--> Error: wrong number of arguments to function checkpoint_get()
SELECT checkpoint_advance(1);
--> Error: wrong number of arguments to function checkpoint_advance()
SELECT checkpoint_advance(1, 2, 3);
--> Error: wrong number of arguments to function checkpoint_advance()
SELECT checkpoint_del();
--> Error: wrong number of arguments to function checkpoint_del()
SELECT checkpoint_del(1, 2);
--> Error: wrong number of arguments to function checkpoint_del()
SELECT lease_acquire(1);
--> Error: wrong number of arguments to function lease_acquire()
SELECT lease_acquire(1, 2, 3, 4);
--> Error: wrong number of arguments to function lease_acquire()
SELECT lease_renew(1, 2);
--> Error: wrong number of arguments to function lease_renew()
SELECT lease_renew(1, 2, 3, 4);
--> Error: wrong number of arguments to function lease_renew()
SELECT lease_release(1);
--> Error: wrong number of arguments to function lease_release()
SELECT lease_release(1, 2, 3);
--> Error: wrong number of arguments to function lease_release()
SELECT lease_check(1);
--> Error: wrong number of arguments to function lease_check()
SELECT lease_check(1, 2, 3);
--> Error: wrong number of arguments to function lease_check()
SELECT rate_take(1, 2);
--> Error: wrong number of arguments to function rate_take()
SELECT rate_take(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function rate_take()
SELECT run_start(1);
--> Error: wrong number of arguments to function run_start()
SELECT run_start(1, 2, 3, 4, 5);
--> Error: wrong number of arguments to function run_start()
SELECT run_tick();
--> Error: wrong number of arguments to function run_tick()
SELECT run_tick(1, 2, 3, 4);
--> Error: wrong number of arguments to function run_tick()
SELECT run_finish();
--> Error: wrong number of arguments to function run_finish()
SELECT run_finish(1, 2, 3, 4);
--> Error: wrong number of arguments to function run_finish()
SELECT kv_sweep(1, 2);
--> Error: wrong number of arguments to function kv_sweep()
SELECT kv_config();
--> Error: wrong number of arguments to function kv_config()
SELECT kv_config(1, 2, 3);
--> Error: wrong number of arguments to function kv_config()
SELECT kv_clock(1, 2);
--> Error: wrong number of arguments to function kv_clock()
SELECT kv_busy_timeout(1, 2);
--> Error: wrong number of arguments to function kv_busy_timeout()
SELECT kv_version(1);
--> Error: wrong number of arguments to function kv_version()
SELECT migrate(1, 2, 3, 4);
--> Error: wrong number of arguments to function migrate()
SELECT migrate_down();
--> Error: wrong number of arguments to function migrate_down()
SELECT migrate_down(1, 2, 3);
--> Error: wrong number of arguments to function migrate_down()
SELECT migrate_check(1, 2);
--> Error: wrong number of arguments to function migrate_check()
SELECT migrate_baseline();
--> Error: wrong number of arguments to function migrate_baseline()
SELECT migrate_baseline(1, 2, 3);
--> Error: wrong number of arguments to function migrate_baseline()
SELECT migrate_repair();
--> Error: wrong number of arguments to function migrate_repair()
SELECT migrate_repair(1, 2, 3);
--> Error: wrong number of arguments to function migrate_repair()
SELECT * FROM kv_migration(1, 2);
--> Error: too many arguments on kv_migration() - max 1
