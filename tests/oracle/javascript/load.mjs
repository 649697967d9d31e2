// Prints what a configuration file exports in a production build, as JSON: load.mjs FILE.
import { pathToFileURL } from 'node:url';
import { basename } from 'node:path';

const file = process.argv[2];
const ofVite = basename(file).startsWith('vite');

async function plain(value) {
  if (typeof value === 'function') {
    if (value.length > 0) return { '?': 'a function' };
    try {
      const made = await value();
      return made === undefined || typeof made === 'function' ? { '?': 'a function' } : plain(made);
    } catch {
      return { '?': 'a function' };
    }
  }
  if (value === undefined || value === null) return null;
  if (value instanceof RegExp) return { '?': 'a regular expression' };
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (typeof value !== 'object') return value;
  const made = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) made[key] = await plain(value[key]);
  }
  return made;
}

let exported = (await import(pathToFileURL(file))).default;
if (typeof exported === 'function') {
  exported = await (ofVite
    ? exported({ command: 'build', mode: 'production', isSsrBuild: false, isPreview: false })
    : exported('phase-production-build', { defaultConfig: {} }));
}
process.stdout.write(JSON.stringify(await plain(exported)));
