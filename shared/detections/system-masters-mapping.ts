/** A row of aws-auth in system:masters, which skips RBAC altogether. */
import type { Detection } from '../model/finding.ts';
import { principalKey } from '../rules/arn.ts';
import { watchAwsAuth } from '../rules/aws-auth-watch.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { listRowTimes, listWholeAdmins, stoodBefore } from '../rules/masters-rows.ts';
import { deleteIdentityMapping } from '../rules/remedies.ts';

export const systemMastersMapping: Detection = {
  id: 'system-masters-mapping',
  ref: 'AA-001',
  title: 'Mapping into system:masters',
  severity: 'critical',
  needs: [['aws-auth'], ['audit-log']],
  why: 'The API server asks nobody what a member of system:masters may do: no role, binding or webhook limits it, and taking its bindings away changes nothing.',
  fix: 'Map the principal to a group that is bound to what it needs, or give it an access entry with a policy. Keep a copy of the ConfigMap, and another way in, before you take the row out.',
  blindSpots:
    'The content of aws-auth is in the audit log only for updates, patches and deletions: aws-auth-created-unseen reports a creation. A row that stood before the first audit is graded high, since nothing shows that it is new.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.1', '4.1.7'],
  saysOnlyIsAdmin: true,
  *detect(facts) {
    const wholeAdmins = listWholeAdmins(facts.mappings);
    const madeAt = listRowTimes(facts);
    for (const { principal, row, identity, inert, evidence } of facts.mappings) {
      if (row === null || !identity.groups.includes(MASTERS)) continue;
      const key = principalKey(principal);
      const isOverridden = inert === 'overridden-by-entry' && wholeAdmins.has(key);
      if (inert !== null && !isOverridden) continue;
      const entry = isOverridden ? ' Its access entry counts instead for now; the row opens again without it.' : '';
      yield {
        subject: `aws-auth:${row.arn}`,
        severity: stoodBefore(madeAt.get(key) ?? null, row.arn, facts) ? 'high' : 'critical',
        summary: `aws-auth puts ${row.arn} into system:masters as ${row.username}: it may do anything, and RBAC is not asked.${entry}`,
        commands: deleteIdentityMapping(facts.cluster, row.arn),
        evidence,
      };
    }
  },
  correlate: (facts) =>
    watchAwsAuth(facts, function* ({ rows, event, isCompared }) {
      for (const { arn, username, groups, evidence } of rows) {
        if (!groups.includes(MASTERS)) continue;
        const isStanding = facts !== null && stoodBefore(isCompared ? event.at : null, arn, facts);
        yield {
          subject: `aws-auth:${arn}`,
          severity: isStanding ? 'high' : 'critical',
          summary: `aws-auth puts ${arn} into system:masters as ${username}: it may do anything, and RBAC is not asked.`,
          commands: facts === null ? [] : deleteIdentityMapping(facts.cluster, arn),
          evidence: [evidence],
        };
      }
    }),
};
