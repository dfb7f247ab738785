import { describe, expect, test } from 'vitest';
import { viewPage } from '../../shared/reports/view-page.ts';
import { ref } from '../support/coverage.ts';
import { access, grant, noneSeen, notReadable, people } from '../support/facts.ts';
import { clusterReport, finding, report } from '../support/report.ts';

function viewCluster(more: Parameters<typeof clusterReport>[0]) {
  const [page] = viewPage(report({ clusters: [clusterReport(more)] })).clusters;
  if (page === undefined) throw new Error('expected a cluster');
  return page;
}

describe('viewPage', () => {
  test('counts at the top who holds, what is wrong and what was not seen', () => {
    const rows = [access(), access({ exists: false, lastUsedAt: noneSeen('2026-08-23T00:00:00Z'), people: people() })];
    const { band } = viewPage(
      report({
        clusters: [clusterReport({ access: rows, findings: [finding(), finding({ status: 'accepted' })] })],
        summary: {
          clusters: 1,
          keyholders: 2,
          findings: { critical: 1, high: 0, medium: 0, low: 0, info: 0 },
          notEvaluated: 3,
          notAudited: 0,
        },
      }),
    );

    expect(band.keys).toEqual({
      title: 'Who holds the keys',
      figure: '2',
      unit: 'keyholders in 1 cluster',
      lines: [
        '1 person or account known to stand behind them',
        '1 not seen in use since 23 Aug 2026',
        '1 deleted in IAM, open to whoever makes the name again',
      ],
    });
    expect([band.wrong.figure, band.wrong.counts, band.wrong.lines]).toEqual([
      '1',
      [{ severity: 'critical', count: 1 }],
      ['in 1 of 1 cluster', '1 accepted'],
    ]);
    expect(band.unseen.figure).toBe('3');
  });

  test('says of a keyholder what is known, why the rest is not, and which grants make it one', () => {
    const limited = grant({ level: 'limited', via: 'rbac', detail: 'group everybody' });
    const proof = ref('eks-api', { file: '111122223333/eu-central-1/payments/access-entries.json', line: 3 });
    const row = access({
      exists: null,
      grants: [grant({ scope: 'namespace:dev', since: null, evidence: [proof, proof] }), limited],
      since: noneSeen('2026-08-23T00:00:00Z'),
      lastUsedAt: notReadable('the logs are off'),
      people: { status: 'not-readable', reason: 'iam.json is missing', list: [] },
    });

    const [key] = viewCluster({ access: [row] }).keys.keyholders;

    expect([key?.since, key?.lastUsed, key?.people]).toEqual(['not seen', 'not readable', 'not readable']);
    expect(key?.facts).toEqual([
      ['Why', 'AmazonEKSClusterAdminPolicy at cluster scope allows everything.'],
      ['Given by', 'role/pipeline'],
      ['Since', 'not seen since 23 Aug 2026, the first day we can see'],
      ['Last used', 'not readable: the logs are off'],
      ['People', 'iam.json is missing'],
      ['In IAM', 'not checked'],
    ]);
    expect(key?.grants).toMatchObject([
      { scope: 'namespace dev', since: 'not seen', proofs: ['access-entries.json:3'] },
    ]);
    expect(key?.lesser).toBe('rbac group everybody (limited)');
  });

  test('says once what everybody who is logged in holds, and of each that it does', () => {
    const reader = grant({
      ...{ level: 'limited', via: 'rbac' },
      detail: 'everybody who is logged in, ClusterRoleBinding all to ClusterRole reader',
      steps: [{ kind: 'group', name: 'system:authenticated' }],
    });
    const chosen = grant({
      ...{ level: 'limited', via: 'aws-auth' },
      detail: 'user bob, a name that the caller chooses, ClusterRoleBinding b to ClusterRole c',
    });

    const { everybody, keyholders } = viewCluster({
      access: [access({ grants: [grant({}), reader, chosen] }), access({ grants: [grant({}), reader] })],
    }).keys;

    expect(everybody).toBe('rbac everybody who is logged in (limited): ClusterRoleBinding all to ClusterRole reader');
    expect(keyholders.map(({ lesser }) => lesser)).toEqual([
      'aws-auth user bob, a name that the caller chooses (limited): ClusterRoleBinding b to ClusterRole c; what everybody who is logged in holds, as said above',
      'what everybody who is logged in holds, as said above',
    ]);
  });

  test('lists everybody else, but for what Kubernetes and EKS bring along', () => {
    const rows = [
      access({ level: 'limited', holder: { kind: 'kubernetes-group', name: 'readers' } }),
      access({ level: 'limited', kind: 'node' }),
    ];

    expect(viewCluster({ access: rows }).keys.others.map(({ holder }) => holder)).toEqual(['group readers']);
  });

  test('keeps open findings of high severity unfolded, and folds what is accepted', () => {
    const acceptance = { owner: 'alice', reason: 'agreed', expires: '2027-01-01T00:00:00Z', isInForce: true };
    const findings = [
      finding({ status: 'accepted', acceptance }),
      finding({ severity: 'low', acceptance: { ...acceptance, isInForce: false } }),
      finding({ at: null, actor: null }),
    ];

    const groups = viewCluster({ findings }).cases;

    expect(groups.map(({ title, isFolded }) => [title, isFolded])).toEqual([
      ['Critical and high', false],
      ['1 further: medium, low and for information', true],
      ['1 accepted or resolved', true],
    ]);
    expect(groups.map(({ cases }) => cases[0]?.acceptance)).toEqual([
      null,
      'Accepted by alice until 1 Jan 2027, which has run out: agreed',
      'Accepted by alice until 1 Jan 2027: agreed',
    ]);
    expect(groups[0]?.cases[0]?.origin).toBe('First seen 23 Aug 2026');
  });

  test('has the findings of no single cluster apart', () => {
    const page = viewPage(report({ findings: [finding({ cluster: null, subject: 'account:111122223333' })] }));

    expect(page.elsewhere[0]?.cases[0]?.subject).toBe('account:111122223333');
  });
});
