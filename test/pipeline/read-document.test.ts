import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import type { Skip } from '../../shared/model/coverage.ts';
import {
  countSkip,
  describeSkips,
  type Journal,
  type ParsedDocument,
  readDocument,
} from '../../shared/pipeline/read-document.ts';
import type { RawFile } from '../../shared/ports.ts';

const SKIP: Skip = { reason: 'expected a role, got a number', count: 2, sample: '7', file: 'rbac.json', line: 3 };

function journal(): Journal {
  return { files: [], progress: { step: () => undefined, end: () => undefined } };
}

function rawFile(content: string | Uint8Array, failure?: Error): RawFile {
  return {
    file: 'rbac.json',
    sha256: () => (failure === undefined ? 'abc' : null),
    async *read() {
      yield Buffer.from(content);
      if (failure !== undefined) throw failure;
    },
  };
}

const whole = (text: string): ParsedDocument<string> => ({ value: text, read: 1, skips: [] });

describe('readDocument', () => {
  test('gives the parsed value of a good file, and notes it in the journal', async () => {
    const notes = journal();

    const found = await readDocument({ status: 'read', files: [rawFile('{}')] }, whole, notes);

    expect(found).toEqual({ value: '{}', status: 'complete', read: 1, skips: [], reason: null });
    expect(notes.files).toEqual([{ file: 'rbac.json', sha256: 'abc' }]);
  });

  test.each(['denied', 'disabled', 'unavailable'] as const)('passes on that a source was %s', async (status) => {
    const found = await readDocument({ status, reason: 'AccessDenied' }, whole, journal());

    expect(found).toEqual({ value: null, status, read: 0, skips: [], reason: 'AccessDenied' });
  });

  test('is partial where records were skipped, bytes replaced or a gap is known', async () => {
    const parse = (text: string): ParsedDocument<string> => ({ ...whole(text), skips: [SKIP], gap: 'page 1 of 2' });

    const found = await readDocument({ status: 'read', files: [rawFile(Uint8Array.of(0x7b, 0xff))] }, parse, journal());

    expect([found.status, found.reason]).toEqual([
      'partial',
      'rbac.json: page 1 of 2; bytes that are no UTF-8 were replaced; 2 skipped (expected a role, got a number)',
    ]);
  });

  test('is unavailable where the text is no such document, even without a skip', async () => {
    const found = await readDocument(
      { status: 'read', files: [rawFile('')] },
      () => ({ value: null, read: 0, skips: [] }),
      journal(),
    );

    expect(found.status).toBe('unavailable');
  });

  test('counts a file that breaks off, and leaves it out of the journal', async () => {
    const notes = journal();
    const failure = new KeyholderError('read-failed', 'rbac.json: expected the whole file, got its beginning');

    const found = await readDocument({ status: 'read', files: [rawFile('{', failure)] }, whole, notes);

    expect(found).toMatchObject({ value: null, status: 'unavailable', reason: failure.message });
    expect(found.skips.map(({ reason, count, file }) => [reason, count, file])).toEqual([
      ['the file could not be read', 1, 'rbac.json'],
    ]);
    expect(notes.files).toEqual([]);
  });

  test('lets an error of ours through', async () => {
    const failure = new TypeError('a mistake');

    await expect(readDocument({ status: 'read', files: [rawFile('{', failure)] }, whole, journal())).rejects.toBe(
      failure,
    );
  });
});

describe('describeSkips', () => {
  test('names the first reason and counts the others', () => {
    expect(describeSkips([])).toBeNull();
    expect(describeSkips([SKIP, { ...SKIP, reason: 'other', count: 3 }])).toBe(
      '5 skipped (expected a role, got a number and 1 more reason)',
    );
  });
});

describe('countSkip', () => {
  test('keeps the first sample of each reason', () => {
    const skips = new Map<string, Skip>();

    for (const sample of ['a', 'b']) countSkip(skips, { reason: 'not JSON', sample, file: 'x', line: 1 });
    countSkip(skips, { reason: '__proto__', sample: 'c', file: 'x', line: 2 });

    expect([...skips.values()].map(({ reason, count, sample }) => [reason, count, sample])).toEqual([
      ['not JSON', 2, 'a'],
      ['__proto__', 1, 'c'],
    ]);
  });
});
