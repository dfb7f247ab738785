import { execFileSync } from 'node:child_process';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openStoredFile, READ_LIMITS, type ReadLimits } from '../../shared/offline/stored-file.ts';
import type { RawFile } from '../../shared/ports.ts';
import { makeFolder } from '../support/temp-folder.ts';

interface Case {
  readonly name?: string;
  readonly kind?: 'document' | 'log';
  readonly limits?: Partial<ReadLimits>;
}

function store(content: string | Uint8Array, { name = 'audit.ndjson.gz', kind = 'log', limits = {} }: Case = {}) {
  const path = join(makeFolder({ [name]: content }), name);
  return { path, raw: openStoredFile({ file: name, path, kind }, { ...READ_LIMITS, ...limits }) };
}

/** What came before the end or the error, and the error. */
async function readAll(raw: RawFile): Promise<{ text: string; error: string | null }> {
  let text = '';
  try {
    for await (const chunk of raw.read()) text += Buffer.from(chunk).toString('latin1');
  } catch (error) {
    expect(error).toMatchObject({ name: 'KeyholderError', code: 'read-failed' });
    return { text, error: error instanceof Error ? error.message : '' };
  }
  return { text, error: null };
}

describe('openStoredFile', () => {
  it('gives the bytes of a plain file and their hash once they are read', async () => {
    const { raw } = store('one\ntwo\n', { name: 'audit.ndjson' });
    const before = raw.sha256();

    expect(await readAll(raw)).toEqual({ text: 'one\ntwo\n', error: null });
    expect(before).toBeNull();
    expect(raw.sha256()).toBe('c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8');
  });

  it('gives no bytes for an empty file', async () => {
    expect(await readAll(store('', { name: 'audit.ndjson' }).raw)).toEqual({ text: '', error: null });
  });

  it('knows gzip data by its content, whatever the name', async () => {
    const { raw } = store(gzipSync('one\n'), { name: 'rbac.json', kind: 'document' });

    expect(await readAll(raw)).toEqual({ text: 'one\n', error: null });
  });

  it.each([
    ['plain text', '{"a": 1}', 'other data'],
    ['nothing', '', 'an empty file'],
  ])('refuses %s under a name that ends in .gz', async (_name, content, got) => {
    const { raw } = store(content, { name: 'rbac.json.gz' });

    expect(await readAll(raw)).toEqual({
      text: '',
      error: `rbac.json.gz: expected gzip data, as the name says, got ${got}`,
    });
  });

  it('hands on what a file held before it breaks off', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index * 7919} ${index}\n`).join('');
    const packed = gzipSync(lines);

    const { text, error } = await readAll(store(packed.subarray(0, packed.length - 500)).raw);

    expect(error).toBe('audit.ndjson.gz: expected gzip data to its end, got a file that breaks off');
    expect(lines.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(lines.length - 20_000);
  });

  it('hands on what a file held before the damage, but for the last read', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index * 7919} ${index}\n`).join('');
    const packed = gzipSync(lines);
    packed.writeUInt32LE(0, packed.length - 8);

    const { text, error } = await readAll(store(packed).raw);

    expect(error).toBe('audit.ndjson.gz: expected sound gzip data, got damaged data');
    expect(lines.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(lines.length - 64 * 1024);
  });

  it('reads the members of a file one after the other, and the padding after the last', async () => {
    const packed = Buffer.concat([gzipSync('one\n'), gzipSync('two\n'), Buffer.alloc(200_000)]);
    const { raw } = store(packed);

    expect(await readAll(raw)).toEqual({ text: 'one\ntwo\n', error: null });
    expect(raw.sha256()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reports what is no gzip member after the last', async () => {
    const { raw } = store(Buffer.concat([gzipSync('one\n'), Buffer.from('garbage')]));

    expect((await readAll(raw)).error).toBe('audit.ndjson.gz: expected sound gzip data, got damaged data');
  });

  it('stops a document at its limit', async () => {
    const { raw } = store('x'.repeat(100), { name: 'iam.json', kind: 'document', limits: { documentBytes: 99 } });

    expect(await readAll(raw)).toEqual({ text: '', error: 'iam.json: expected at most 99 bytes, got more' });
  });

  it('refuses a document of 1 GiB without reading it', async () => {
    const { raw, path } = store('', { name: 'rbac.json', kind: 'document' });
    truncateSync(path, 1024 ** 3);

    expect(await readAll(raw)).toEqual({ text: '', error: 'rbac.json: expected at most 256 MiB, got more' });
  });

  it('stops a compressed document at its limit', async () => {
    const packed = gzipSync('x'.repeat(10_000));
    const { raw } = store(packed, { name: 'iam.json.gz', kind: 'document', limits: { documentBytes: 9_999 } });

    expect(await readAll(raw)).toEqual({ text: '', error: 'iam.json.gz: expected at most 9999 bytes, got more' });
  });

  it('stops a log that expands without end', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024), { level: 9 });
    const { raw } = store(bomb, { limits: { expandedBytes: 1024 * 1024 } });

    const { text, error } = await readAll(raw);

    expect(error).toBe(
      'audit.ndjson.gz: expected a log that beyond 1 MiB expands to at most 200 times its size, got more: it was read so far and no further',
    );
    expect(text.length).toBeLessThanOrEqual(bomb.length * 200);
  });

  it('reads a log beyond the limit when it expands as text does', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index * 7919} ${index}\n`).join('');
    const { raw } = store(gzipSync(lines), { limits: { expandedBytes: 1024 } });

    expect(await readAll(raw)).toEqual({ text: lines, error: null });
  });

  it('stops reading, and closes the file, when the consumer stops', async () => {
    const numbers = Array.from({ length: 200_000 }, (_, index) => (index * 2_654_435_761) % 4_294_967_296);
    const { raw } = store(gzipSync(numbers.join('\n')));

    for await (const _ of raw.read()) break;

    expect(raw.sha256()).toBeNull();
  });

  it('does not wait for a pipe that took the place of the file', async () => {
    const { raw, path } = store('');
    rmSync(path);
    execFileSync('mkfifo', [path]);

    expect(await readAll(raw)).toEqual({
      text: '',
      error: 'audit.ndjson.gz: expected a file, got something else in its place',
    });
  });

  it('names a file that is gone', async () => {
    const { raw, path } = store('');
    rmSync(path);

    expect((await readAll(raw)).error).toBe('audit.ndjson.gz: expected a readable file, got nothing there');
  });
});
