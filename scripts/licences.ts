/** Fails when a dependency that ships is not permissive, or when the lockfile records where packages came from. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isPermissive, listAddresses, listRuntimeFolders } from './licence-rules.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const lockfile = readJson('package-lock.json');
const folders = listRuntimeFolders(lockfile);
const licences = folders.map((folder) => {
  const { name, version, license } = { ...Object(readJson(`${folder}/package.json`)) };
  return { title: `${name}@${version}`, licence: license };
});
const forbidden = licences.filter(({ licence }) => !isPermissive(licence));
const addresses = listAddresses(lockfile);

for (const { title, licence } of licences) console.log(`${title}: ${licence}`);
for (const { title, licence } of forbidden) console.error(`May not ship: ${title} under ${licence}`);
for (const folder of addresses) console.error(`The lockfile holds a download address: ${folder}`);
if (folders.length === 0) console.error('Expected runtime dependencies in the lockfile, got none.');
process.exitCode = forbidden.length + addresses.length > 0 || folders.length === 0 ? 1 : 0;

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
