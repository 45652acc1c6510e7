-- migrate: m/V2__b.rs: it is a migration in Rust, which cannot be run here; write it in SQL
-- refinery has such.
.system mkdir -p m/sub m/2024 && touch m/V1__a.sql m/V2__b.rs m/mod.rs
SELECT migrate('m');
