DELETE FROM log WHERE what = 'counted again';
UPDATE log SET times = (times - 1) / 2;
