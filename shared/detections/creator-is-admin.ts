/** The principal that created the cluster is its admin, for good unless somebody takes that away. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { findCreatorDoor, makesCreatorAdmin } from '../rules/creator-access.ts';
import { findCreation } from '../rules/creator-kind.ts';
import { isWholeAdmin } from '../rules/policy-reach.ts';
import { dissociatePolicy, enableAccessEntries } from '../rules/remedies.ts';

export const creatorIsAdmin: Detection = {
  id: 'creator-is-admin',
  ref: 'CR-001',
  title: 'The creator of the cluster is its admin',
  severity: 'medium',
  needs: [['eks-api/cluster', 'eks-api/access-entries', 'cloudtrail', 'authenticator-log']],
  why: 'EKS makes whoever creates a cluster its admin, whether that is meant or not. In mode CONFIG_MAP no API shows this right, and nothing takes it away.',
  fix: 'Give admin to a role that is meant for it and try it out, then take the policy off the creator. In mode CONFIG_MAP enable access entries first: that is one-way.',
  blindSpots:
    'Who created the cluster is known from CloudTrail, from an admin entry as old as the cluster, or from the authenticator log: see creator-unknown where none of them tells. A creator entry made in code later on looks like any other entry.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  attack: ['T1136.003', 'T1098.006'],
  cis: ['4.1.1', '4.1.7'],
  saysOnlyIsAdmin: true,
  *detect(facts) {
    const door = findCreatorDoor(facts);
    if (door === null) return;
    const { cluster, creator } = facts;
    const policy = door.policies.find(isWholeAdmin);
    const who = creator.principalArn ?? `Whoever created ${cluster.name}`;
    yield {
      subject: creator.principalArn === null ? 'cluster' : `iam:${creator.principalArn}`,
      summary:
        policy === undefined
          ? `${who} is in system:masters as the creator of the cluster: in mode CONFIG_MAP no API shows it, and nothing takes it away.`
          : `${who} created the cluster and is still its admin through ${policy.name}.`,
      commands: [
        policy === undefined
          ? enableAccessEntries(cluster)
          : dissociatePolicy(cluster, door.principal.arn, policy.policyArn),
      ],
      at: cluster.createdAt,
      evidence: [...door.evidence, ...creator.evidence],
    };
  },
  *observe(record, facts) {
    const creation = findCreation(record);
    if (creation === null || !makesCreatorAdmin(creation) || isTakenBack(facts)) return;
    const { actor, evidence, clusterName } = creation;
    const match: Match = {
      subject: actor.principalArn === null ? 'cluster' : `iam:${actor.principalArn}`,
      summary: `${nameActor(actor)} created ${clusterName ?? 'the cluster'} and so became its admin.${facts === null ? ' Whether it still is can be told from the access entries alone.' : ''}`,
      actor: nameActor(actor),
      evidence: [evidence],
    };
    yield match;
  },
};

/** What describe-cluster says counts before the call: tools have asked for one and got the other. */
function isTakenBack(facts: Facts | null): boolean {
  return facts?.cluster.bootstrapCreatorAdmin === false && facts.cluster.authenticationMode !== 'CONFIG_MAP';
}
