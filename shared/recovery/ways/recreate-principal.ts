/** Doors that match an ARN whose principal is gone into a principal of the same name, for a while. */
import type { Principal } from '../../model/principal.ts';
import { shellLine } from '../../rules/shell.ts';
import { parseSsoRoleName } from '../../rules/sso-roles.ts';
import type { Door } from '../admin-doors.ts';
import { callsOnPrincipal } from '../calls.ts';
import { NOTE_PRINCIPAL } from '../code-notes.ts';
import { commandLine, forgetCluster, jsonWord, PROFILE, useCluster, useProfile } from '../commands.ts';
import { type Check, checkReach, makeCheck } from '../precondition.ts';
import { checkCalls } from '../request.ts';
import type { Situation } from '../situation.ts';
import { ONLY_RECIPIENT } from '../trust-document.ts';
import { checkAdmin } from '../verify.ts';
import { type Closed, type Draft, PLAIN, type Way } from '../way.ts';
import { nameShort } from '../wording.ts';
import { CREATOR_CONFLICT } from './recreated-creator.ts';

const TITLE = 'Make a deleted principal again under its name';

export const recreatePrincipal: Way = {
  id: 'recreate-principal',
  harm: 50,
  reversible: true,
  draft(situation) {
    const gone = situation.doors.filter(({ fault }) => fault === 'gone');
    const byArn = gone.filter(({ via }) => via !== 'access-entry');
    // A row matches the ARN for certain, the hidden creator perhaps.
    const [row] = byArn.filter(({ via }) => via === 'aws-auth');
    const [creator] = byArn.filter(({ via }) => via === 'cluster-creator');
    const doors = [row, creator].filter((door) => door !== undefined);
    if (doors.length > 0) return doors.map((door) => plan(door, situation));
    const because =
      gone.length > 0
        ? 'only access entries have lost their principal, and an entry is bound to the unique id: a new principal of the name never opens it'
        : 'no door that matches an ARN has lost its principal';
    return [{ title: TITLE, closed: because }];
  },
};

interface Steps {
  readonly make: (tags: boolean) => readonly string[];
  /** After the tags. */
  readonly use: readonly string[];
  readonly undo: readonly string[];
  readonly actions: readonly string[];
}

function plan(door: Door, situation: Situation): Draft | Closed {
  const { cluster, recipient, expiresAt } = situation;
  const { principal } = door;
  if (principal === null) return { title: TITLE, closed: 'nobody knows the name' };
  const title = `Make ${nameShort(principal.arn)} again, who ${door.via === 'aws-auth' ? 'has a row in aws-auth' : 'created the cluster'}`;
  const closed = findObstacle(principal, situation);
  if (closed !== null) return { title, closed };
  const steps = principal.type === 'user' ? listUserSteps(principal, situation) : listRoleSteps(principal, situation);
  const commands = [...(principal.type === 'role' ? recipient.lookup : []), ...steps.make(true), ...steps.use];
  const opens = `cluster-admin for whoever can become ${principal.arn}, to be removed by ${expiresAt}`;
  const calls = callsOnPrincipal(principal, steps.actions);
  return {
    ...PLAIN,
    title,
    preconditions: [
      checkMatching(door, situation),
      checkCalls(situation, { calls, commands, undo: steps.undo, opens }),
      checkReach(cluster),
    ],
    commands,
    ifTaggingDenied: steps.make(false),
    changes: `One new ${principal.type} in IAM, without any policy of its own. Nothing in the cluster.`,
    undo: steps.undo,
    removal: steps.undo,
    verify: [checkAdmin()],
    risk: `Whoever can become ${principal.arn} is admin of the cluster from that moment on, and of every other cluster whose aws-auth or creator names it. Whoever else may call iam:Create${principal.type === 'user' ? 'User' : 'Role'} could have done this before you: take the door away once you are in.`,
    opens,
    codeNotes: [NOTE_PRINCIPAL],
  };
}

function findObstacle({ type, name, account, path }: Principal, { cluster }: Situation): string | null {
  if (type !== 'role' && type !== 'user') return 'only roles and users can be made again';
  if (parseSsoRoleName(name) !== null || path.startsWith('/aws-reserved/'))
    return 'only Identity Center makes this role, and each time with a new suffix: nobody can make the name again';
  return account === cluster.account ? null : `it belonged to account ${account}: somebody there would have to make it`;
}

function listRoleSteps({ name, path, arn }: Principal, { recipient, expiresAt, cluster }: Situation): Steps {
  const trust = jsonWord(ONLY_RECIPIENT, recipient.word);
  const where = path === '/' ? [] : ['--path', path];
  const create = [
    'aws',
    'iam',
    'create-role',
    '--role-name',
    name,
    ...where,
    '--assume-role-policy-document',
    trust,
  ] as const;
  return {
    make: (tags) => [commandLine(...create, ...(tags ? ['--tags', ...listTags(expiresAt)] : []))],
    use: [useCluster(cluster, arn)],
    undo: [shellLine('aws', 'iam', 'delete-role', '--role-name', name), forgetCluster()],
    actions: ['iam:CreateRole'],
  };
}

/** The key goes from the one command into the other without being shown. */
function listUserSteps({ name, path }: Principal, { expiresAt, cluster }: Situation): Steps {
  const where = path === '/' ? [] : ['--path', path];
  const query = ['--query', 'AccessKey.[AccessKeyId,SecretAccessKey]', '--output', 'text'];
  const key = shellLine('aws', 'iam', 'create-access-key', '--user-name', name, ...query);
  const keep = (setting: string, field: number): string =>
    `aws configure set ${setting} "$(printf %s "$KEYHOLDER_KEY" | cut -f${field})" --profile ${PROFILE}`;
  const keyId = `"$(aws configure get ${PROFILE}.aws_access_key_id)"`;
  const deleteKey = ['aws', 'iam', 'delete-access-key', '--user-name', name, '--access-key-id', { expand: keyId }];
  return {
    make: (tags) => [
      shellLine(
        'aws',
        'iam',
        'create-user',
        '--user-name',
        name,
        ...where,
        ...(tags ? ['--tags', ...listTags(expiresAt)] : []),
      ),
    ],
    use: [
      `KEYHOLDER_KEY=$(${key})`,
      keep('aws_access_key_id', 1),
      keep('aws_secret_access_key', 2),
      'unset KEYHOLDER_KEY',
      useCluster(cluster, null),
      useProfile(),
    ],
    undo: [commandLine(...deleteKey), shellLine('aws', 'iam', 'delete-user', '--user-name', name), forgetCluster()],
    actions: ['iam:CreateUser', 'iam:CreateAccessKey'],
  };
}

function listTags(expiresAt: string): readonly string[] {
  return [`Key=expires-at,Value=${expiresAt}`, 'Key=purpose,Value=recovery'];
}

function checkMatching({ via, principal, evidence }: Door, { cluster }: Situation): Check {
  const isRow = via === 'aws-auth';
  return makeCheck({
    what: isRow ? 'aws-auth matches the ARN, and not the unique id' : 'The hidden creator is matched by its ARN',
    answer: isRow ? 'yes' : 'unknown',
    because: isRow ? 'the authenticator compares ARNs, and the row stands' : CREATOR_CONFLICT,
    evidence,
    unsure: {
      ifTried: 'The login works, or ends in 401. If it ends in 401, delete the principal again and go on.',
      ifDenied: 'AccessDenied comes from IAM: you may not make the principal, and the cluster was not asked.',
      message: `To get back into the EKS cluster ${cluster.name} I want to make ${principal?.arn ?? 'its creator'} again, which created it. AWS's own texts disagree on whether that works; it can be undone. Do you agree?`,
    },
  });
}
