-- checkpoint_advance: the checkpoint is a number, which cannot be compared with text; got '7'
-- Text sorts after every number: '7' would move past 100 and could never be passed again.
SELECT checkpoint_set('orders', 100);
SELECT checkpoint_advance('orders', '7');
