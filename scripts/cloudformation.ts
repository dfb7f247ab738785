/** Writes dist/cloudformation/ from what `osls package` left: a plain template, its zips, and that of the member accounts. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { toPlainTemplate } from './plain-template.ts';
import { fieldsAt } from './templates.ts';
import { type ZippedFile, zipFiles } from './zip.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const PACKAGED = '.serverless';
const OUT = join('dist', 'cloudformation');
const FORWARDER = 'alert-on-log-batch';

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const keys = new Map(
  readdirSync(PACKAGED)
    .filter((file) => file.endsWith('.zip'))
    .map((file) => [file, hashedName(file)]),
);
for (const [file, key] of keys) copyFileSync(join(PACKAGED, file), join(OUT, key));
const packaged: unknown = JSON.parse(readFileSync(join(PACKAGED, 'cloudformation-template-update-stack.json'), 'utf8'));
const template = stringify(toPlainTemplate(fieldsAt({ packaged }, 'packaged'), keys), {
  // CloudFormation reads YAML 1.1, to which OFF is a boolean, and no aliases.
  version: '1.1',
  aliasDuplicateObjects: false,
});
writeFileSync(join(OUT, 'template.yml'), template);
for (const file of ['member-account.yml', 'member-events.yml']) copyFileSync(join('resources', file), join(OUT, file));
// The one function that runs in every account and region, with its entry at the top of the zip.
writeFileSync(join(OUT, `${FORWARDER}.zip`), zipFiles(readBundle(FORWARDER)));
console.log(
  `${OUT}: template.yml (${Buffer.byteLength(template)} bytes), the templates of member accounts, ${keys.size + 1} zips`,
);

function hashedName(file: string): string {
  const hash = createHash('sha256').update(readFileSync(join(PACKAGED, file)));
  return file.replace(/\.zip$/, `-${hash.digest('hex').slice(0, 16)}.zip`);
}

function readBundle(name: string): readonly ZippedFile[] {
  const folder = join('dist', 'functions', name);
  return readdirSync(folder).map((file) => ({ name: file, bytes: readFileSync(join(folder, file)) }));
}
