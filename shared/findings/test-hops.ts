/** What became of a test's events, and its rows, into the hops that answered and where to look behind the last of them. */
import { PATH_RULES, type PathPlace, type PathRule } from '../model/alert-path.ts';
import type { TestedPlace, TestHop } from '../model/alert-test.ts';
import { listTestRules } from '../rules/path-rules.ts';
import { ARRIVED_PREFIX, MOST_TESTS_IN_AN_HOUR, TOLD_PREFIX } from './path-rows.ts';

/** Logical names in resources/member-events.yml. */
const RULE_NAMES: Readonly<Record<PathRule, string>> = {
  eks: 'EksCalls',
  logs: 'LogCalls',
  cloudtrail: 'TrailCalls',
  iam: 'IamCalls',
  'log-batch': 'LogBatch',
  'home-bus': 'BusRule',
};
const CHANNELS = ['people', 'chat', 'machines'];

export interface TestTraces extends PathPlace {
  readonly id: string;
  /** When the bus of the region took the events; null: it did not. */
  readonly sentAt: string | null;
  /** Why not. */
  readonly refusal: string | null;
  /** Rows of the test, by key. */
  readonly rows: ReadonlyMap<string, unknown>;
  /** Others have used up what an account may ask for in an hour. */
  readonly isHeldBack: boolean;
}

export function resolveTestedPlace(traces: TestTraces): TestedPlace {
  const { account, region, id } = traces;
  const hops = listHops(traces);
  const broken = hops.find(({ status }) => status === 'refused' || status === 'silent');
  const upToThere = broken === undefined ? hops : hops.slice(0, hops.indexOf(broken));
  const lastAnswered = upToThere.findLast(({ status }) => status === 'answered')?.hop ?? null;
  const open = { next: null, pages: [] };
  const advice = broken === undefined ? open : adviseOn(broken.hop, hops, traces);
  return { account, region, id, isOpen: broken === undefined, hops, lastAnswered, ...advice };
}

function listHops({ region, sentAt, refusal, rows }: TestTraces): readonly TestHop[] {
  const ofRow = (hop: string, key: string): TestHop => {
    const row = rows.get(key);
    if (row === undefined) return { hop, status: 'silent', at: null, reason: null };
    const isNobody = typeof row === 'object' && row !== null && 'isSent' in row && row.isSent === false;
    const at = typeof row === 'object' && row !== null && 'at' in row && typeof row.at === 'string' ? row.at : null;
    return { hop, status: isNobody ? 'nobody' : 'answered', at, reason: null };
  };
  return [
    { hop: 'default-bus', status: sentAt === null ? 'refused' : 'answered', at: sentAt, reason: refusal },
    ...listTestRules(region).map((rule) => ofRow(`rule-${rule}`, `${ARRIVED_PREFIX}${rule}`)),
    ...CHANNELS.map((channel) => ofRow(channel, `${TOLD_PREFIX}${channel}`)),
  ];
}

type Advice = Pick<TestedPlace, 'next' | 'pages'>;

function adviseOn(broken: string, hops: readonly TestHop[], { account, region, isHeldBack }: TestTraces): Advice {
  const place = `account ${account}, region ${region}`;
  if (broken === 'default-bus')
    return { next: `The default bus of ${place} did not take the events: allow events:PutEvents on it.`, pages: [] };
  if (isHeldBack)
    return {
      next: `${MOST_TESTS_IN_AN_HOUR} tests of account ${account} were answered within this hour, and no more are: try again in the next one.`,
      pages: [],
    };
  const silent = PATH_RULES.filter((rule) =>
    hops.some(({ hop, status }) => hop === `rule-${rule}` && status === 'silent'),
  );
  const isAnyHere = hops.some(({ hop, status }) => hop.startsWith('rule-') && status === 'answered');
  if (silent.length > 0 && isAnyHere) {
    const names = silent.map((rule) => RULE_NAMES[rule]).join(', ');
    return {
      next: `Of ${place} these rules sent nothing, while others did: ${names}. They are off, changed or gone: deploy resources/member-events.yml there again.`,
      pages: ['canaries-missing', 'member-dead-letters'],
    };
  }
  if (silent.length > 0)
    return {
      next: `Nothing of ${place} came home: resources/member-events.yml is not deployed there, its HomeBusArn is another bus, the bus does not let the account in (organizationId), or alert-on-api-call fails.`,
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
