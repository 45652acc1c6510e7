-- checkpoint_advance: the checkpoint is text, which cannot be compared with a number; got 7
SELECT checkpoint_set('orders', '2026-01-01');
SELECT checkpoint_advance('orders', 7);
