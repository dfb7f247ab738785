import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/model/finding.ts';
import { detectFindings } from '../../shared/pipeline/detect.ts';
import type { RawFile } from '../../shared/ports.ts';
import { readFixture } from '../support/log-input.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';

const NOW = '2026-11-21T03:00:00Z';
const FOLDER = '111122223333/cloudtrail';

/** A write of `eks:AssociateAccessPolicy`, a binding to cluster-admin, logins and traffic. */
const STREAM: MemoryFiles = {
  [`${FOLDER}/1.ndjson`]: readFixture('audit.ndjson'),
  [`${FOLDER}/2.log`]: readFixture('authenticator.log'),
  [`${FOLDER}/3.json`]: readFixture('cloudtrail.json'),
};

async function open(files: MemoryFiles, brokenOff: readonly string[] = []): Promise<readonly RawFile[]> {
  const raw = await memoryReaders(files, brokenOff).readAccount('111122223333', 'cloudtrail');
  return raw.status === 'read' ? raw.files : [];
}

async function detect(files: MemoryFiles, brokenOff: readonly string[] = []) {
  const told: Finding[] = [];
  const counting = detectFindings(await open(files, brokenOff), {
    now: NOW,
    tell: async (finding) => void told.push(finding),
    progress: { step: () => undefined, end: () => undefined },
  });
  return { told, counting };
}

describe('detectFindings', () => {
  test('finds what each kind of record shows, whatever mix the files are', async () => {
    const { told, counting } = await detect(STREAM);
    await counting;

    const found = new Set(told.map(({ detection }) => detection));
    expect([...found]).toContain('admin-policy-at-cluster-scope');
    expect([...found]).toContain('admin-cluster-role-binding');
  });

  test('counts every record as parsed or skipped', async () => {
    const { counting } = await detect({ ...STREAM, [`${FOLDER}/4.log`]: 'nothing we know\n' });
    const { read, parsed, skipped, skips, gaps } = await counting;

    expect(read).toBe(parsed + skipped);
    expect(skipped).toBe(skips.reduce((sum, { count }) => sum + count, 0));
    expect(skips.at(-1)).toMatchObject({ count: 1, sample: 'nothing we know', file: `${FOLDER}/4.log`, line: 1 });
    expect(gaps).toEqual([]);
  });

  test('names the input that does not hold everything', async () => {
    const { counting } = await detect({ [`${FOLDER}/a.json`]: JSON.stringify({ events: [], nextToken: 'f/1' }) });
    const { gaps } = await counting;

    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatch(/^111122223333\/cloudtrail\/a\.json: /);
  });

  test('reads the files after one that breaks off, and names that one', async () => {
    const { told, counting } = await detect(STREAM, [`${FOLDER}/1.ndjson`]);
    const { failures, read, parsed, skipped } = await counting;

    expect(failures).toEqual([expect.stringContaining('1.ndjson')]);
    expect(read).toBe(parsed + skipped);
    expect(told.map(({ detection }) => detection)).toContain('admin-policy-at-cluster-scope');
  });

  test('fails for what is no failure to read', async () => {
    const files = await open(STREAM);
    const tell = () => Promise.reject(new Error('the pipe is closed'));
    const progress = { step: () => undefined, end: () => undefined };

    await expect(detectFindings(files, { now: NOW, tell, progress })).rejects.toThrow('the pipe is closed');
  });

  test('waits for one finding to be told before the next', async () => {
    let telling = 0;
    let most = 0;

    await detectFindings(await open(STREAM), {
      now: NOW,
      tell: async () => {
        telling += 1;
        most = Math.max(most, telling);
        await Promise.resolve();
        telling -= 1;
      },
      progress: { step: () => undefined, end: () => undefined },
    });

    expect(most).toBe(1);
  });

  test('reads no finding into nothing', async () => {
    const { told, counting } = await detect({ [`${FOLDER}/a.log`]: '' });

    expect([await counting, told]).toEqual([{ read: 0, parsed: 0, skipped: 0, skips: [], failures: [], gaps: [] }, []]);
  });
});
