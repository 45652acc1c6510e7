// What a program may write, and what it may not. tsc reads it; nobody runs it.
import Database = require('better-sqlite3');
import larder = require('sqlite-larder');
import { load } from 'sqlite-larder';

const db: Database.Database = load(new Database('app.db'), { path: './larder.so' });
const path: string = larder.getLoadablePath();
// @ts-expect-error: no database
load(path);
db.close();
