/** An access policy that reads Secrets, short of being as good as cluster-admin. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey } from '../rules/arn.ts';
import { findAssociation, findPlace } from '../rules/eks-calls.ts';
import { isClusterScope, readsSecrets, wordPolicies, wordUnknownScope } from '../rules/policy-reach.ts';
import { dissociatePolicy } from '../rules/remedies.ts';

export const secretReachingPolicy: Detection = {
  id: 'secret-reaching-policy',
  ref: 'AE-003',
  title: 'Access policy that reads Secrets',
  severity: 'medium',
  needs: [['eks-api/access-entries'], ['cloudtrail']],
  why: 'Secrets hold database passwords, cloud keys and tokens of service accounts: whoever reads them can act as all of these, outside the cluster as well.',
  fix: 'Associate AmazonEKSViewPolicy, which leaves Secrets out, or keep this policy to namespaces whose Secrets its holder may know.',
  blindSpots:
    'A policy of which AWS does not publish all rules is not named here: access-policy-unknown is. Secrets also reach whoever may create pods in their namespace, with no right to read them.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  attack: ['T1552.007', 'T1098.006'],
  cis: ['4.1.2'],
  *detect(facts) {
    const capabilities = listCapabilities(facts);
    for (const { principal, policies, inert, evidence } of facts.mappings) {
      const isOwnPlace = capabilities.has(arnKey(principal.arn));
      const reading = policies.filter((p) => readsSecrets(p) && !(isOwnPlace && !isClusterScope(p.scope)));
      if (reading.length === 0 || inert !== null) continue;
      yield {
        subject: `iam:${principal.arn}`,
        severity: reading.some(({ scope }) => isClusterScope(scope)) ? 'high' : 'medium',
        summary: `${principal.arn} may read Secrets: it holds ${wordPolicies(reading)}.`,
        commands: reading.map(({ policyArn }) => dissociatePolicy(facts.cluster, principal.arn, policyArn)),
        at: reading[0]?.associatedAt ?? null,
        evidence,
      };
    }
  },
  *observe(record, facts) {
    const made = findAssociation(record, facts);
    if (made === null || !readsSecrets(made.policy)) return;
    const { event, principalArn, policy, isScopeKnown } = made;
    const isOwnPlace = facts !== null && listCapabilities(facts).has(arnKey(principalArn));
    if (isOwnPlace && !isClusterScope(policy.scope)) return;
    const place = findPlace(event, facts);
    yield {
      subject: `iam:${principalArn}`,
      severity: isClusterScope(policy.scope) ? 'high' : 'medium',
      summary: `${nameActor(event.actor)} let ${principalArn} read Secrets through ${wordPolicies([policy])}.${wordUnknownScope(isScopeKnown)}`,
      commands: place === null ? [] : [dissociatePolicy(place, principalArn, policy.policyArn)],
      actor: nameActor(event.actor),
      evidence: [event.evidence],
    };
  },
};

/** An EKS capability reads the Secrets of the namespaces that it was given for its own work. */
function listCapabilities({ workloadRoles }: Facts): ReadonlySet<string> {
  return new Set(workloadRoles.filter(({ kind }) => kind === 'capability').map(({ roleArn }) => arnKey(roleArn)));
}
