/** A report whose every text is the same hostile name. */
import type { Report } from '../../shared/model/report.ts';
import { coverage, coverageBut } from './coverage.ts';
import { access, grant, known, people, person } from './facts.ts';
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
    grants: [grant({ detail: name })],
    grantedBy: known(name),
    people: people(person({ name, path: [name], condition: name })),
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
    acceptances: [{ finding: name, owner: name, reason: name, expires: name, status: 'expired' }],
  });
}
