/**
 * Bundles a TypeScript entry with all it imports into one CommonJS file for Node: `node bundle.mjs ENTRY OUTFILE`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);
if (entry === undefined || outfile === undefined) {
  console.error('Usage: node bundle.mjs ENTRY OUTFILE');
  process.exit(1);
}

const emptyModules = new Map();

/**
 * Replaces the modules that a project lists in its package.json, as `"bundle": { "empty": ["ssh2"] }`, by empty ones:
 * packages that a dependency loads at start for a feature that the project does not use.
 * @type {import('esbuild').Plugin}
 */
const emptyUnusedModules = {
  name: 'empty-unused-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./#]/ }, ({ path, importer }) =>
      importer !== '' && emptyModulesFor(importer).includes(path) ? { path, namespace: 'empty' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * What the project says that the importing file belongs to, or was installed for.
 * @param {string} importer
 * @returns {readonly string[]}
 */
function emptyModulesFor(importer) {
  const [project = importer] = importer.split(`${sep}node_modules${sep}`);
  const manifest = nearestManifest(project === importer ? dirname(importer) : project);
  if (!emptyModules.has(manifest)) {
    emptyModules.set(manifest, JSON.parse(readFileSync(manifest, 'utf8')).bundle?.empty ?? []);
  }
  return emptyModules.get(manifest);
}

/**
 * @param {string} directory
 * @returns {string}
 */
function nearestManifest(directory) {
  const manifest = join(directory, 'package.json');
  if (existsSync(manifest)) return manifest;
  if (directory === dirname(directory)) throw new Error('No package.json above the entry');
  return nearestManifest(dirname(directory));
}

try {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Some packages' "main" is UMD, whose requires a bundler cannot see.
    mainFields: ['module', 'main'],
    // Native addons are optional where they are met.
    external: ['*.node', 'cpu-features'],
    plugins: [emptyUnusedModules],
    // Names stay, so that a stack in the log can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
} catch {
  // esbuild has told what is wrong.
  process.exit(1);
}
