/** The IAM calls by which a principal can take over an admin of a cluster, or give itself the right to become one. */
import { decideAction } from '../rules/iam-evaluator.ts';
import { type Answer, anyOf } from '../rules/iam-truth.ts';
import type { IamEntity, IamIndex } from './iam-index.ts';
import { CLOSED, provided, type SelfGrant } from './self-grants.ts';

interface Takeover {
  readonly action: string;
  readonly kind: IamEntity['kind'];
  /** On an admin: what else it takes; null when the call is enough. */
  readonly needs: string | null;
}

/** Its policies decide what a role may do in AWS, not who becomes it. */
const NEEDS_SESSION = 'it can become that role already, and gains by what the policies then allow';

const TAKEOVERS: readonly Takeover[] = [
  { action: 'iam:UpdateAssumeRolePolicy', kind: 'role', needs: null },
  { action: 'iam:PutRolePolicy', kind: 'role', needs: NEEDS_SESSION },
  { action: 'iam:AttachRolePolicy', kind: 'role', needs: NEEDS_SESSION },
  { action: 'iam:CreateAccessKey', kind: 'user', needs: null },
  { action: 'iam:CreateLoginProfile', kind: 'user', needs: null },
  { action: 'iam:UpdateLoginProfile', kind: 'user', needs: null },
];

/** On oneself: whoever may give itself any policy may give itself the EKS actions. */
const OWN_POLICIES: Readonly<Record<IamEntity['kind'], readonly string[]>> = {
  role: ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  user: ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
};

export const TAKEOVER_ACTIONS: readonly string[] = [
  ...TAKEOVERS.map(({ action }) => action),
  ...Object.values(OWN_POLICIES).flat(),
];

/** One row for each action, with those whom it reaches most surely. */
export function listTakeovers(entity: IamEntity, admins: readonly IamEntity[], index: IamIndex): readonly SelfGrant[] {
  const ways = [...new Set([...TAKEOVERS.map(({ action }) => action), ...OWN_POLICIES[entity.kind]])].map((action) => {
    const reached = listReached(entity, action, { admins, index });
    const answer = anyOf(
      reached.map((target) => target.answer),
      CLOSED,
    );
    const targets = reached.filter((target) => target.answer.decision === answer.decision).map(({ arn }) => arn);
    return { action, answer, targets };
  });
  return ways.filter(({ answer }) => answer.decision !== 'no');
}

interface Reached {
  readonly arn: string;
  readonly answer: Answer;
}

function listReached(
  entity: IamEntity,
  action: string,
  { admins, index }: { readonly admins: readonly IamEntity[]; readonly index: IamIndex },
): readonly Reached[] {
  const reached: Reached[] = [];
  const takeover = TAKEOVERS.find((candidate) => candidate.action === action);
  for (const admin of admins) {
    if (admin.kind !== takeover?.kind) continue;
    const answer = ask(entity, { action, target: admin, index });
    const { needs } = takeover;
    reached.push({ arn: admin.principal.arn, answer: needs === null ? answer : provided(answer, needs) });
  }
  if (OWN_POLICIES[entity.kind].includes(action)) {
    const answer = ask(entity, { action, target: entity, index });
    const limit = 'its permissions boundary allows what it gives itself';
    reached.push({ arn: entity.principal.arn, answer: entity.boundary === null ? answer : provided(answer, limit) });
  }
  return reached;
}

function ask(
  entity: IamEntity,
  { action, target, index }: { readonly action: string; readonly target: IamEntity; readonly index: IamIndex },
): Answer {
  return decideAction(entity, {
    action,
    resource: { arn: target.principal.arn, isCut: false },
    context: {
      caller: entity,
      resource: { account: target.principal.account, tags: target.tags },
      findOrganization: index.findOrganization,
      given: new Map(),
    },
  });
}
