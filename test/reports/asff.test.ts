import { describe, expect, test } from 'vitest';
import { renderAsff, toAsff } from '../../shared/reports/asff.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { viewSecurity } from '../../shared/reports/view-security.ts';
import { auditEstate, listFindings } from '../support/estate.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { clusterReport, finding, report } from '../support/report.ts';
import { listErrorsOf } from '../support/schema-errors.ts';

const PLAIN = { colour: false, width: 80 };

function convert(more: Parameters<typeof finding>[0]) {
  const [view] = viewSecurity(report({ clusters: [clusterReport({ findings: [finding(more)] })] }));
  if (view === undefined) throw new Error('expected a finding');
  return toAsff(view);
}

describe('renderAsff', () => {
  test('writes a document for each finding of the sample estate that Security Hub takes', async () => {
    const estate = await auditEstate();
    const text = renderReport(estate, 'asff', PLAIN);

    expect(JSON.parse(text).length).toBe(listFindings(estate).length);
    expect(listFindings(estate).length).toBeGreaterThan(100);
    expect(listErrorsOf('asff', text)).toEqual([]);
    expect(Math.max(...JSON.parse(text).map((one: unknown) => JSON.stringify(one).length))).toBeLessThan(240 * 1024);
  });

  test('names cluster, principal, times and severity', () => {
    expect(convert({})).toMatchObject({
      Id: 'keyholder/f0e1d2c3b4a5968778695a4b3c2d1e0f',
      ProductArn: 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default',
      AwsAccountId: '111122223333',
      CreatedAt: '2026-08-23T10:00:00Z',
      UpdatedAt: '2026-11-21T03:00:00Z',
      Severity: { Label: 'CRITICAL', Original: 'critical' },
      Resources: [
        { Type: 'AwsEksCluster', Id: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments' },
        { Type: 'AwsIamRole', Id: 'arn:aws:iam::111122223333:role/platform-admin' },
      ],
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
    });
  });

  test('suppresses what was accepted and archives what was resolved', () => {
    expect(convert({ status: 'accepted' }).Workflow.Status).toBe('SUPPRESSED');
    expect(convert({ status: 'resolved' })).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
      RecordState: 'ARCHIVED',
    });
  });

  test('tells commands whole: as many as fit in the remediation, and each of them in a field', () => {
    const fix = ['aws eks one', `aws eks ${'x'.repeat(480)}`, 'aws eks three'];
    const { Remediation, ProductFields } = convert({ fix });

    expect(Remediation.Recommendation.Text).toBe('aws eks one\n(2 more: keyholder/fix-… in the product fields)');
    expect(ProductFields).toMatchObject({
      'keyholder/fix-1': 'aws eks one',
      'keyholder/fix-2': fix[1],
      'keyholder/fix-3': 'aws eks three',
    });
  });

  test('tells all commands in the remediation where they fit, and where none does, where they stand', () => {
    expect(convert({ fix: ['first', 'second'] }).Remediation.Recommendation.Text).toBe('first\nsecond');
    expect(convert({ fix: ['x'.repeat(600)] }).Remediation.Recommendation.Text).toBe(
      'See keyholder/fix-1 in the product fields.',
    );
    expect(convert({ fix: [] }).Remediation.Recommendation.Text).toMatch(/^See the page of /);
  });

  test('counts the commands that fit no field', () => {
    const { ProductFields, Remediation } = convert({ fix: ['x'.repeat(3000), ...Array(25).fill('aws eks one')] });

    expect(Object.keys(ProductFields).filter((name) => /fix-\d/.test(name)).length).toBe(20);
    expect(ProductFields['keyholder/fix-left']).toBe('6 more, in the report');
    expect(listErrorsOf('asff', JSON.stringify([convert({ fix: Array(60).fill('x'.repeat(2048)) })]))).toEqual([]);
    expect(Remediation.Recommendation.Text.length).toBeLessThanOrEqual(512);
  });

  test('finds a place for a finding of no single cluster', () => {
    const findings = [finding({ cluster: null, subject: 'region:444455556666/us-east-1' })];

    expect(listErrorsOf('asff', renderAsff(viewSecurity(report({ clusters: [], findings }))))).toEqual([]);
    expect(viewSecurity(report({ clusters: [], findings }))[0]).toMatchObject({
      partition: 'aws',
      account: '444455556666',
      region: 'us-east-1',
    });
  });

  test('finds the partition of a region that a finding is about', () => {
    const findings = [finding({ cluster: null, subject: 'region:444455556666/cn-north-1' })];

    expect(viewSecurity(report({ findings }))[0]).toMatchObject({ partition: 'aws-cn', region: 'cn-north-1' });
  });

  test.each(HOSTILE_NAMES)('stays within the limits and shows every character of %s', (_what, name) => {
    const hostile = finding({
      subject: `user:${name}`,
      summary: `${name} is admin`,
      actor: name,
      fix: [`kubectl ${name}`],
    });
    const text = renderAsff(viewSecurity(report({ clusters: [clusterReport({ findings: [hostile] })] })));

    expect(listErrorsOf('asff', text)).toEqual([]);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});
