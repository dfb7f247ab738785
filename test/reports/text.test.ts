import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { measure } from '../../shared/reports/layout.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { access, noneSeen } from '../support/facts.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { clusterReport, finding, report } from '../support/report.ts';

const PLAIN = { colour: false, width: 80 };
const COLOURED = { colour: true, width: 80 };

describe('text report', () => {
  test('shows who holds the keys, worst findings first, with the first command that mends them', () => {
    const rows = [access({ lastUsedAt: noneSeen('2026-08-23T00:00:00Z') })];
    const low = finding({ severity: 'low', detection: 'access-policy-unknown', fix: [] });
    const clusters = [clusterReport({ access: rows, findings: [low, finding()] })];

    const text = renderReport(report({ clusters }), 'text', { ...PLAIN, reports: ['out/report.json'] });

    expect(text.split('\n').slice(0, 28)).toEqual([
      'Keyholder report of 21 Nov 2026 03:00 UTC',
      '1 cluster · 1 keyholder · no open findings',
      'The evidence reaches from 23 Aug 2026 to 21 Nov 2026.',
      '',
      'payments  eu-central-1 · 111122223333 · Kubernetes 1.33 · API_AND_CONFIG_MAP',
      '  Created 2 Mar 2026 by arn:aws:iam::111122223333:role/pipeline (proven)',
      '',
      '  HOLDER                    LEVEL             SINCE         LAST USED     PEOPLE',
      '  role/platform-admin       cluster-admin     23 Aug 2026   not seen           1',
      '    access-policy AmazonEKSClusterAdminPolicy; given by role/pipeline',
      '  LAST USED not seen since 23 Aug 2026, the first day we can see',
      '  (role/platform-admin)',
      '',
      '  CRITICAL  iam:role/platform-admin  admin-policy-at-cluster-scope',
      '            AmazonEKSClusterAdminPolicy is associated at cluster scope.',
      '            since 23 Aug 2026, by role/pipeline; fingerprint',
      '            f0e1d2c3b4a5968778695a4b3c2d1e0f',
      '            aws eks disassociate-access-policy --cluster-name payments \\',
      '              --principal-arn arn:aws:iam::111122223333:role/x',
      '',
      '  LOW       iam:role/platform-admin  access-policy-unknown',
      '            AmazonEKSClusterAdminPolicy is associated at cluster scope.',
      '            since 23 Aug 2026, by role/pipeline; fingerprint',
      '            f0e1d2c3b4a5968778695a4b3c2d1e0f',
      '',
      'What was read of payments',
      '  In whole (records): authenticator-log (0), audit-log (0), cloudtrail (0),',
      '  eks-api (0), aws-auth (0), rbac (0), iam (0), identity-center (0),',
    ]);
    expect(text).toMatch(/\nReports\n {2}out\/report\.json\n$/);
  });

  test('lists every finding, and the worst five alone once the whole report lies elsewhere', () => {
    const findings = Array.from({ length: 8 }, (_, index) => finding({ fingerprint: `f${index}` }));
    const many = report({ clusters: [clusterReport({ findings })] });

    const whole = renderReport(many, 'text', PLAIN);
    const summary = renderReport(many, 'text', { ...PLAIN, reports: ['out/report.txt'] });

    expect(whole.match(/^ {2}CRITICAL/gm)).toHaveLength(8);
    expect(summary.match(/^ {2}CRITICAL/gm)).toHaveLength(5);
    expect(summary).toContain('  3 more open: 3 critical');
  });

  test('says so when no cluster was found', () => {
    expect(renderReport(report({ clusters: [] }), 'text', PLAIN)).toContain('No cluster was found in the evidence.');
  });

  test('holds no escape sequence without colour, and the same words with it', () => {
    const plain = renderReport(reportNaming('alice'), 'text', PLAIN);
    const coloured = renderReport(reportNaming('alice'), 'text', COLOURED);

    expect(plain).not.toContain('\u001b');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(coloured).not.toBe(plain);
  });

  test.each([80, 100])('stays within %d columns, commands aside', (width) => {
    const text = renderReport(reportNaming('a long name of many words '.repeat(20)), 'text', { colour: false, width });

    const tooLong = text.split('\n').filter((line) => measure(line) > width);

    expect(tooLong.filter((line) => !line.includes('\\') && !line.includes('kubectl'))).toEqual([]);
  });

  test.each(HOSTILE_NAMES)('holds the same sections when a name holds %s', (_what, name) => {
    const text = renderReport(reportNaming(name), 'text', PLAIN);

    const lines = text.split('\n');

    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(lines.filter((line) => line.startsWith('  CRITICAL'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('  HOLDER'))).toHaveLength(1);
    expect(lines.filter((line) => /^What was read of/.test(line))).toHaveLength(1);
    expect(lines.filter((line) => line === 'Not audited in whole')).toHaveLength(1);
    expect(lines.length).toBeLessThan(60);
  });
});
