// As types.mts, with the types of Bun.
import { Database } from 'bun:sqlite';
import { load } from 'sqlite-larder';

const db: Database = load(new Database('app.db'));
db.close();
