-- migrate: source must not contain a NUL character
SELECT migrate('m' || char(0) || 'x');
