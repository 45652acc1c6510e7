'use strict';
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const resolve = (name) => createRequire(__filename).resolve(name);
const { getLoadablePath, load } = require('./larder.cjs')({ fs, path, resolve });
module.exports = { getLoadablePath, load };
