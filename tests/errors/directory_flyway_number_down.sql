-- migrate_down: no version has the number 10000000; there are 12023012001 (m/V2023.12.01__a.sql), 12024001015 (m/V2024.01.15__b.sql)
-- Such a number may be that of several of Flyway's versions, and none of these has it.
.system mkdir m && touch m/V2023.12.01__a.sql m/V2024.01.15__b.sql
SELECT migrate_down(10000000, 'm');
