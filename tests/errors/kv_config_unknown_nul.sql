-- kv_config: there is no setting 'a�b'; there are
SELECT kv_config('a' || char(0) || 'b');
