import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import type { Raw } from '../../shared/ports.ts';
import { makeFolder } from '../support/temp-folder.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1', name: 'payments' };
const CLUSTER = '111122223333/eu-west-1/payments';

function filesOf(raw: Raw): readonly string[] | string {
  return raw.status === 'read' ? raw.files.map(({ file }) => file) : `${raw.status}: ${raw.reason}`;
}

describe('openEvidenceFolder', () => {
  it('lists accounts, regions and clusters by code point, whatever their order on disk', async () => {
    const dir = makeFolder({
      '444455556666/us-gov-west-1/b/rbac.json': '{}',
      '444455556666/us-gov-west-1/B/rbac.json': '{}',
      '444455556666/us-gov-west-1/\u{1F511}/rbac.json': '{}',
      '444455556666/us-gov-west-1/\uFB01/rbac.json': '{}',
      '444455556666/cn-north-1/': '',
      '111122223333/iam.json': '{}',
    });

    const { accounts, regions, clusters, problems, strangers } = await openEvidenceFolder(dir).places();

    expect(accounts).toEqual(['111122223333', '444455556666']);
    expect(regions.map(({ region }) => region)).toEqual(['cn-north-1', 'us-gov-west-1']);
    expect(clusters.map(({ name }) => name)).toEqual(['B', 'b', '\uFB01', '\u{1F511}']);
    expect([problems, strangers]).toEqual([[], []]);
  });

  it('takes the shape of a region, not a list of them', async () => {
    const regions = ['us-iso-east-1', 'eu-isoe-west-1', 'eusc-de-east-1', 'mx-central-1', 'ap-southeast-17'];
    const dir = makeFolder(Object.fromEntries(regions.map((region) => [`111122223333/${region}/`, ''])));

    const places = await openEvidenceFolder(dir).places();

    expect(places.regions.map(({ region }) => region)).toEqual(regions.toSorted());
  });

  it('finds each document at its place, compressed or not', async () => {
    const dir = makeFolder({
      'manifest.json': '{}',
      'keyholder.yml.gz': '',
      '111122223333/iam.json.gz': '',
      '111122223333/eu-west-1/trails.json': '{}',
      [`${CLUSTER}/aws-auth.json`]: '{}',
      [`${CLUSTER}/audit.ndjson.gz`]: '',
    });

    const readers = openEvidenceFolder(dir);

    expect(filesOf(await readers.readTop('manifest'))).toEqual(['manifest.json']);
    expect(filesOf(await readers.readTop('config'))).toEqual(['keyholder.yml.gz']);
    expect(filesOf(await readers.readAccount('111122223333', 'iam'))).toEqual(['111122223333/iam.json.gz']);
    expect(filesOf(await readers.readRegion('111122223333', 'eu-west-1', 'trails'))).toEqual([
      '111122223333/eu-west-1/trails.json',
    ]);
    expect(filesOf(await readers.readCluster(PLACE, 'aws-auth'))).toEqual([`${CLUSTER}/aws-auth.json`]);
    expect(filesOf(await readers.readCluster(PLACE, 'audit-log'))).toEqual([`${CLUSTER}/audit.ndjson.gz`]);
  });

  it('says of a missing document which file would hold it', async () => {
    const readers = openEvidenceFolder(makeFolder({ [`${CLUSTER}/`]: '' }));

    expect(await readers.readCluster(PLACE, 'access-entries')).toEqual({
      status: 'unavailable',
      reason: 'access-entries.json is not in the folder',
    });
    expect(await readers.readCluster(PLACE, 'aws-auth')).toEqual({
      status: 'unavailable',
      reason: 'neither aws-auth.yaml nor aws-auth.json is in the folder',
    });
    expect(await readers.readAccount('111122223333', 'cloudtrail')).toEqual({
      status: 'unavailable',
      reason: 'cloudtrail/ is not in the folder',
    });
    expect(await readers.readAccount('444455556666', 'iam')).toEqual({
      status: 'unavailable',
      reason: '444455556666/ is not in the folder',
    });
  });

  it('reads the plain one of two twins and the YAML of two aws-auths, and names the others', async () => {
    const dir = makeFolder({
      [`${CLUSTER}/rbac.json`]: '{}',
      [`${CLUSTER}/rbac.json.gz`]: '',
      [`${CLUSTER}/aws-auth.json`]: '{}',
      [`${CLUSTER}/aws-auth.yaml`]: '',
      '111122223333/cloudtrail/a.json': '{}',
      '111122223333/cloudtrail/a.json.gz': '',
    });

    const readers = openEvidenceFolder(dir);

    expect(filesOf(await readers.readCluster(PLACE, 'rbac'))).toEqual([`${CLUSTER}/rbac.json`]);
    expect(filesOf(await readers.readCluster(PLACE, 'aws-auth'))).toEqual([`${CLUSTER}/aws-auth.yaml`]);
    expect((await readers.places()).strangers).toEqual([
      '111122223333/cloudtrail/a.json.gz (a.json was read instead)',
      `${CLUSTER}/aws-auth.json (aws-auth.yaml was read instead)`,
      `${CLUSTER}/rbac.json.gz (rbac.json was read instead)`,
    ]);
  });

  it('gives the CloudTrail files of every level in order, and names what is none', async () => {
    const trail = '111122223333/cloudtrail';
    const dir = makeFolder({
      [`${trail}/2026/11/b.json.gz`]: '',
      [`${trail}/2026/02/c.json`]: '{}',
      [`${trail}/a.json`]: '{}',
      [`${trail}/2026/notes.txt`]: '',
    });

    const readers = openEvidenceFolder(dir);

    expect(filesOf(await readers.readAccount('111122223333', 'cloudtrail'))).toEqual([
      `${trail}/2026/02/c.json`,
      `${trail}/2026/11/b.json.gz`,
      `${trail}/a.json`,
    ]);
    expect((await readers.places()).strangers).toEqual([`${trail}/2026/notes.txt`]);
  });

  it('says that a CloudTrail folder holds nothing, or is none', async () => {
    const dir = makeFolder({ '111122223333/cloudtrail/': '', '444455556666/cloudtrail': '' });

    const readers = openEvidenceFolder(dir);

    expect(filesOf(await readers.readAccount('111122223333', 'cloudtrail'))).toBe(
      'unavailable: cloudtrail/ holds no .json file',
    );
    expect(filesOf(await readers.readAccount('444455556666', 'cloudtrail'))).toBe(
      'unavailable: cloudtrail is a file, not a folder',
    );
  });

  it('names files and folders that belong to no place', async () => {
    const dir = makeFolder({
      '.DS_Store': '',
      'notes/private.txt': '',
      '11112222333/iam.json': '{}',
      '111122223333/europe/': '',
      '111122223333/eu-west-1/README': '',
      [`${CLUSTER}/rbac.yaml`]: '',
      [`${CLUSTER}/old/rbac.json`]: '{}',
    });

    expect((await openEvidenceFolder(dir).places()).strangers).toEqual([
      '.DS_Store',
      '11112222333/',
      '111122223333/eu-west-1/README',
      `${CLUSTER}/old/`,
      `${CLUSTER}/rbac.yaml`,
      '111122223333/europe/',
      'notes/',
    ]);
  });

  it('never opens a pipe or a folder in place of a file', async () => {
    const dir = makeFolder({ [`${CLUSTER}/access-entries.json/x`]: '' });
    execFileSync('mkfifo', [join(dir, CLUSTER, 'rbac.json'), join(dir, CLUSTER, 'odd')]);

    const readers = openEvidenceFolder(dir);

    expect(filesOf(await readers.readCluster(PLACE, 'rbac'))).toBe(
      'unavailable: rbac.json is a named pipe, not a file',
    );
    expect(filesOf(await readers.readCluster(PLACE, 'access-entries'))).toBe(
      'unavailable: access-entries.json is a folder, not a file',
    );
    expect((await readers.places()).strangers).toEqual([
      `${CLUSTER}/access-entries.json/`,
      `${CLUSTER}/odd (a named pipe)`,
      `${CLUSTER}/rbac.json (a named pipe)`,
    ]);
  });

  it('follows a link to a file of the folder, and no other link', async () => {
    const outside = makeFolder({ 'secret.json': '{}', 'estate/': '' });
    const dir = makeFolder({ [`${CLUSTER}/rbac.json`]: '{}' });
    const inCluster = (name: string) => join(dir, CLUSTER, name);
    symlinkSync('rbac.json', inCluster('capabilities.json'));
    symlinkSync(join(outside, 'secret.json'), inCluster('access-entries.json'));
    symlinkSync('log-group.json', inCluster('log-group.json'));
    symlinkSync('missing', inCluster('audit.ndjson'));
    symlinkSync('.', join(dir, '111122223333/eu-west-1/again'));
    symlinkSync(join(outside, 'estate'), join(dir, '444455556666'));

    const readers = openEvidenceFolder(dir);
    const read = async (document: 'capabilities' | 'access-entries' | 'log-group' | 'audit-log') =>
      filesOf(await readers.readCluster(PLACE, document));

    expect(await read('capabilities')).toEqual([`${CLUSTER}/capabilities.json`]);
    expect(await read('access-entries')).toContain('access-entries.json is a symbolic link that leaves the folder');
    expect(await read('log-group')).toContain('log-group.json is a symbolic link that leads in a circle');
    expect(await read('audit-log')).toContain('audit.ndjson is a symbolic link that leads nowhere');
    expect((await readers.places()).problems).toEqual([
      {
        file: '111122223333/eu-west-1/again',
        reason: 'expected a folder, got a symbolic link to a folder: its evidence was not read',
      },
      {
        file: '444455556666',
        reason: 'expected a folder, got a symbolic link that leaves the folder: its evidence was not read',
      },
    ]);
  });

  it('names a file whose name is not UTF-8', async () => {
    const dir = makeFolder({ '111122223333/': '' });
    writeFileSync(Buffer.concat([Buffer.from(join(dir, '111122223333/')), Buffer.from([0xff, 0x2e])]), '');

    expect((await openEvidenceFolder(dir).places()).strangers).toEqual([
      '111122223333/\uFFFD. (a name that is not UTF-8)',
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('keeps a cluster whose folder cannot be listed, with the reason', async () => {
    const dir = makeFolder({ [`${CLUSTER}/`]: '' });
    chmodSync(join(dir, CLUSTER), 0);

    const readers = openEvidenceFolder(dir);
    const reason = 'expected a folder that can be listed, got permission denied';

    expect((await readers.places()).clusters).toEqual([PLACE]);
    expect((await readers.places()).problems).toEqual([{ file: CLUSTER, reason }]);
    expect(await readers.readCluster(PLACE, 'rbac')).toEqual({ status: 'unavailable', reason });
  });
});

describe('openEvidenceFolder on what is no evidence folder', () => {
  it.each([
    ['a path where nothing is', () => join(makeFolder(), 'missing'), 'nothing there'],
    ['an empty folder', () => makeFolder(), 'an empty folder'],
    ['a file', () => join(makeFolder({ 'a.json': '{}' }), 'a.json'), 'something that is no folder'],
    [
      'the folder of a cluster',
      () => makeFolder({ 'a.json': '', 'b.json': '', 'c.json': '', 'rbac.json': '' }),
      'no folder named by a 12-digit account, only a.json, b.json, c.json and 1 more',
    ],
    [
      'a link to itself',
      () => {
        const path = join(makeFolder(), 'loop');
        symlinkSync('loop', path);
        return path;
      },
      'a symbolic link that leads in a circle',
    ],
  ])('says what it expected and got of %s', async (_name, make, got) => {
    const dir = make();

    await expect(openEvidenceFolder(dir).places()).rejects.toMatchObject({
      code: 'unreadable-input',
      message: `expected an evidence folder at ${dir}, got ${got}`,
    });
  });

  it.each(['keyholder.yml', 'state.json.gz', 'manifest.json'])('refuses a %s that is no file', async (name) => {
    const dir = makeFolder({ [`${CLUSTER}/`]: '', [`${name}/`]: '' });

    await expect(openEvidenceFolder(dir).places()).rejects.toMatchObject({
      code: 'unreadable-input',
      message: `${name}: expected a file, got a folder`,
    });
  });

  it('accepts a folder that has only a manifest, which may say why there is no more', async () => {
    const dir = makeFolder({ 'manifest.json': '{}' });
    mkdirSync(join(dir, 'notes'));

    expect(await openEvidenceFolder(dir).places()).toMatchObject({ accounts: [], strangers: ['notes/'] });
  });
});
