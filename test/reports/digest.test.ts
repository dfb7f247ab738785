import { describe, expect, it } from 'vitest';
import { renderDigest } from '../../shared/reports/digest.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { clusterReport, finding, report } from '../support/report.ts';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const SUMMARY = { clusters: 1, keyholders: 0, findings: NONE, notEvaluated: 0, notAudited: 0 };

describe('renderDigest', () => {
  it('says of a quiet night that nothing is open', () => {
    expect(renderDigest(report(), null)).toEqual({
      subject: 'Keyholder: nothing open above info in 1 cluster',
      text: 'Keyholder: nothing open above info in 1 cluster\nAudit of 21 Nov 2026 03:00 UTC: 0 keyholders of 1 cluster.\n',
      attributes: { kind: 'digest', severity: 'info' },
    });
  });

  it('names the worst first, what was not audited and until when the link holds', () => {
    const low = finding({ severity: 'low', summary: 'A low thing.' });
    const night = report({
      clusters: [clusterReport({ findings: [low, finding()] })],
      summary: { ...SUMMARY, findings: { ...NONE, critical: 1, low: 1 }, notAudited: 1 },
      scope: [
        { account: '444455556666', region: 'us-east-1', status: 'denied', clusters: 0, reason: 'no role', mend: null },
      ],
    });

    const { subject, text, attributes } = renderDigest(night, {
      url: 'https://example.com/report?a=b',
      expiresAt: '2026-11-21T15:00:00Z',
    });

    expect(subject).toBe('Keyholder: 1 critical, 1 low in 1 cluster, 1 place not audited in whole');
    expect(attributes).toEqual({ kind: 'digest', severity: 'critical' });
    expect(text).toContain(
      [
        'Worst first:',
        '- critical: payments: AmazonEKSClusterAdminPolicy is associated at cluster scope.',
        '- low: payments: A low thing.',
        '',
        'Not audited in whole:',
        '- 444455556666 us-east-1, denied: no role',
        '',
        'The report, until 21 Nov 2026 15:00 UTC:',
        'https://example.com/report?a=b',
      ].join('\n'),
    );
  });

  it('names what came back or got worse in the night, though it stood among others', () => {
    const others = Array.from({ length: 20 }, (_, one) => finding({ fingerprint: String(one).padStart(32, '0') }));
    const back = finding({ fingerprint: 'b'.repeat(32), severity: 'high', summary: 'It is bound again.' });
    const night = report({ clusters: [clusterReport({ findings: [...others, back] })] });
    const changes = { kinds: new Map([['b'.repeat(32), 'reopened' as const]]), problem: null };

    expect(renderDigest(night, null, { changes }).text).toContain(
      '\n\nBack again, or worse:\n- again, high: payments: It is bound again.\n\nWorst first:\n',
    );
  });

  it('says that nobody could ask what came back', () => {
    const changes = { kinds: new Map(), problem: 'no access to\nthe table' };

    expect(renderDigest(report(), null, { changes }).text).toMatch(
      /\n\nWhat came back or got worse could not be asked: no access to.+the table\n/,
    );
  });

  it('names findings of no single cluster among the others', () => {
    const trail = finding({ cluster: null, severity: 'high', summary: 'The trail was stopped.' });

    const { text } = renderDigest(report({ findings: [trail] }), null);

    expect(text).toContain('- high: no single cluster: The trail was stopped.');
  });

  it('says of what a region lacks which clusters it concerns', () => {
    const lack = (region: string) =>
      finding({
        detection: 'guardduty-eks-off',
        cluster: null,
        severity: 'medium',
        subject: `region:111122223333/${region}`,
        summary: `GuardDuty is off in ${region} of account 111122223333.`,
      });
    const clusters = [
      clusterReport({ name: 'orders', region: 'eu-west-1' }),
      clusterReport({ name: 'payments', region: 'eu-west-1' }),
      clusterReport({ name: 'archive', region: 'eu-central-1' }),
      clusterReport({ name: 'partner', region: 'eu-west-1', account: '444455556666' }),
    ];
    const findings = [lack('eu-west-1'), lack('eu-central-1'), lack('us-east-1')];

    const lines = renderDigest(report({ clusters, findings }), null).text.split('\n');

    expect(lines.filter((line) => line.includes('GuardDuty'))).toEqual([
      '- medium: archive: GuardDuty is off in eu-central-1 of account 111122223333.',
      '- medium: 2 clusters: GuardDuty is off in eu-west-1 of account 111122223333.',
      '- medium: no single cluster: GuardDuty is off in us-east-1 of account 111122223333.',
    ]);
  });

  it('counts what a message has no room for', () => {
    const findings = Array.from({ length: 14 }, (_, number) => finding({ summary: `Thing ${number}.` }));

    const { text } = renderDigest(report({ clusters: [clusterReport({ findings })] }), null);

    expect(text.match(/Thing/g)).toHaveLength(10);
    expect(text).toContain('- and 4 more, in the report');
  });

  it.each(HOSTILE_NAMES)('keeps %s within its line', (_, name) => {
    const findings = [finding({ summary: name.repeat(50) })];

    const { subject, text } = renderDigest(report({ clusters: [clusterReport({ findings })] }), null);

    const [line = ''] = text.split('\n').filter((one) => one.startsWith('- critical'));
    expect(text.split('\n')).toHaveLength(6);
    expect([...line].length).toBeLessThanOrEqual(302);
    expect(`${subject}${line}`).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});
