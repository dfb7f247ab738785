/** The calls by which an IAM principal can make itself an admin of one cluster, each as requests to put to the evaluator. */
import type { Cluster } from '../model/eks.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import { type CallTarget, decideClusterCall } from '../rules/cluster-calls.ts';
import type { Resource } from '../rules/iam-matching.ts';
import { type Answer, allOf, anyOf } from '../rules/iam-truth.ts';

type Entity = IamUser | IamRole;

export interface SelfGrant {
  readonly action: string;
  readonly answer: Answer;
  /** ARNs of those whom the call is made on; absent for calls on the cluster. */
  readonly targets?: readonly string[];
}

/** Without one of these no way below is open. */
export const CLUSTER_ACTIONS: readonly string[] = [
  'eks:AssociateAccessPolicy',
  'eks:CreateAccessEntry',
  'eks:UpdateAccessEntry',
  'eks:UpdateClusterConfig',
  'eks:AssociateIdentityProviderConfig',
];

/** Policies that make an admin at cluster scope. */
const ADMIN_POLICIES: readonly string[] = [
  'AmazonEKSClusterAdminPolicy',
  'AmazonEKSAdminPolicy',
  'AmazonEKSEditPolicy',
  'AmazonEKSAdminViewPolicy',
  'AmazonEKSSecretAdminPolicy',
  'AWSBackupFullAccessPolicyForRestore',
  'AWSBackupFullAccessPolicyForBackup',
];

/** Every way that is not closed, in the order of how straight it leads. */
export function listClusterWays(entity: Entity, target: CallTarget): readonly SelfGrant[] {
  const { authenticationMode } = target.cluster;
  const associate = decideAssociate(entity, target);
  const create = decideCreate(entity, target);
  const entry = [associateWay(associate, create), ...entryWays(entity, { associate, create }, target)];
  const provider = {
    action: 'eks:AssociateIdentityProviderConfig',
    answer: provided(
      decideClusterCall(entity, { action: 'eks:AssociateIdentityProviderConfig' }, target),
      BOUND_SUBJECT,
    ),
  };
  const ways = authenticationMode === 'CONFIG_MAP' ? [modeWay(entity, { associate, create }, target)] : entry;
  const known =
    authenticationMode === null
      ? ways.map(({ action, answer }) => ({ action, answer: provided(answer, API_MODE) }))
      : ways;
  return [...known, provider].filter(({ answer }) => answer.decision !== 'no');
}

const OWN_ENTRY = 'it has an access entry in the cluster';
const BOUND_GROUP = 'a Kubernetes group or user that an access entry may name is bound to an admin role';
const BOUND_SUBJECT = 'a Kubernetes group or user that an identity provider may name is bound to an admin role';
const BOTH_AFTERWARDS =
  'it may also call eks:CreateAccessEntry and eks:AssociateAccessPolicy once the mode has changed';
const API_MODE = 'the authentication mode, which was not read, includes API';

interface EntryAnswers {
  readonly associate: Answer;
  readonly create: Answer;
}

function associateWay(associate: Answer, create: Answer): SelfGrant {
  const entry = create.decision === 'no' ? provided(associate, OWN_ENTRY) : allOf(associate, create);
  return { action: 'eks:AssociateAccessPolicy', answer: entry };
}

/** Groups alone make an admin only where RBAC gives such a group something; system: groups are refused. */
function entryWays(entity: Entity, { associate, create }: EntryAnswers, target: CallTarget): readonly SelfGrant[] {
  const resource = accessEntryOf(entity, target.cluster);
  const update = decideClusterCall(entity, { action: 'eks:UpdateAccessEntry', resource }, target);
  const byGroup = associate.decision === 'no' ? provided(create, BOUND_GROUP) : CLOSED;
  return [
    { action: 'eks:CreateAccessEntry', answer: byGroup },
    { action: 'eks:UpdateAccessEntry', answer: provided(provided(update, OWN_ENTRY), BOUND_GROUP) },
  ];
}

/** In CONFIG_MAP mode there are no access entries: the mode must change first, and cannot change back. */
function modeWay(entity: Entity, { associate, create }: EntryAnswers, target: CallTarget): SelfGrant {
  const action = 'eks:UpdateClusterConfig';
  const change = anyOf(
    ['API_AND_CONFIG_MAP', 'API'].map((mode) =>
      decideClusterCall(entity, { action, given: { 'eks:authenticationmode': [mode] } }, target),
    ),
    CLOSED,
  );
  const entry = allOf(associate, create);
  return { action, answer: entry.decision === 'no' ? provided(change, BOTH_AFTERWARDS) : allOf(change, entry) };
}

function decideAssociate(entity: Entity, target: CallTarget): Answer {
  const { partition } = target.cluster;
  const resource = accessEntryOf(entity, target.cluster);
  const answers = ADMIN_POLICIES.map((name) => {
    const policyArn = `arn:${partition}:eks::aws:cluster-access-policy/${name}`;
    const given = { 'eks:policyarn': [policyArn], 'eks:accessscope': ['cluster'], 'eks:namespaces': [] };
    return decideClusterCall(entity, { action: 'eks:AssociateAccessPolicy', resource, given }, target);
  });
  return anyOf(answers, CLOSED);
}

/** Groups and username are the caller's choice: without any, or as a policy may ask. */
function decideCreate(entity: Entity, target: CallTarget): Answer {
  const own = { 'eks:principalarn': [entity.principal.arn], 'eks:accessentrytype': ['STANDARD'] };
  const plain = { ...own, 'eks:kubernetesgroups': [], 'eks:username': [] };
  return anyOf(
    [plain, own].map((given) => decideClusterCall(entity, { action: 'eks:CreateAccessEntry', given }, target)),
    CLOSED,
  );
}

/** The ARN ends in an id that EKS makes. */
function accessEntryOf({ principal }: Entity, { partition, region, account, name }: Cluster): Resource {
  const owner = `${principal.type}/${principal.account}/${principal.name}`;
  return { arn: `arn:${partition}:eks:${region}:${account}:access-entry/${name}/${owner}/`, isCut: true };
}

export const CLOSED: Answer = { decision: 'no', condition: null, because: 'no policy of its own allows it' };

/** The answer, if something holds that policies do not tell. */
export function provided(answer: Answer, condition: string): Answer {
  return allOf(answer, { decision: 'conditional', condition, because: answer.because });
}
