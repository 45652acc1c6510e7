// What a program may write, and what it may not. tsc reads it; nobody runs it.
import { DatabaseSync } from 'node:sqlite';
import Database from 'better-sqlite3';
import sqlite3 from 'sqlite3';
import { getLoadablePath, load, type ErrorCode, type Options } from 'sqlite-larder';

const options: Options = { path: getLoadablePath() };
const better: Database.Database = load(new Database('app.db'), options);
const node: DatabaseSync = load(new DatabaseSync('app.db', { allowExtension: true }));
const later: Promise<sqlite3.Database> = load(new sqlite3.Database('app.db'));
const code: ErrorCode = 'ERR_LARDER_PLATFORM';
// @ts-expect-error: a promise
const early: sqlite3.Database = load(new sqlite3.Database('app.db'));
// @ts-expect-error: no database
load(code);
// @ts-expect-error: no such option
load(better, { file: 'larder.so' });
console.log(better, node, later, early);
