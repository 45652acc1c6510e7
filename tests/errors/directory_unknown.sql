-- migrate: nowhere/: cannot read the directory: No such file or directory
SELECT migrate('nowhere/');
