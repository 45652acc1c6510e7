-- checkpoint_advance: the checkpoint is a BLOB, which cannot be compared with a number; got 2.5
SELECT checkpoint_set('orders', x'07');
SELECT checkpoint_advance('orders', 2.5);
