/** Admin roles that exist and trust nobody into roles that trust one principal more, for a while. */

import type { IamRole } from '../../model/iam.ts';
import { findIamRole } from '../../rules/iam-roles.ts';
import { shellLine } from '../../rules/shell.ts';
import type { Door } from '../admin-doors.ts';
import { callsOnPrincipal } from '../calls.ts';
import { NOTE_TRUST } from '../code-notes.ts';
import { commandLine, forgetCluster, jsonWord, useCluster, type Word } from '../commands.ts';
import { type Check, checkReach, makeCheck } from '../precondition.ts';
import { checkCalls } from '../request.ts';
import type { Situation } from '../situation.ts';
import { addRecipient } from '../trust-document.ts';
import { checkAdmin } from '../verify.ts';
import { type Closed, type Draft, PLAIN, type Way } from '../way.ts';
import { nameShort } from '../wording.ts';

const MOST = 2;
const TITLE = 'Restore the trust of an admin role';

export const roleTrust: Way = {
  id: 'role-trust',
  harm: 40,
  reversible: true,
  draft(situation) {
    const doors = situation.doors.filter(({ fault }) => fault === 'nobody');
    const [creator, ...others] = [...doors].sort((a, b) => Number(isCreator(b)) - Number(isCreator(a)));
    if (creator === undefined) return [{ title: TITLE, closed: 'no admin role exists that nobody can become' }];
    return [creator, ...others].slice(0, MOST).map((door) => plan(door, situation));
  },
};

function isCreator({ via }: Door): boolean {
  return via === 'cluster-creator';
}

function plan(door: Door, situation: Situation): Draft | Closed {
  const { facts, cluster, recipient, expiresAt } = situation;
  const role = door.principal === null ? null : findIamRole(facts.accounts, door.principal);
  if (role === null) return { title: TITLE, closed: 'the trust policy was not read' };
  const { arn, name, path } = role.principal;
  const title = `Let ${nameShort(arn)} trust ${recipient.principal === null ? 'the role that you run as' : nameShort(recipient.principal.arn)}${isCreator(door) ? ': it created the cluster' : ''}`;
  if (path.startsWith('/aws-reserved/') || path.startsWith('/aws-service-role/'))
    return { title, closed: `AWS manages ${nameShort(arn)}: nobody else can change its trust` };
  const backup = `${name.replace(/[^\w+=,.@-]/g, '_')}-trust.bak.json`;
  const commands = [
    ...recipient.lookup,
    `${showTrust(name)} > ${shellLine(backup)}`,
    setTrust(name, jsonWord(addRecipient(role.trust), recipient.word)),
    useCluster(cluster, arn),
  ];
  const undo = [setTrust(name, `file://${backup}`), forgetCluster()];
  const opens = `${arn}, an admin of the cluster, for ${recipient.principal?.arn ?? 'the role that runs the commands'}, to be removed by ${expiresAt}`;
  const calls = callsOnPrincipal(role.principal, ['iam:GetRole', 'iam:UpdateAssumeRolePolicy']);
  return {
    ...PLAIN,
    title,
    preconditions: [
      checkDoor(door, role),
      checkCalls(situation, { calls, commands, undo, opens }),
      checkDenies(role, situation),
      checkReach(cluster),
    ],
    commands,
    changes: `One statement more in the trust policy of ${arn}; those that stand stay.`,
    undo,
    removal: undo,
    verify: [
      shellLine(
        'aws',
        'sts',
        'assume-role',
        '--role-arn',
        arn,
        '--role-session-name',
        'keyholder-check',
        '--query',
        'AssumedRoleUser.Arn',
      ),
      checkAdmin(),
    ],
    risk: 'The role may hold more than this cluster: everything it may do in AWS is open to the recipient as well, for as long as the statement stands.',
    opens,
    codeNotes: [NOTE_TRUST],
  };
}

function showTrust(name: string): string {
  const query = ['--query', 'Role.AssumeRolePolicyDocument', '--output', 'json'];
  return shellLine('aws', 'iam', 'get-role', '--role-name', name, ...query);
}

function setTrust(name: string, document: Word): string {
  return commandLine('aws', 'iam', 'update-assume-role-policy', '--role-name', name, '--policy-document', document);
}

function checkDoor({ evidence, reason }: Door, { principal, evidence: read }: IamRole): Check {
  return makeCheck({
    what: `${principal.arn} exists and is an admin of the cluster`,
    answer: 'yes',
    because: `IAM has it, and its door stands; ${reason}`,
    evidence: [...evidence, read],
  });
}

/** An Allow of its own does not help against a Deny that is there for a reason. */
function checkDenies({ trust, principal, evidence }: IamRole, { cluster }: Situation): Check {
  const hasDeny = trust.statements.some(({ effect }) => effect === 'Deny');
  return makeCheck({
    what: 'No statement of its trust policy denies the recipient',
    answer: hasDeny ? 'unknown' : 'yes',
    because: hasDeny ? 'the trust policy has a Deny, which may reach the recipient' : 'the trust policy has no Deny',
    evidence: [evidence],
    unsure: {
      ifTried: 'aws sts assume-role, the first check of this way, shows it.',
      ifDenied: 'The Deny reaches the recipient: it must be taken out too, by whoever put it there.',
      message: `The trust policy of ${principal.arn} holds a Deny. I need to assume the role to get back into the EKS cluster ${cluster.name}: please tell me what the Deny is for, or take it out for today.`,
    },
  });
}
