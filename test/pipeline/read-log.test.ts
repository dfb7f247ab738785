import { describe, expect, test } from 'vitest';
import { createDigest } from '../../shared/evidence/digest.ts';
import type { Window } from '../../shared/model/coverage.ts';
import type { Journal } from '../../shared/pipeline/read-document.ts';
import { readLog } from '../../shared/pipeline/read-log.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';

const ACCOUNT = '111122223333';
const A = `${ACCOUNT}/cloudtrail/a.log`;
const B = `${ACCOUNT}/cloudtrail/b.log`;
const WINDOW: Window = { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' };

const denied = (at: string): string =>
  `time="${at}" level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/x" error="not mapped"\n`;

interface Reading {
  readonly window?: Window | null;
  readonly brokenOff?: readonly string[];
}

async function read(files: MemoryFiles, { window = WINDOW, brokenOff = [] }: Reading = {}) {
  const digest = createDigest();
  const journal: Journal = { files: [], progress: { step: () => undefined, end: () => undefined } };
  const raw = await memoryReaders(files, brokenOff).readAccount(ACCOUNT, 'cloudtrail');
  const coverage = await readLog(raw, 'authenticator-log', { digest, journal, window });
  return { coverage, journal, kinds: digest.finish().authenticator.map(({ kind, at }) => `${kind} ${at}`) };
}

describe('readLog', () => {
  test('is complete over the window that was asked for, however few records lie in it', async () => {
    const { coverage } = await read({ [A]: denied('2026-11-20T07:00:00Z') });

    expect(coverage).toEqual({
      source: 'authenticator-log',
      status: 'complete',
      window: WINDOW,
      read: 1,
      skipped: 0,
      skips: [],
      reason: null,
    });
  });

  test('without a stated window covers the time from the first to the last record, of all files', async () => {
    const { coverage } = await read(
      {
        [A]: denied('2026-11-20T07:00:00Z') + denied('2026-11-18T07:00:00.25Z'),
        [B]: denied('2026-11-19T07:00:00+01:00'),
      },
      { window: null },
    );

    expect([coverage.status, coverage.reason]).toEqual(['partial', 'window not stated']);
    expect(coverage.window).toEqual({ from: '2026-11-18T07:00:00.250Z', to: '2026-11-20T07:00:00Z' });
  });

  test('without a stated window and without records covers no time', async () => {
    const { coverage } = await read({ [A]: '' }, { window: null });

    expect([coverage.window, coverage.status]).toEqual([null, 'partial']);
  });

  test('counts what it could not understand by reason, and is partial', async () => {
    const { coverage, kinds } = await read({ [A]: `one\ntwo\n${denied('2026-11-20T07:00:00Z')}`, [B]: 'three\n' });

    expect([coverage.status, coverage.read, coverage.skipped]).toEqual(['partial', 1, 3]);
    expect(coverage.skips.map(({ count, sample, file, line }) => [count, sample, file, line])).toEqual([
      [3, 'one', A, 1],
    ]);
    expect(kinds).toEqual(['denied 2026-11-20T07:00:00Z']);
  });

  test('says once that a file breaks off, keeps its beginning and reads the next', async () => {
    const { coverage, journal, kinds } = await read(
      { [A]: denied('2026-11-20T07:00:00Z'), [B]: denied('2026-11-20T08:00:00Z') },
      { brokenOff: [A] },
    );

    expect([coverage.status, coverage.reason]).toEqual(['partial', `${A}: expected the whole file, got its beginning`]);
    expect(kinds).toEqual(['denied 2026-11-20T07:00:00Z', 'denied 2026-11-20T08:00:00Z']);
    expect(journal.files.map(({ file }) => file)).toEqual([B]);
  });

  test('is partial when a file says of itself that more is to come', async () => {
    const { coverage } = await read({ [A]: JSON.stringify({ events: [], nextToken: 'f/1' }) });

    expect(coverage.status).toBe('partial');
    expect(coverage.reason).toContain(A);
  });

  test('passes on why there is nothing to read', async () => {
    const { coverage } = await read({});

    expect(coverage).toMatchObject({
      status: 'unavailable',
      window: null,
      reason: `${ACCOUNT}/cloudtrail/ is not there`,
    });
  });
});
