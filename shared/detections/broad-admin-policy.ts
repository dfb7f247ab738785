/** An access policy that is as good as cluster-admin without saying so, or cluster-admin held to namespaces. */
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { findAssociation, findPlace } from '../rules/eks-calls.ts';
import { isBroad, isWideScope, wordPolicies, wordUnknownScope } from '../rules/policy-reach.ts';
import { dissociatePolicy } from '../rules/remedies.ts';

export const broadAdminPolicy: Detection = {
  id: 'broad-admin-policy',
  ref: 'AE-002',
  title: 'Access policy that is as good as cluster-admin',
  severity: 'high',
  needs: [['eks-api/access-entries'], ['cloudtrail']],
  why: 'Policies named Edit, Admin, AdminView or after AWS Backup let their holder run commands in pods, act as service accounts or write what others trust, and each of these leads to cluster-admin in a few steps.',
  fix: 'Associate a policy that reads what is needed, or limit this one to the namespaces that are needed, never kube-system.',
  blindSpots:
    'The rules of the policies are those that AWS documented when this table was made. A policy limited to a namespace is weighed without the service accounts that live in it, some of which may be admins.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  saysOnlyIsAdmin: true,
  *detect({ cluster, mappings }) {
    for (const { principal, policies, inert, evidence } of mappings) {
      const broad = policies.filter(isBroad);
      const [first] = broad;
      if (first === undefined || inert !== null) continue;
      yield {
        subject: `iam:${principal.arn}`,
        severity: broad.some(({ scope }) => isWideScope(scope)) ? 'high' : 'medium',
        summary: `${principal.arn} ${first.reason}: it holds ${wordPolicies(broad)}.`,
        commands: broad.map(({ policyArn }) => dissociatePolicy(cluster, principal.arn, policyArn)),
        at: first.associatedAt,
        evidence,
      };
    }
  },
  *observe(record, facts) {
    const made = findAssociation(record, facts);
    if (made === null || !isBroad(made.policy)) return;
    const { event, principalArn, policy, isScopeKnown } = made;
    const place = findPlace(event, facts);
    yield {
      subject: `iam:${principalArn}`,
      severity: isWideScope(policy.scope) ? 'high' : 'medium',
      summary: `${nameActor(event.actor)} gave ${wordPolicies([policy])} to ${principalArn}, which ${policy.reason} with it.${wordUnknownScope(isScopeKnown)}`,
      commands: place === null ? [] : [dissociatePolicy(place, principalArn, policy.policyArn)],
      actor: nameActor(event.actor),
      evidence: [event.evidence],
    };
  },
};
