-- Which queries on kv_cache the indexes of its table answer.
.eqp on
SELECT value FROM kv_cache WHERE key = 'a';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key=?
SELECT value FROM kv_cache WHERE key IN ('a', 'b');
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key=?
SELECT value FROM kv_cache WHERE key > 'a';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key>?
SELECT value FROM kv_cache WHERE key <= 'b';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key<?
SELECT value FROM kv_cache WHERE key >= 'a' AND key < 'b';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key>? AND key<?
SELECT value FROM kv_cache WHERE key GLOB 'user:*';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key GLOB ?
SELECT value FROM kv_cache WHERE expires_at < 300;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX expires_at<?
SELECT value FROM kv_cache WHERE tag = 'author:7' AND expires_at < 300;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX tag=?
SELECT value FROM kv_cache WHERE tag = 'author:7' AND key = 'a';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key=?
SELECT value FROM kv_cache;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX all
-- Ordered by the key index: no sorting, in both directions.
SELECT value FROM kv_cache ORDER BY key;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX all
SELECT value FROM kv_cache WHERE key GLOB 'user:*' ORDER BY key DESC;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key GLOB ?
-- Not so by another column or another collation, nor for more than one key.
SELECT value FROM kv_cache ORDER BY value;
--> QUERY PLAN
--> |--SCAN kv_cache VIRTUAL TABLE INDEX all
--> `--USE TEMP B-TREE FOR ORDER BY
SELECT value FROM kv_cache WHERE key = 'a' COLLATE NOCASE;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX all
SELECT value FROM kv_cache ORDER BY key COLLATE NOCASE;
--> QUERY PLAN
--> |--SCAN kv_cache VIRTUAL TABLE INDEX all
--> `--USE TEMP B-TREE FOR ORDER BY
SELECT value FROM kv_cache WHERE key IN ('a', 'b') ORDER BY key;
--> QUERY PLAN
--> |--SCAN kv_cache VIRTUAL TABLE INDEX key=?
--> `--USE TEMP B-TREE FOR ORDER BY
-- LIKE ignores case, which the index does not.
SELECT value FROM kv_cache WHERE key LIKE 'user:%';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX all
UPDATE kv_cache SET value = 1 WHERE key = 'a';
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX key=?
DELETE FROM kv_cache WHERE expires_at < 300;
--> QUERY PLAN
--> `--SCAN kv_cache VIRTUAL TABLE INDEX expires_at<?
