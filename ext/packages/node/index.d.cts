/** A database of better-sqlite3, node:sqlite, bun:sqlite, node-sqlite3, or of whatever else loads extensions as they do. */
export interface Loadable {
  loadExtension(path: string): unknown;
}

/** One whose calls end later: node-sqlite3, and the package "sqlite" around it. */
export interface AsyncLoadable extends Loadable {
  parallelize(...args: any[]): unknown;
}

export interface Options {
  /**
   * The file to load in place of the one that was installed. The environment variable LARDER_PATH says the same for a whole
   * process; this option goes before it.
   */
  path?: string | undefined;
}

/** The `code` of an error of this package. What the database itself refuses has the database's own. */
export type ErrorCode =
  /** There is no binary of Larder for this machine. */
  | 'ERR_LARDER_PLATFORM'
  /** There is one, in an optional dependency that is not installed, or not found from a bundle. */
  | 'ERR_LARDER_NOT_INSTALLED'
  /** The file that `path` or LARDER_PATH names is not there. */
  | 'ERR_LARDER_NO_FILE'
  /** The database was opened in a way that forbids extensions, or its SQLite cannot load any. */
  | 'ERR_LARDER_NOT_ALLOWED';

/** The absolute path of larder.so, larder.dylib or larder.dll. */
export function getLoadablePath(options?: Options): string;

/** Loads Larder into the database, and returns the database: a promise of it where its calls end later. */
export function load<DB extends Loadable>(db: DB, options?: Options): DB extends AsyncLoadable ? Promise<DB> : DB;
