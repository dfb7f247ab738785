/** The principal that created the cluster does not exist any more, or is another one of the same name. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { isOnlyDoor } from '../rules/admin-doors.ts';
import { arnKey } from '../rules/arn.ts';
import { isCreatorRecreated } from '../rules/creator-access.ts';
import { listPrincipalCalls } from '../rules/principal-calls.ts';

export const creatorGone: Detection = {
  id: 'creator-gone',
  ref: 'CR-003',
  title: 'The creator of the cluster is gone',
  severity: 'medium',
  needs: [['iam', 'cloudtrail', 'eks-api/cluster', 'eks-api/access-entries', 'authenticator-log']],
  why: 'When the creator is the only admin, nobody gets in any more. In mode CONFIG_MAP its name lives on as an admin: whoever may create a role of that name has the cluster.',
  fix: 'Make another admin door while somebody is still in: recover lists the ways in the order to try them. Some teams delete the creator on purpose in mode CONFIG_MAP and create it again in an emergency; accept the risk then, with an owner.',
  blindSpots:
    'Whether a creator that was created again gets back in is known for access entries alone, where it does not: for mode CONFIG_MAP AWS has said both. A creator in an account whose IAM was not read is unknown, not gone.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ],
  attack: ['T1531'],
  cis: [],
  findLack: ({ creator }) => {
    if (creator.principalArn === null) return 'who created the cluster is not known';
    return creator.exists === null ? `no IAM that was read tells of ${creator.principalArn}` : null;
  },
  *detect(facts) {
    const arn = facts.creator.principalArn;
    if (arn === null) return;
    const evidence = [...facts.cluster.evidence, ...facts.creator.evidence];
    if (facts.creator.exists === false) yield tellGone(arn, facts, evidence);
    else if (isCreatorRecreated(arn, facts)) yield tellRecreated(arn, facts, evidence);
  },
  *observe(record, facts) {
    const arn = facts?.creator.principalArn ?? null;
    const call = arn === null ? undefined : listPrincipalCalls(record).find(({ key }) => key === arnKey(arn));
    if (call === undefined || facts === null || arn === null) return;
    const actor = nameActor(call.event.actor);
    const match =
      call.kind === 'deleted'
        ? tellGone(arn, facts, [call.event.evidence])
        : tellRecreated(arn, facts, [call.event.evidence]);
    yield { ...match, summary: `${match.summary} It was ${actor} who ${call.kind} it.`, actor };
  },
};

function tellGone(arn: string, { cluster, access }: Facts, evidence: Match['evidence']): Match {
  const isOnly = isOnlyDoor(arn, access);
  const door =
    cluster.authenticationMode === 'CONFIG_MAP' ? ' Whoever creates the name again may be admin of the cluster.' : '';
  return {
    subject: `iam:${arn}`,
    severity: isOnly ? 'critical' : 'medium',
    summary: `${arn}, which created the cluster, does not exist${isOnly ? ', and no other admin is known who could get in' : ''}.${door}`,
    evidence,
  };
}

function tellRecreated(arn: string, { cluster, access }: Facts, evidence: Match['evidence']): Match {
  const isShut = cluster.authenticationMode !== 'CONFIG_MAP';
  return {
    subject: `iam:${arn}`,
    severity: isShut && isOnlyDoor(arn, access) ? 'critical' : 'medium',
    summary: `${arn} is not the principal that created the cluster: it was created again under the same name${isShut ? ', and its access entry does not let it in' : ', which may let it in as admin'}.`,
    evidence,
  };
}
