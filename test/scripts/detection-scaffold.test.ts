import { describe, expect, test } from 'vitest';
import { addToIndex, findIdProblem, scaffoldDetection, scaffoldTest } from '../../scripts/detection-scaffold.ts';
import { describeSource } from '../../scripts/source-files.ts';

const INDEX = `/** Every detection. */
import type { Detection } from '../model/finding.ts';
import { accessLogsOff } from './access-logs-off.ts';
import { anonymousBinding } from './anonymous-binding.ts';

export const DETECTIONS: readonly Detection[] = [accessLogsOff, anonymousBinding];
`;

describe('addToIndex', () => {
  test('puts the detection between its neighbours', () => {
    expect(addToIndex(INDEX, 'admin-unused')).toBe(`/** Every detection. */
import type { Detection } from '../model/finding.ts';
import { accessLogsOff } from './access-logs-off.ts';
import { adminUnused } from './admin-unused.ts';
import { anonymousBinding } from './anonymous-binding.ts';

export const DETECTIONS: readonly Detection[] = [
  accessLogsOff,
  adminUnused,
  anonymousBinding,
];
`);
  });

  test('adds in any order to the same end', () => {
    const one = addToIndex(addToIndex(INDEX, 'aws-auth-deleted'), 'admin-unused');
    const other = addToIndex(addToIndex(INDEX, 'admin-unused'), 'aws-auth-deleted');

    expect(one).toBe(other);
  });

  test('refuses a list that it does not understand', () => {
    expect(() => addToIndex('export const x = 1;', 'admin-unused')).toThrow('expected imports and a list');
  });
});

describe('findIdProblem', () => {
  test.each([
    ['', 'expected the id of the detection, got nothing: npm run new <object>-<bad-state>'],
    ['Bad-Id', 'expected words of lower-case letters and digits with hyphens between, got Bad-Id'],
    ['../evil', 'expected words of lower-case letters and digits with hyphens between, got ../evil'],
    ['admin-unused', 'expected a new id, got admin-unused, which exists'],
  ])('refuses %j', (id, problem) => {
    expect(findIdProblem(id, ['admin-unused'])).toBe(problem);
  });

  test('lets a new id pass', () => {
    expect(findIdProblem('webhook-changed', ['admin-unused'])).toBeNull();
  });
});

describe('scaffoldDetection', () => {
  test('begins a file and a test that parse and find each other', () => {
    const source = describeSource('shared/detections/webhook-changed.ts', scaffoldDetection('webhook-changed'));
    const rows = describeSource('test/detections/webhook-changed.test.ts', scaffoldTest('webhook-changed'));

    expect(source.text).toContain('export const webhookChanged: Detection = {');
    expect(rows.imports).toEqual(['../../shared/detections/webhook-changed.ts', '../support/describe-detection.ts']);
  });
});
