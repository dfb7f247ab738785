import { describe, expect, it } from 'vitest';
import { listRemarks } from '../../shared/findings/lint-remarks.ts';
import type { AwsAuth } from '../../shared/model/aws-auth.ts';
import type { Detection, Finding } from '../../shared/model/finding.ts';
import { parseRoles } from '../support/aws-auth.ts';
import { ref } from '../support/coverage.ts';
import { finding } from '../support/report.ts';

const AWS_AUTH = parseRoles(
  '- rolearn: arn:aws:iam::111122223333:role/a\n  username: a\n- rolearn: arn:aws:iam::111122223333:role/x/b\n  username: b\n',
);

function detection(id: string): Detection {
  return {
    ...{ id, ref: 'XX-001', title: 'Title', severity: 'high', needs: [['aws-auth']] },
    ...{ why: 'Why.', fix: 'Fix.', blindSpots: 'None.', references: [], attack: [], cis: [] },
  };
}

function list(id: string, findings: readonly Partial<Finding>[], awsAuth: AwsAuth = AWS_AUTH) {
  const remarks = listRemarks({
    awsAuth,
    findings: findings.map((one) => finding({ detection: id, ...one })),
    detections: [detection(id)],
  });
  return remarks.map(({ level, severity, message, position }) => [
    level,
    severity,
    message,
    `${position.line}:${position.column}`,
  ]);
}

const ROW = [ref('aws-auth', { id: 'mapRoles[0]' })];
const FILE = [ref('aws-auth', { id: null, line: 0 })];

describe('listRemarks', () => {
  it.each([
    ['critical', 'warning'],
    ['high', 'warning'],
    ['medium', 'warning'],
    ['low', 'note'],
    ['info', 'note'],
  ] as const)('calls a finding of severity %s a %s, at its row', (severity, level) => {
    expect(list('some-danger', [{ severity, summary: 'S.', evidence: ROW }])).toEqual([[level, severity, 'S.', '4:7']]);
  });

  it('puts a finding on the file as a whole at its beginning', () => {
    expect(list('some-danger', [{ severity: 'low', summary: 'S.', evidence: FILE }])).toEqual([
      ['note', 'low', 'S.', '1:1'],
    ]);
  });

  it('leaves out what does not point into the file', () => {
    expect(list('creator-unknown', [{ evidence: [] }, { evidence: [ref('cloudtrail')] }])).toEqual([]);
  });

  it('tells problems one by one, with the severity of the finding that puts them together', () => {
    const subject = 'aws-auth:arn:aws:iam::111122223333:role/x/b';

    expect(list('aws-auth-arn-never-matches', [{ subject, severity: 'critical', evidence: FILE }])).toEqual([
      ['error', 'critical', '"arn:aws:iam::111122223333:role/x/b" holds the path "/x/".', '6:16'],
    ]);
  });

  it('tells problems that no finding speaks of all the same', () => {
    expect(list('aws-auth-arn-never-matches', []).map(([level, severity]) => [level, severity])).toEqual([
      ['error', 'high'],
    ]);
  });

  it('puts the worst first in one place', () => {
    const findings: readonly Partial<Finding>[] = [
      { severity: 'info', subject: 'user:a', evidence: ROW },
      { severity: 'high', subject: 'user:b', evidence: ROW },
    ];

    expect(list('some-danger', findings).map(([level]) => level)).toEqual(['warning', 'note']);
  });
});
