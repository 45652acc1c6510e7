-- checkpoint_get: larder_checkpoint in this database is not Larder's
CREATE VIEW larder_checkpoint AS SELECT 'orders' AS name, 1 AS value;
SELECT checkpoint_get('orders');
