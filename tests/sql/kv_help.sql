-- Every function and table explains itself.
INSERT INTO expect SELECT 'signature of ' || name, substr(signature, 1, length(name) + 1), name || '(' FROM kv_help;
INSERT INTO expect SELECT 'summary of ' || name, summary GLOB '?*.' AND length(summary) < 120, 1 FROM kv_help;
INSERT INTO expect VALUES ('names are unique', (SELECT count(*) = count(DISTINCT name) FROM kv_help), 1);
-- Every function that is registered is there, with each number of arguments that its signature names, and no other.
INSERT INTO expect
SELECT 'function ' || name, EXISTS (SELECT 1 FROM kv_help AS h WHERE h.name = f.name), 1
FROM pragma_function_list AS f
WHERE name GLOB 'cache_*' OR name GLOB 'ledger_*' OR name GLOB 'checkpoint_*' OR name GLOB 'migrate*' OR name GLOB 'kv_*';
INSERT INTO expect
SELECT 'arguments of ' || name, (SELECT max(narg) FROM pragma_function_list AS f WHERE f.name = h.name),
  iif(signature GLOB '*()', 0, length(signature) - length(replace(signature, ',', '')) + 1)
FROM kv_help AS h WHERE EXISTS (SELECT 1 FROM pragma_function_list AS f WHERE f.name = h.name);
-- Every table is there with its columns in their order.
INSERT INTO expect
SELECT 'columns of ' || name, (SELECT h.name || '(' || group_concat(c.name, ', ') || ')' FROM pragma_table_info(h.name) AS c), signature
FROM kv_help AS h WHERE name GLOB 'kv_*' AND NOT EXISTS (SELECT 1 FROM pragma_function_list AS f WHERE f.name = h.name);
INSERT INTO expect
SELECT 'table ' || name, EXISTS (SELECT 1 FROM kv_help AS h WHERE h.name = m.name), name <> 'kv_hook' FROM pragma_module_list AS m WHERE name GLOB 'kv_*';
