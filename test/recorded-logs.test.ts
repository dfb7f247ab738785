import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeItem, RECORDED, readItems } from './support/log-input.ts';

const isThere = existsSync(join(RECORDED, 'authenticator-lines.jsonl'));

interface Quoted {
  readonly line: string;
  readonly platform: string;
}

function listQuoted(wanted: (platform: string) => boolean): string {
  const quoted: Quoted[] = readFileSync(join(RECORDED, 'authenticator-lines.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  return quoted
    .filter(({ platform }) => wanted(platform))
    .map(({ line }) => line)
    .join('\n');
}

const listCaptures = (folder: string) =>
  isThere
    ? readdirSync(join(RECORDED, folder)).filter((name) => name.endsWith('.json') && name !== 'expected.json')
    : [];

describe('recorded logs', () => {
  it.runIf(!isThere)('were not read: there is no ../shared/data beside the repository', () => {
    expect(isThere).toBe(false);
  });
});

describe.skipIf(!isThere)('recorded authenticator lines', () => {
  it('parse without a skip when EKS printed them', async () => {
    const items = await readItems(listQuoted((platform) => platform === 'eks'));

    expect(items).toHaveLength(31);
    expect(items.filter((item) => !('record' in item))).toEqual([]);
  });

  it('parse without a skip when others printed them into a log', async () => {
    const items = await readItems(listQuoted((platform) => platform === 'kops' || platform === 'self-hosted'));

    expect(items.filter((item) => !('record' in item))).toEqual([]);
  });

  it('are rejected when they were printed to a terminal', async () => {
    const items = await readItems(listQuoted((platform) => platform.endsWith('-tty')));

    expect(items.map(describeItem)).toEqual(
      Array.from({ length: 3 }, () => 'skip: authenticator line in terminal form'),
    );
  });
});

describe.skipIf(!isThere)('recorded audit events', () => {
  it.each(listCaptures('falco-k8s-audit'))('parse without a skip from %s', async (name) => {
    const items = await readItems(readFileSync(join(RECORDED, 'falco-k8s-audit', name)));

    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(describeItem))).toEqual(new Set(['audit-log']));
  });
});

describe.skipIf(!isThere)('recorded CloudTrail records', () => {
  it.each(listCaptures('cloudtrail'))('parse without a skip from %s', async (name) => {
    const items = await readItems(readFileSync(join(RECORDED, 'cloudtrail', name)));

    expect(items.map(describeItem)).toEqual(['cloudtrail']);
  });
});
