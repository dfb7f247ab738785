/** Doors that open into ways back in that change nothing. */
import { isBreakGlass } from '../../rules/declared.ts';
import { findIamRole } from '../../rules/iam-roles.ts';
import type { Door } from '../admin-doors.ts';
import { decideBecoming, type Verdict } from '../caller.ts';
import { useCluster } from '../commands.ts';
import { enterAs, explainSignIn, isCaller } from '../enter.ts';
import { type Check, checkReach, makeCheck } from '../precondition.ts';
import type { Situation } from '../situation.ts';
import { checkAdmin } from '../verify.ts';
import { type Closed, type Draft, PLAIN, type Way } from '../way.ts';
import { listNames, nameDoor } from '../wording.ts';

/** The best of them; more would hide the other ways. */
const MOST = 3;

export const anotherAdmin: Way = {
  id: 'another-admin',
  harm: 0,
  reversible: true,
  draft(situation) {
    const open = situation.doors.filter(({ status }) => status === 'open');
    if (open.length === 0) return [{ title: 'Use another admin', closed: 'no admin door is known to open' }];
    const ranked = open
      .map((door) => ({ door, verdict: decide(door, situation) }))
      .sort((a, b) => rank(a, b, situation));
    return ranked.slice(0, MOST).map(({ door, verdict }) => plan(door, verdict, situation));
  },
};

interface Ranked {
  readonly door: Door;
  readonly verdict: Verdict;
}

const ANSWERS = { yes: 0, unknown: 1, no: 2 } as const;

/** What the caller can use, then what is kept for this, then what is proven, then whole admins. */
function rank(a: Ranked, b: Ranked, { facts }: Situation): number {
  const keys = ({ door, verdict }: Ranked): readonly number[] => [
    door.via === 'oidc' ? 1 : 0,
    ANSWERS[verdict.answer],
    isBreakGlass(door.principalArn ?? '', facts) ? 0 : 1,
    door.mapping?.exists === true ? 0 : 1,
    door.level === 'cluster-admin' ? 0 : 1,
    door.row?.people.list.some(({ certainty }) => certainty === 'yes') === true ? 0 : 1,
  ];
  const [left, right] = [keys(a), keys(b)];
  const index = left.findIndex((key, place) => key !== right[place]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

function decide({ principal }: Door, { caller, facts }: Situation): Verdict {
  if (principal === null)
    return { answer: 'unknown', because: 'the groups of the OIDC provider are known to it alone' };
  const role = principal.type === 'role' ? findIamRole(facts.accounts, principal) : null;
  if (principal.type === 'role') return decideBecoming(caller, role, facts);
  return isCaller(caller, principal)
    ? { answer: 'yes', because: 'it is the caller' }
    : { answer: caller.arn === null ? 'unknown' : 'no', because: 'only whoever holds its credentials is this user' };
}

function plan(door: Door, verdict: Verdict, situation: Situation): Draft | Closed {
  const { cluster, caller } = situation;
  const { principal } = door;
  const half =
    door.level === 'cluster-admin' ? '' : ' It is as good as cluster-admin, and may need a step or two more than that.';
  return {
    ...PLAIN,
    title: `Use ${nameDoor(door)}`,
    preconditions: [checkExists(door), checkPerson(door, verdict, situation), checkReach(cluster)],
    commands: principal === null ? [useCluster(cluster, null)] : enterAs(cluster, principal, { caller }),
    changes: `Nothing in AWS or in the cluster: it writes a kubeconfig of its own into the current folder.${principal === null ? '' : explainSignIn(principal)}`,
    verify: [checkAdmin()],
    risk: `None that is not there already: the session shows in CloudTrail and in the authenticator log.${half}`,
    opens: 'nothing new',
  };
}

function checkExists({ mapping, principalArn, reason, evidence }: Door): Check {
  const exists = mapping === null ? null : mapping.exists;
  const name = principalArn ?? 'the principal';
  return makeCheck({
    what: `${name} exists, and its door opens`,
    answer: exists === true ? 'yes' : 'unknown',
    because: exists === true ? 'IAM has it, and nothing that was read keeps the door shut' : reason,
    evidence,
    unsure: {
      ifTried: 'Assuming the role, or logging in as the user, shows at once whether it is still there.',
      ifDenied:
        'For a role AccessDenied says either that it is gone or that it does not trust you: IAM does not tell which.',
      message: `Please tell me whether ${name} still exists, and who can use it: I need it to get into an EKS cluster.`,
    },
  });
}

/** Somebody else who can is as good: the way is then to ask. */
function checkPerson(door: Door, verdict: Verdict, { cluster, creator }: Situation): Check {
  const people = door.via === 'cluster-creator' ? creator.people : (door.row?.people ?? creator.people);
  const sure = people.list.filter(({ certainty }) => certainty === 'yes' || certainty === 'observed');
  const names = listNames((sure.length > 0 ? sure : people.list).map(({ name }) => name));
  const isOthers = verdict.answer === 'no';
  const answer = isOthers ? (sure.length > 0 ? 'yes' : 'unknown') : verdict.answer;
  const others = names === '' ? 'who else can was not read' : `${names} can`;
  return makeCheck({
    what: isOthers ? 'Somebody can become it, though not you' : 'You, or somebody whom you can ask, can become it',
    answer: answer === 'unknown' && sure.length > 0 && verdict.answer !== 'unknown' ? 'yes' : answer,
    because: `${verdict.because}; ${others}`,
    evidence: door.row?.grants[0]?.evidence ?? [],
    ofCaller: false,
    unsure: {
      ifTried: 'aws sts assume-role, or the first kubectl command, shows it, and changes nothing.',
      ifDenied: 'The trust policy of the role, your own policies or the organisation refuse: ask one of those who can.',
      message: `I need an admin of the EKS cluster ${cluster.name} (${cluster.region}) for a recovery of access. Please run the commands below as ${door.principalArn ?? 'the creator of the cluster'}, or let me assume it for today.`,
    },
  });
}
