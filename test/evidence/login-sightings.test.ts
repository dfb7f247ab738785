import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listSightings } from '../../shared/evidence/login-sightings.ts';

const NOW = '2026-11-21T08:10:00Z';
const NOBODY = { told: new Map<string, number>(), life: null };
const ALICE = 'arn:aws:iam::111122223333:role/alice';

function row(more: Readonly<Record<string, unknown>> = {}): string {
  const times = { first: '2026-11-21 08:05:00.000', last: '2026-11-21 08:06:00.000', count: 2 };
  const uid = 'aws-iam-authenticator:111122223333:AROAEXAMPLEALICE00001';
  return `${JSON.stringify({ arn: ALICE, uid, username: 'alice', groups: '[]', ...times, ...more })}\n`;
}

function line(message: string, { at = '2026-11-21 08:06:00.000', ptr = 'p1' } = {}): string {
  const stream = 'authenticator-0123456789abcdef0123456789abcdef';
  return `${JSON.stringify({ '@timestamp': at, '@logStream': stream, '@ptr': ptr, '@message': message })}\n`;
}

function denied(arn: string, second: number): string {
  const at = `2026-11-21T08:06:${String(second).padStart(2, '0')}Z`;
  return line(
    `time="${at}" level=warning msg="access denied" arn="${arn}" client="127.0.0.1:9" error="identity is not mapped" method=POST path=/authenticate`,
    { ptr: `p${second}` },
  );
}

describe('listSightings', () => {
  test('tells of an identity once, and again when a day has gone by', () => {
    const first = listSightings([row(), row({ count: 3 })], NOBODY, NOW);
    const again = listSightings(
      [row({ last: '2026-11-21 08:19:00.000' })],
      { told: first.told, life: null },
      '2026-11-21T08:20:00Z',
    );
    const nextDay = listSightings(
      [row({ last: '2026-11-22 08:12:00.000' })],
      { told: again.told, life: null },
      '2026-11-22T08:12:00Z',
    );

    expect(first.events).toEqual([
      { id: expect.any(String), timestamp: 1_795_248_360_000, logStream: '', message: row() },
    ]);
    expect([again.events.length, nextDay.events.length]).toEqual([0, 1]);
  });

  test('tells of an identity again on another cluster of the name', () => {
    const first = listSightings([row()], { ...NOBODY, life: '2026-01-01T00:00:00Z' }, NOW);
    const reborn = listSightings([row()], { told: first.told, life: '2026-11-21T08:00:00Z' }, NOW);

    expect([first.events.length, reborn.events.length]).toEqual([1, 1]);
  });

  test('takes another unique id, other groups or a key of long life for another identity', () => {
    const other = 'aws-iam-authenticator:111122223333:AROAEXAMPLEALICE00002';
    const lines = [
      row(),
      row({ uid: other }),
      row({ groups: '[system:masters]' }),
      row({ accesskeyid: 'AKIAIOSFODNN7EXAMPLE' }),
    ];

    expect(listSightings(lines, NOBODY, NOW).events).toHaveLength(4);
  });

  test('takes the nodes of a group for one, and a person under the name of a node for another', () => {
    const node = (name: string, groups = '[system:bootstrappers system:nodes]') =>
      row({ username: `system:node:${name}`, groups });
    const lines = [node('ip-192-0-2-1'), node('ip-192-0-2-2'), node('ip-192-0-2-3', '[system:masters system:nodes]')];

    expect(listSightings(lines, NOBODY, NOW).events.map(({ message }) => JSON.parse(message).username)).toEqual([
      'system:node:ip-192-0-2-1',
      'system:node:ip-192-0-2-3',
    ]);
  });

  test('passes denials on until they are a storm of their caller, and counts the rest', () => {
    const seconds = Array.from({ length: 20 }, (_, second) => second);
    const storm = seconds.map((second) => denied('arn:aws:iam::111122223333:role/lost', second));
    const { events, folded } = listSightings(
      [...storm, denied('arn:aws:iam::111122223333:role/other', 30)],
      NOBODY,
      NOW,
    );

    expect([events.length, folded]).toEqual([13, 8]);
    expect(events[0]).toEqual({
      id: 'p0',
      timestamp: 1_795_248_360_000,
      logStream: 'authenticator-0123456789abcdef0123456789abcdef',
      message:
        'time="2026-11-21T08:06:00Z" level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/lost" client="127.0.0.1:9" error="identity is not mapped" method=POST path=/authenticate',
    });
  });

  test('tells of a broken mapping once, though two windows hold its line', () => {
    const broken = line(
      'time="2026-11-21T08:06:00Z" level=error msg="There was an error parsing the config maps. Only saving data that was good, error"',
    );
    const first = listSightings([broken], NOBODY, NOW);

    expect([
      first.events.length,
      listSightings([broken], { told: first.told, life: null }, '2026-11-21T08:20:00Z').events.length,
    ]).toEqual([1, 0]);
  });

  test('counts what is no line of the log, and a row that no bus takes', () => {
    const { events, skipped, told } = listSightings(
      ['not a line\n', row({ username: 'x'.repeat(200_000) })],
      NOBODY,
      NOW,
    );

    expect([events.length, skipped, told.size]).toEqual([0, 2, 1]);
  });

  test('forgets whom it told of first where a row would hold no more', () => {
    const lines = Array.from({ length: 4_000 }, (_, index) => row({ username: `user-${index}` }));
    const { events, told } = listSightings(lines, NOBODY, NOW);

    expect([events.length, told.size]).toEqual([4_000, 3_500]);
    expect(Buffer.byteLength(JSON.stringify([...told]))).toBeLessThan(100_000);
  });

  test('throws on no line whatever, and tells of nothing twice', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom(row(), denied(ALICE, 1)))), (lines) => {
        const once = listSightings(lines, NOBODY, NOW);
        expect(listSightings(lines, { told: once.told, life: null }, NOW).events).toEqual([]);
      }),
      { seed: 8 },
    );
  });
});
