import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import larder from './larder.cjs';

// A bundle in CommonJS has only the second.
const resolve = (name) => createRequire(import.meta.url ?? __filename).resolve(name);
export const { getLoadablePath, load } = larder({ fs, path, resolve });
