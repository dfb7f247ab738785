import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../cli/run.ts';
import { CLUSTER, smallEstate } from './support/small-estate.ts';
import { makeFolder } from './support/temp-folder.ts';
import { recordWorld } from './support/world.ts';

async function audit(dir: string) {
  const world = recordWorld();
  const args = ['audit', '--evidence', dir, '--format', 'json', '--now', '2026-11-21T00:00:00Z'];
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err() };
}

/** The coverage row of one source in the audit of the small estate with some files replaced; a null takes one out. */
async function auditWith(files: Readonly<Record<string, string | Uint8Array | null>>, source: string) {
  const estate: Record<string, string | Uint8Array> = smallEstate();
  for (const [path, content] of Object.entries(files)) {
    if (content === null) delete estate[path];
    else estate[path] = content;
  }
  return coverageOf(makeFolder(estate), source);
}

async function coverageOf(dir: string, source: string) {
  const { exitCode, out, err } = await audit(dir);
  expect([exitCode, err]).toEqual([0, '']);
  const report = JSON.parse(out);
  expect(report.summary.clusters).toBe(1);
  return report.clusters[0].coverage.find((row: { source: string }) => row.source === source);
}

const SOURCE_OF: readonly (readonly [path: string, source: string])[] = [
  [`${CLUSTER}/describe-cluster.json`, 'eks-api'],
  [`${CLUSTER}/access-entries.json`, 'eks-api'],
  [`${CLUSTER}/aws-auth.yaml`, 'aws-auth'],
  [`${CLUSTER}/rbac.json`, 'rbac'],
  [`${CLUSTER}/authenticator.log`, 'authenticator-log'],
  [`${CLUSTER}/audit.ndjson`, 'audit-log'],
  ['111122223333/iam.json', 'iam'],
  ['111122223333/cloudtrail/a.json', 'cloudtrail'],
];

describe('audit of a good small estate', () => {
  it.each(SOURCE_OF)('reads %s without a skip', async (_path, source) => {
    expect(await auditWith({}, source)).toMatchObject({ skipped: 0, skips: [] });
  });
});

describe('audit with a bad list beside the core of the EKS API', () => {
  it.each([
    ['no JSON', 'x'],
    ['names only', '{"nodegroups": ["blue"]}'],
  ])('says of the piece that it was not read: %s', async (_name, content) => {
    const row = await auditWith({ [`${CLUSTER}/node-groups.json`]: content }, 'eks-api');

    expect(row.parts['node-groups']).toBe('unavailable');
    expect(row.skipped).toBe(1);
  });
});

describe.each(SOURCE_OF)('audit with a bad %s', (path, source) => {
  const bad: readonly (readonly [name: string, content: string | Uint8Array])[] = [
    ['broken JSON', '{"a": [1, }'],
    ['broken YAML', 'data:\n  mapRoles: |\n  - x: [\n\t- y'],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d, 0x0a)],
    ['JSON nested 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['objects nested 10,000 deep', `${'{"Records":['.repeat(10_000)}${']}'.repeat(10_000)}`],
    ['a YAML alias bomb', Array.from({ length: 40 }, (_, i) => `l${i}: &l${i} [*l${i - 1}, *l${i - 1}]`).join('\n')],
    ['binary noise', Uint8Array.from({ length: 4096 }, (_, index) => (index * 31 + (index >> 5)) % 256)],
    ['JSON of another kind', '{"hello": ["world", 1, null]}'],
    ['a number', '7'],
  ];

  it.each(bad)('counts or names %s', async (_name, content) => {
    const row = await auditWith({ [path]: content }, source);

    expect(row.skipped > 0 || row.status !== 'complete').toBe(true);
    expect(row.status === 'complete' ? row.skips : [row.reason]).not.toContain(null);
  });

  it('names a file that only claims to be gzip', async () => {
    const row = await auditWith({ [path]: null, [`${path}.gz`]: 'plain' }, source);

    expect(row.status).not.toBe('complete');
    expect(row.reason).toContain(`${path}.gz: expected gzip data, as the name says, got other data`);
  });

  it('names a gzip file that breaks off', async () => {
    const packed = gzipSync(smallEstate()[path] ?? '');
    const row = await auditWith({ [path]: null, [`${path}.gz`]: packed.subarray(0, packed.length - 4) }, source);

    expect(row.status).not.toBe('complete');
    expect(row.reason).toContain(`${path}.gz: expected gzip data to its end, got a file that breaks off`);
  });
});

describe.each(SOURCE_OF.slice(0, -1))('audit with no file at %s', (path, source) => {
  const name = path.split('/').at(-1);

  it.each([
    ['a folder', (at: string) => execFileSync('mkdir', [at]), 'a folder'],
    ['a named pipe', (at: string) => execFileSync('mkfifo', [at]), 'a named pipe'],
    ['a link to itself', (at: string) => symlinkSync(`${name}`, at), 'a symbolic link that leads in a circle'],
    [
      'a link out of the folder',
      (at: string) => symlinkSync('/etc/hostname', at),
      'a symbolic link that leaves the folder',
    ],
  ])('names %s in its place', async (_name, put, what) => {
    const { [path]: _, ...files } = smallEstate();
    const dir = makeFolder(files);
    put(join(dir, path));

    const row = await coverageOf(dir, source);

    expect(row.status).not.toBe('complete');
    expect(row.reason).toContain(`${name} is ${what}, not a file`);
  });
});

describe('audit with a bad file at the top', () => {
  it.each([
    [
      'keyholder.yml',
      'acceptedRisks:\n  - finding: x\n',
      'keyholder.yml:2: acceptedRisks[0].owner: expected a value, got nothing;',
    ],
    ['keyholder.yml', 'tags: {required: [', 'keyholder.yml:1: expected YAML, got an error in it:'],
    ['keyholder.yml', '['.repeat(10_000), 'keyholder.yml:1: expected YAML of ordinary depth, got deeper nesting'],
    ['state.json', '{', 'state.json:1: not JSON: expected a key in double quotes'],
    ['manifest.json', '[]', 'manifest.json:1: expected a manifest with schema keyholder.evidence/v1'],
  ])('refuses %s: %s', async (file, content, message) => {
    const { exitCode, out, err } = await audit(makeFolder({ ...smallEstate(), [file]: content }));

    expect([exitCode, out]).toEqual([2, '']);
    expect(err.startsWith(`keyholder: ${message}`)).toBe(true);
    expect(err.trimEnd()).not.toContain('\n');
  });

  it.each([
    ['a missing folder', () => join(makeFolder(), 'missing'), 'nothing there'],
    ['an empty folder', () => makeFolder(), 'an empty folder'],
    ['a file', () => join(makeFolder({ file: '' }), 'file'), 'something that is no folder'],
  ])('says what it expected and got of %s', async (_name, make, got) => {
    const dir = make();

    expect(await audit(dir)).toEqual({
      exitCode: 2,
      out: '',
      err: `keyholder: expected an evidence folder at ${dir}, got ${got}\n`,
    });
  });
});
