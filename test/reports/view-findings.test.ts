import { describe, expect, test } from 'vitest';
import { viewFindings } from '../../shared/reports/view-findings.ts';
import { finding } from '../support/report.ts';

const OPTIONS = { account: '111122223333', most: 10, doubtful: 0 };

describe('viewFindings', () => {
  test('lists open findings worst first, and counts the others', () => {
    const view = viewFindings(
      [
        finding({ severity: 'low' }),
        finding({ severity: 'critical' }),
        finding({ status: 'accepted', severity: 'high' }),
        finding({ status: 'resolved', severity: 'info' }),
      ],
      OPTIONS,
    );

    expect(view.worst.map(({ severity }) => severity)).toEqual(['critical', 'low']);
    expect(view.others).toEqual(['1 accepted: 1 high', '1 resolved: 1 info']);
  });

  test('lists as many as it is asked to and counts the rest', () => {
    const many = Array.from({ length: 12 }, (_, index) => finding({ severity: 'medium', fingerprint: `f${index}` }));

    const view = viewFindings(many, OPTIONS);

    expect(view.worst).toHaveLength(10);
    expect(view.others).toEqual(['2 more open: 2 medium']);
  });

  test('lists one of each detection before the second of any, when not all are listed', () => {
    const critical = ['a-b', 'a-b', 'a-b', 'c-d'].map((detection, index) =>
      finding({ detection, fingerprint: `f${index}` }),
    );
    const high = finding({ severity: 'high', detection: 'e-f' });

    const list = (most: number): readonly string[] =>
      viewFindings([high, ...critical], { ...OPTIONS, most }).worst.map(({ detection }) => detection);

    expect(list(3)).toEqual(['a-b', 'c-d', 'a-b']);
    expect(list(9)).toEqual(['a-b', 'a-b', 'a-b', 'c-d', 'e-f']);
  });

  test('says that an acceptance has run out', () => {
    const acceptance = { owner: 'alice', reason: 'x', expires: '2026-10-01T00:00:00Z', isInForce: false };

    const [shown] = viewFindings([finding({ acceptance })], OPTIONS).worst;

    expect(shown?.origin).toBe(
      'since 23 Aug 2026, by role/pipeline; its acceptance has run out; fingerprint f0e1d2c3b4a5968778695a4b3c2d1e0f',
    );
  });

  test('leaves a command out that is too long to be pasted', () => {
    expect(viewFindings([finding({ fix: ['x'.repeat(1001)] })], OPTIONS).worst[0]?.command).toBeNull();
    expect(viewFindings([finding({ fix: [] })], OPTIONS).worst[0]?.command).toBeNull();
  });

  test('does not call silence clean while detections could not be judged', () => {
    expect(viewFindings([], OPTIONS).none).toBe('No findings.');
    expect(viewFindings([], { ...OPTIONS, doubtful: 2 }).none).toBe(
      'No findings, but 2 detections could not be judged in whole.',
    );
  });
});
