/** A situation into the answer in one line, and what stands behind it in another. */
import type { Coverage, Ref, Source } from '../model/coverage.ts';
import type { AccessChange, RecoveryState } from '../model/recovery.ts';
import type { Situation } from './situation.ts';

const STATES: Readonly<Record<RecoveryState, string>> = {
  'locked-out': 'Locked out',
  degraded: 'Degraded',
  fine: 'Fine',
};

/** How the cluster stands, since when, by which change, with its event. */
export function summarize(situation: Situation, state: RecoveryState, cause: AccessChange | null): string {
  if (state === 'fine') return `Fine: ${tellDoors(situation)}.`;
  if (cause === null) return `${STATES[state]}, and no record shows since when: ${tellDoors(situation)}.`;
  const [ref] = cause.evidence;
  const where = ref === undefined ? '' : ` (${tellRef(ref)})`;
  const since = cause.at === null ? ', at a time that no record shows' : ` since ${cause.at}`;
  return `${STATES[state]}${since}: ${cause.summary}${where}.`;
}

/** The doors that open and those that do not, and what else is damaged. */
export function detail(situation: Situation): string {
  const { awsAuth, nodes } = situation;
  const lost = nodes.roles.length;
  const until = nodes.loginUntil === null ? '' : `, and can log in until ${nodes.loginUntil} at the latest`;
  const parts = [
    tellDoors(situation),
    ...(awsAuth.status === 'broken' ? ['aws-auth is broken'] : []),
    ...(awsAuth.status === 'deleted' ? ['aws-auth is deleted'] : []),
    ...(lost > 0 ? [`nodes of ${count(lost, 'role')} have lost their mapping${until}`] : []),
  ];
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function tellDoors({ doors, facts }: Situation): string {
  const open = doors.filter(({ status }) => status === 'open');
  if (doors.length === 0) return `no admin door was seen${tellUnread(facts.coverage)}`;
  if (open.length === 0) return `of ${count(doors.length, 'admin door')} none is known to open`;
  const shut = doors.length - open.length;
  const isProven = open.some(({ mapping }) => mapping?.exists === true);
  const doubt = isProven ? '' : ', as far as was read: whether their principals still exist is not known';
  return `${count(open.length, 'admin door')} ${open.length === 1 ? 'opens' : 'open'}${shut === 0 ? '' : `, ${shut} more ${shut === 1 ? 'does' : 'do'} not`}${doubt}`;
}

const OF_DOORS: readonly Source[] = ['eks-api', 'aws-auth', 'rbac'];

/** A door that was not looked at is no door that is shut. */
function tellUnread(coverage: readonly Coverage[]): string {
  const unread = OF_DOORS.filter(
    (source) => !coverage.some((row) => row.source === source && row.status === 'complete'),
  );
  if (unread.length === 0) return '';
  return `, but ${unread.join(' and ')} ${unread.length === 1 ? 'was' : 'were'} not read in whole, and may hold one`;
}

function tellRef({ file, line, id }: Ref): string {
  if (file === null) return id ?? 'no reference';
  return line > 0 ? `${file}:${line}` : file;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
