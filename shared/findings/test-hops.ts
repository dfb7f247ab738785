/** What became of a test's events, and its rows, into the hops that answered and where to look behind the last of them. */
import { PATH_RULES, type PathPlace, type PathRule } from '../model/alert-path.ts';
import type { TestedPlace, TestHop } from '../model/alert-test.ts';
import { listTestRules } from '../rules/path-rules.ts';
import { ARRIVED_PREFIX, MOST_TESTS_IN_AN_HOUR, TOLD_PREFIX } from './path-rows.ts';

const TEMPLATE = 'resources/member-events.yml';
/** Logical names there. */
const RULE_NAMES: Readonly<Record<PathRule, string>> = {
  eks: 'EksCalls',
  logs: 'LogCalls',
  cloudtrail: 'TrailCalls',
  iam: 'IamCalls',
  sts: 'EmergencyCalls',
  'log-batch': 'LogTests (or its function, LogBatch)',
  'home-bus': 'BusRule',
};
const CHANNELS = ['people', 'chat', 'machines'];
/** Without an answer of these the way is not proven. */
const UNPROVEN: ReadonlySet<TestHop['status']> = new Set(['refused', 'silent', 'unknown']);

/** The rules of the region that would take the events of a test. */
export interface RulesThere {
  readonly on: readonly PathRule[];
  readonly off: readonly PathRule[];
}

export interface TestTraces extends PathPlace {
  readonly id: string;
  /** When the bus of the region took the events; null: it did not. */
  readonly sentAt: string | null;
  /** Why not. */
  readonly refusal: string | null;
  /** A text: why they could not be asked for; null: nobody did, since nothing was sent. */
  readonly rules: RulesThere | string | null;
  /** Rows of the test, by key. */
  readonly rows: ReadonlyMap<string, unknown>;
  /** Others have used up what an account may ask for in an hour. */
  readonly isHeldBack: boolean;
}

export function resolveTestedPlace(traces: TestTraces): TestedPlace {
  const { account, region, id } = traces;
  const hops = listHops(traces);
  const broken = hops.find(isBroken);
  const upToThere = broken === undefined ? hops : hops.slice(0, hops.indexOf(broken));
  const lastAnswered = upToThere.findLast(({ status }) => status === 'answered')?.hop ?? null;
  const open = { next: null, pages: [] };
  const advice = broken === undefined ? open : adviseOn(broken.hop, hops, traces);
  return { account, region, id, isOpen: broken === undefined, hops, lastAnswered, ...advice };
}

/** An answer may still come. */
export function isAwaited({ status }: Pick<TestHop, 'status'>): boolean {
  return status === 'silent' || status === 'unknown';
}

/** A region may have no roles of emergencies to hear of; all else that is not there is missing. */
function isBroken({ hop, status }: TestHop): boolean {
  return UNPROVEN.has(status) || (status === 'absent' && hop !== hopOf('sts'));
}

function hopOf(rule: PathRule): string {
  return rule === 'log-batch' ? 'log-function' : `rule-${rule}`;
}

type Unanswered = Pick<TestHop, 'status' | 'reason'>;

function explainSilence(rule: PathRule, rules: TestTraces['rules']): Unanswered {
  if (typeof rules === 'string')
    return { status: 'unknown', reason: `Whether it is deployed there could not be asked: ${rules}.` };
  if (rules === null || rules.on.includes(rule)) return { status: 'silent', reason: null };
  if (rules.off.includes(rule)) return { status: 'silent', reason: 'Its rule is switched off.' };
  const why = rule === 'sts' ? 'the stack there names no BreakGlassRoleArns' : `${TEMPLATE} is not deployed there`;
  return { status: 'absent', reason: `Not deployed here: ${why}, or is of an earlier version.` };
}

function listHops({ region, sentAt, refusal, rules, rows }: TestTraces): readonly TestHop[] {
  const ofRow = (hop: string, key: string, unanswered: Unanswered): TestHop => {
    const row = rows.get(key);
    if (row === undefined) return { hop, at: null, ...unanswered };
    const isNobody = typeof row === 'object' && row !== null && 'isSent' in row && row.isSent === false;
    const at = typeof row === 'object' && row !== null && 'at' in row && typeof row.at === 'string' ? row.at : null;
    return { hop, status: isNobody ? 'nobody' : 'answered', at, reason: null };
  };
  return [
    { hop: 'default-bus', status: sentAt === null ? 'refused' : 'answered', at: sentAt, reason: refusal },
    ...listTestRules(region).map((rule) => ofRow(hopOf(rule), `${ARRIVED_PREFIX}${rule}`, explainSilence(rule, rules))),
    ...CHANNELS.map((channel) => ofRow(channel, `${TOLD_PREFIX}${channel}`, { status: 'silent', reason: null })),
  ];
}

type Advice = Pick<TestedPlace, 'next' | 'pages'>;

function adviseOn(
  broken: string,
  hops: readonly TestHop[],
  { account, region, rules, isHeldBack }: TestTraces,
): Advice {
  const place = `account ${account}, region ${region}`;
  if (broken === 'default-bus')
    return { next: `The default bus of ${place} did not take the events: allow events:PutEvents on it.`, pages: [] };
  if (isHeldBack)
    return {
      next: `${MOST_TESTS_IN_AN_HOUR} tests of account ${account} were answered within this hour, and no more are: try again in the next one.`,
      pages: [],
    };
  const ruleHops = new Map(PATH_RULES.map((rule) => [hopOf(rule), rule]));
  const silent = hops.flatMap((hop) => (isBroken(hop) ? (ruleHops.get(hop.hop) ?? []) : []));
  const isAnyHere = hops.some(({ hop, status }) => ruleHops.has(hop) && status === 'answered');
  if (isAnyHere && typeof rules === 'string' && silent.every((rule) => rule === 'sts') && silent.length > 0) {
    return {
      next: `Whether ${place} has a rule for roles of emergencies (EmergencyCalls) could not be asked, and nothing came by one: allow events:ListRules there.`,
      pages: [],
    };
  }
  if (silent.length > 0 && isAnyHere) {
    const names = silent.map((rule) => RULE_NAMES[rule]).join(', ');
    return {
      next: `Of ${place} these rules sent nothing, while others did: ${names}. They are off, changed or gone: deploy ${TEMPLATE} there again.`,
      pages: ['canaries-missing', 'member-dead-letters'],
    };
  }
  if (silent.length > 0)
    return {
      next: `Nothing of ${place} came home: ${TEMPLATE} is not deployed there, its HomeBusArn is another bus, the bus does not let the account in (organizationId), or alert-on-api-call fails.`,
      pages: ['member-dead-letters', 'event-dead-letters', 'alert-errors'],
    };
  const isAnyTold = hops.some(({ hop, status }) => CHANNELS.includes(hop) && status === 'answered');
  return isAnyTold
    ? { next: `The topic for ${broken} did not take the message, while others did.`, pages: ['tell-failures'] }
    : {
        next: 'The events came home, and publish-changes told nobody: it is not called, or it fails.',
        pages: ['tell-waits', 'tell-errors', 'tell-failures'],
      };
}
