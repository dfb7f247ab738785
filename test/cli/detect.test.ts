import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { ORDINARY_LINE, TELLING_LINES } from '../support/telling-lines.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const BINDING = `${ORDINARY_LINE}\n${TELLING_LINES['admin-cluster-role-binding']?.[0]}\n`;
const PROBES = `${TELLING_LINES['anonymous-probing']?.join('\n')}\n`;
const NOISE = 'nothing we know\nnothing we know either\n';
const WIDE = 'admin-cluster-role-binding';

async function detect(args: readonly string[], input: readonly Buffer[] = []) {
  const world = recordWorld();
  const stdin = (async function* () {
    yield* input;
  })();
  const exitCode = await runKeyholder(['detect', ...args], { ...world, stdin });
  const found = world
    .out()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line).detection] : []));
  return { exitCode, found, out: world.out(), err: world.err() };
}

/** Files in a folder of their own: the path of each by its name. */
function store(files: Readonly<Record<string, string | Buffer>>): (name: string) => string {
  const dir = makeFolder(files);
  return (name) => join(dir, name);
}

/** Cut so late that the lines before its end can still be inflated. */
function breakOff(text: string): Buffer {
  const whole = gzipSync(text, { level: 0 });
  return whole.subarray(0, whole.length - 12);
}

describe('keyholder detect', () => {
  it('prints one finding a line as JSON, and what it counted', async () => {
    const path = store({ 'a.ndjson': BINDING });

    const { exitCode, found, out, err } = await detect([path('a.ndjson')]);

    expect([exitCode, err]).toEqual([0, 'read 2, parsed 2, skipped 0\n']);
    expect(found).toContain(WIDE);
    expect(out.trimEnd().split('\n')).toHaveLength(found.length);
  });

  it.each([
    ['as text', Buffer.from(BINDING)],
    ['as gzip', gzipSync(BINDING)],
  ])('reads standard input %s, with - and without an argument', async (_name, input) => {
    const named = await detect(['-'], [input.subarray(0, 7), input.subarray(7)]);

    expect(named.found).toContain(WIDE);
    expect(await detect([], [input])).toEqual(named);
  });

  it('prints a table for people', async () => {
    const path = store({ 'a.ndjson': BINDING });

    const { out } = await detect(['--format', 'table', path('a.ndjson')]);

    expect(out).toMatch(/^2026-11-20T08:00:00Z {2}CRITICAL {2}admin-cluster-role-binding {2}binding:/m);
  });

  it('reads nothing from nothing', async () => {
    expect(await detect([])).toEqual({ exitCode: 0, found: [], out: '', err: 'read 0, parsed 0, skipped 0\n' });
  });

  it('shows the first sample of each reason before the counts', async () => {
    const path = store({ 'a.log': `${NOISE}${BINDING}` });

    const { exitCode, err } = await detect([path('a.log')]);

    const [sample, counts] = err.trimEnd().split('\n');
    expect(sample).toMatch(/^skipped 2: .+, first at .+a\.log:1: nothing we know$/);
    expect([exitCode, counts]).toEqual([0, 'read 4, parsed 2, skipped 2']);
  });

  it('calls a file without one record that it knows no answer', async () => {
    const path = store({ 'a.log': NOISE, 'b.ndjson': BINDING, 'empty.json': '{"Records":[]}' });

    const { exitCode, found, err } = await detect([path('empty.json'), path('a.log'), path('b.ndjson')]);

    expect([exitCode, found]).toEqual([2, expect.arrayContaining([WIDE])]);
    expect(err.split('\n')[0]).toBe(
      `keyholder: ${path('a.log')}: expected CloudTrail records, audit events or authenticator lines, got none in 2`,
    );
  });

  it('tells what a broken file shows, reads the others, and names it', async () => {
    const path = store({ 'a.gz': breakOff(`${PROBES}${NOISE}`), 'b.ndjson': BINDING });

    const { exitCode, found, err } = await detect([path('a.gz'), path('b.ndjson')]);

    expect(exitCode).toBe(2);
    expect(found).toEqual(expect.arrayContaining(['anonymous-probing', WIDE]));
    expect(err.split('\n')[0]).toBe(
      `keyholder: ${path('a.gz')}: expected gzip data to its end, got a file that breaks off`,
    );
    expect(err).toMatch(/skipped \d: .+ nothing we know\nread 14, parsed 12, skipped 2\n$/);
  });

  it('names a standard input that breaks off', async () => {
    const { exitCode, found, err } = await detect([], [breakOff(BINDING)]);

    expect([exitCode, found]).toEqual([2, expect.arrayContaining([WIDE])]);
    expect(err).toMatch(/^keyholder: -: expected gzip data to its end, got a file that breaks off\n/);
  });

  it.each([
    ['a file that is not there', 'absent', 'got nothing there'],
    ['a folder', 'folder', 'got a folder'],
    ['an empty file that is named .gz', 'empty.gz', 'expected gzip data, as the name says, got an empty file'],
    ['damaged gzip', 'damaged.gz', 'expected sound gzip data, got damaged data'],
  ])('goes on behind %s', async (_name, name, message) => {
    const damaged = Buffer.concat([gzipSync('x').subarray(0, 10), Buffer.alloc(20, 0xff)]);
    const path = store({ 'empty.gz': '', 'damaged.gz': damaged, 'b.ndjson': BINDING, 'folder/': '' });

    const { exitCode, found, err } = await detect([path(name), path('b.ndjson')]);

    const [first, ...rest] = err.trimEnd().split('\n');
    expect([exitCode, rest]).toEqual([2, ['read 2, parsed 2, skipped 0']]);
    expect(first).toContain(path(name));
    expect(first).toContain(message);
    expect(found).toContain(WIDE);
  });

  it('writes the findings into a folder', async () => {
    const path = store({ 'a.ndjson': BINDING });

    const { out } = await detect([path('a.ndjson'), '--out', path('out')]);

    expect(out).toBe(`${path('out')}/findings.ndjson\n`);
    expect(readFileSync(out.trim(), 'utf8')).toContain(WIDE);
  });

  it('refuses a format that it does not know', async () => {
    const { exitCode, err } = await detect(['--format', 'xml']);

    expect([exitCode, err]).toEqual([2, expect.stringContaining('expected')]);
  });
});
