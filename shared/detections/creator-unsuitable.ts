/** A cluster that was created by somebody's own principal, or by a pipeline whose role is admin ever since. */
import type { Detection, Match, Subject } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { findCreation, isPipeline, namePersonal, namePersonalActor } from '../rules/creator-kind.ts';
import { findIamRole } from '../rules/iam-roles.ts';

const CLOUD_FORMATION = 'cloudformation.amazonaws.com';

export const creatorUnsuitable: Detection = {
  id: 'creator-unsuitable',
  ref: 'CR-002',
  title: 'Cluster created by the wrong kind of principal',
  severity: 'high',
  needs: [['cloudtrail', 'eks-api/cluster', 'eks-api/access-entries', 'authenticator-log', 'iam']],
  why: 'The creator is the last way into a cluster that is locked. A person leaves, an Identity Center role is replaced, the root user should have no part in daily work; a deployment role keeps an admin right that its pipeline does not need.',
  fix: 'Make a second admin door that lasts, such as a role for administrators with an access entry, and try it before you change anything about the creator.',
  blindSpots:
    'A role that a person assumes by hand looks like any other role. Whether a role belongs to a pipeline is told by its trust policy, where IAM was read.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  findLack: ({ creator }) => (creator.principalArn === null ? 'who created the cluster is not known' : null),
  *detect({ creator, accounts, cluster }) {
    if (creator.principalArn === null) return;
    const principal = parsePrincipal(creator.principalArn);
    const personal = namePersonal(principal);
    const role = findIamRole(accounts, principal);
    if (personal === null && !isPipeline(role)) return;
    const evidence = [...creator.evidence, ...(role === null ? [] : [role.evidence])];
    yield {
      ...tell(`iam:${creator.principalArn}`, creator.principalArn, personal),
      at: cluster.createdAt,
      evidence: evidence.length === 0 ? cluster.evidence : evidence,
    };
  },
  *observe(record) {
    const creation = findCreation(record);
    if (creation === null) return;
    const { actor, evidence } = creation;
    const personal = namePersonalActor(actor);
    if (personal === null && actor.invokedBy !== CLOUD_FORMATION) return;
    const who = nameActor(actor);
    const subject: Subject = actor.principalArn === null ? `user:${who}` : `iam:${who}`;
    yield { ...tell(subject, who, personal), actor: who, evidence: [evidence] };
  },
};

function tell(subject: Subject, who: string, personal: string | null): Match {
  return {
    subject,
    severity: personal === null ? 'info' : 'high',
    summary:
      personal === null
        ? `The cluster was created by ${who}, the role of a pipeline: it is admin ever since, unless that was taken away.`
        : `The cluster was created by ${who}, ${personal}.`,
    evidence: [],
  };
}
