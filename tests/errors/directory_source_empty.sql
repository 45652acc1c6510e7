-- migrate: source must not be the empty text; the current directory is '.'
SELECT migrate('');
