/** A report whose every text is the same hostile name. */
import type { Report } from '../../shared/model/report.ts';
import { coverage, coverageBut } from './coverage.ts';
import { access, cluster, grant, known, people, person } from './facts.ts';
import { clusterReport, finding, report } from './report.ts';

export function reportNaming(name: string): Report {
  const findings = [
    finding({ subject: `user:${name}`, summary: `${name} is admin`, actor: name, fix: [`kubectl ${name}`] }),
  ];
  const skips = [{ reason: name, count: 1, sample: name, file: name, line: 1 }];
  const row = access({
    principalArn: null,
    holder: { kind: 'kubernetes-user', name },
    reason: name,
    grants: [
      grant({
        detail: name,
        steps: [
          { kind: 'group', name: `group ${name}` },
          { kind: 'binding', name: `ClusterRoleBinding ${name}` },
          { kind: 'role', name: `ClusterRole ${name}` },
        ],
      }),
    ],
    grantedBy: known(name),
    people: people(person({ name, path: [`person ${name}`, name], condition: name })),
    change: { kind: 'raised', before: 'limited', doubt: name, newPeople: [name], gonePeople: [{ name, kind: 'sso' }] },
  });
  return report({
    clusters: [
      clusterReport({
        name,
        region: name,
        creator: {
          principalArn: name,
          confidence: 'likely',
          exists: false,
          candidates: [name],
          evidence: [],
          reason: name,
        },
        access: [row],
        coverage: coverageBut(coverage('rbac', 'partial', { reason: name, read: 1, skipped: 1, skips })),
        verdicts: [{ detection: 'some-detection', status: 'not-evaluated', missing: ['rbac'], reason: name }],
        findings,
      }),
    ],
    scope: [{ account: name, region: name, status: 'denied', clusters: 0, reason: name, mend: name }],
    compliance: [
      {
        standard: name,
        control: name,
        title: name,
        detections: [name],
        status: 'fail',
        reason: name,
        clusters: [{ arn: cluster().arn, status: 'fail', findings: [name], missing: ['rbac'] }],
      },
    ],
    comparison: {
      earlierAt: '2026-08-21T03:00:00Z',
      gone: [
        {
          holder: { kind: 'kubernetes-user', name },
          principalArn: name,
          level: 'cluster-admin',
          people: [{ name, kind: 'sso' }],
          cluster: { arn: name, name, account: name, region: name },
          doubt: name,
        },
      ],
    },
    provenance: {
      version: '0.1.0',
      caller: name,
      evidence: [{ file: name, sha256: '0'.repeat(64) }],
      queries: [name],
      strangers: [name],
      notConsulted: [name],
    },
    acceptances: [{ finding: name, owner: name, reason: name, expires: name, status: 'expired' }],
  });
}
