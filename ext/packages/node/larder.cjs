'use strict';
// All of the package. It gets Node's modules from index.cjs and index.mjs, since each has its own way to them: so both do the
// same, and a bundle in either format works.

// The packages with a binary, one for each machine that Larder was built for.
const { optionalDependencies: PACKAGES } = require('./package.json');
const PREFIX = 'sqlite-larder-';
const ENDINGS = { darwin: '.dylib', win32: '.dll' };

const FORBIDDEN = [
  [/not allowed|allowExtension is not enabled|not authorized/, 'open it with { allowExtension: true }'],
  [/does not support dynamic extension loading/, 'call Database.setCustomSQLite() with another libsqlite3 before you open it'],
];

function failure(code, message, cause) {
  return Object.assign(new Error(`sqlite-larder: ${message}`, cause && { cause }), { code });
}

// Deno does not show a variable without --allow-env; then it was not meant for us.
function pathInEnvironment() {
  try {
    return process.env.LARDER_PATH;
  } catch {
    return undefined;
  }
}

// The libc of the running program, not of the machine, which may have both. Deno does not give the report without --allow-sys;
// it is made for glibc only.
function isMusl() {
  if (process.platform !== 'linux') return false;
  const { report } = process;
  try {
    const before = report.excludeNetwork;
    report.excludeNetwork = true; // it would look up the name of each peer
    const { header } = report.getReport();
    report.excludeNetwork = before;
    return !header.glibcVersionRuntime;
  } catch {
    return false;
  }
}

// Electron shows the files of an archive as if they lay in a folder of its name, but only to JavaScript. What is to be loaded
// lies beside it.
function outsideArchive(file) {
  return file.replace(/\.asar(?=[\\/])/, '.asar.unpacked');
}

const ending = () => ENDINGS[process.platform] ?? '.so';

// SQLite tries the name, and then the name with the ending. When both fail it reports the second: of larder.so that there is no
// larder.so.so, and not why larder.so could not be loaded.
function withoutEnding(file) {
  return file.endsWith(ending()) ? file.slice(0, -ending().length) : file;
}

function explained(error) {
  const hint = FORBIDDEN.find(([message]) => message.test(error.message))?.[1];
  return hint ? failure('ERR_LARDER_NOT_ALLOWED', `this database cannot load extensions: ${hint}`, error) : error;
}

// node-sqlite3 calls back; the package "sqlite" around it returns a promise.
function loadLater(db, file) {
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(explained(error)) : resolve(db));
    const result = db.loadExtension(file, done);
    if (typeof result?.then === 'function') result.then(() => done(), done);
  });
}

module.exports = ({ fs, path, resolve }) => {
  function installedFile() {
    const machine = `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`;
    const name = PREFIX + machine;
    if (!Object.hasOwn(PACKAGES, name)) {
      const known = Object.keys(PACKAGES).map((each) => each.slice(PREFIX.length));
      throw failure('ERR_LARDER_PLATFORM', `there is no binary for ${machine}, only for ${known.join(', ')}. ` +
        'Compile Larder there, and name the file in LARDER_PATH or the option path');
    }
    try {
      return resolve(`${name}/larder${ending()}`);
    } catch (error) {
      throw failure('ERR_LARDER_NOT_INSTALLED', `cannot find the package ${name}. It is an optional dependency: ` +
        'install without --omit=optional, and for the machine that runs this. In a bundle, keep sqlite-larder out of it ' +
        '(external), or name the file in LARDER_PATH or the option path', error);
    }
  }

  function namedFile(name) {
    const file = outsideArchive(path.resolve(name));
    try {
      fs.accessSync(file);
    } catch (error) {
      if (error.code === 'ENOENT') throw failure('ERR_LARDER_NO_FILE', `there is no file ${file}`, error);
    }
    return file;
  }

  function getLoadablePath(options) {
    const name = options?.path || pathInEnvironment();
    return name ? namedFile(name) : outsideArchive(installedFile());
  }

  function load(db, options) {
    if (typeof db?.loadExtension !== 'function') {
      throw new TypeError('sqlite-larder: load() needs an open database that has loadExtension()');
    }
    const file = withoutEnding(getLoadablePath(options));
    if (typeof db.parallelize === 'function') return loadLater(db, file);
    try {
      db.loadExtension(file);
    } catch (error) {
      throw explained(error);
    }
    return db;
  }

  return { getLoadablePath, load };
};
