/** Runs the three lists of rows that every detection owes: when it fires, stays quiet, and cannot tell. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../shared/findings/verdict.ts';
import type { Coverage, Source, VerdictStatus } from '../../shared/model/coverage.ts';
import type { Facts } from '../../shared/model/facts.ts';
import type { Detection, Match, Severity } from '../../shared/model/finding.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import { facts } from './facts.ts';

/** `facts` alone: a read of state. `record`: one event, with state where `facts` is given. `records`: a correlation. */
interface Situation {
  readonly name: string;
  readonly facts?: Partial<Facts>;
  readonly record?: EvidenceRecord;
  readonly records?: readonly EvidenceRecord[];
}

interface Fires extends Situation {
  readonly subjects: readonly string[];
  /** One for each subject, where the row is about severity. */
  readonly severities?: readonly Severity[];
  /** Part of the first summary, where the row is about its words. */
  readonly says?: string;
}

interface CannotTell {
  readonly name: string;
  /** What was read; a source that is left out was not. */
  readonly coverage: readonly Coverage[];
  /** `not-evaluated` unless given. */
  readonly status?: Exclude<VerdictStatus, 'evaluated'>;
  readonly missing: readonly Source[];
}

export interface DetectionRows {
  readonly fires: readonly Fires[];
  readonly staysQuiet: readonly Situation[];
  readonly cannotTell: readonly CannotTell[];
}

export function describeDetection(detection: Detection, rows: DetectionRows): void {
  describe(detection.id, () => {
    for (const row of rows.fires) test(`fires: ${row.name}`, () => expectFires(detection, row));
    for (const row of rows.staysQuiet)
      test(`stays quiet: ${row.name}`, () => expect(listMatches(detection, row)).toEqual([]));
    for (const row of rows.cannotTell) test(`cannot tell: ${row.name}`, () => expectDoubt(detection, row));
  });
}

function expectFires(detection: Detection, row: Fires): void {
  const matches = listMatches(detection, row);

  expect(matches.map(({ subject }) => subject)).toEqual(row.subjects);
  if (row.severities !== undefined)
    expect(matches.map(({ severity }) => severity ?? detection.severity)).toEqual(row.severities);
  if (row.says !== undefined) expect(matches[0]?.summary).toContain(row.says);
  for (const match of matches) {
    expect(match.subject.startsWith('region:'), 'a region is told of once').toBe(detection.scope === 'region');
    expect(match.summary, 'a match says what it saw').toMatch(/\S/);
    expect(match.evidence.length, 'a match points at its records').toBeGreaterThan(0);
  }
}

function expectDoubt(detection: Detection, row: CannotTell): void {
  const verdict = judge(detection, row.coverage);

  expect(verdict.status).toBe(row.status ?? 'not-evaluated');
  expect(verdict.missing).toEqual(row.missing);
}

function listMatches(detection: Detection, row: Situation): readonly Match[] {
  const state = row.facts === undefined ? null : facts(row.facts);
  if (row.record !== undefined) return [...need(detection.observe, 'observe')(row.record, state)];
  if (row.records !== undefined) {
    const correlator = need(detection.correlate, 'correlate')(state);
    for (const record of row.records) correlator.add(record);
    return [...correlator.matches()];
  }
  return [...need(detection.detect, 'detect')(state ?? facts())];
}

function need<T>(behaviour: T | undefined, name: string): T {
  if (behaviour === undefined) throw new Error(`expected a detection with ${name}, got one without`);
  return behaviour;
}
