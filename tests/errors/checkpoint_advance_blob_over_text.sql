-- checkpoint_advance: the checkpoint is text, which cannot be compared with a BLOB; got a BLOB of 1 bytes
SELECT checkpoint_set('orders', '2026-01-01');
SELECT checkpoint_advance('orders', x'07');
