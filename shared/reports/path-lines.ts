/** Whether alerts would come into lines of the digest: every place that is silent is named. */
import type { PathHealth, PathRule, SilentPlace } from '../model/alert-path.ts';
import { tellCount, tellMoment } from './words.ts';

/** For the first line; empty where nothing is wrong. */
export function tellPathGap(health: PathHealth): string {
  if (health.status === 'unread') return ', alerts not proven';
  if (health.status === 'off' || health.silent.length === 0) return '';
  return `, no alerts from ${tellCount(health.silent.length, 'region')}`;
}

/** Sections, each with a title. */
export function tellPathHealth(health: PathHealth): readonly string[] {
  if (health.status === 'off') return [];
  if (health.status === 'unread') return ['', `Whether alerts arrive could not be asked: ${health.reason}`];
  const letters = health.letters.map(
    ({ account, region, since }) => `${account} ${region}, since ${tellMoment(since ?? '')}`,
  );
  return [
    ...section('No canary came in time, and no alert would come, from:', foldSilent(health.silent)),
    ...section('Events that could not be sent home lie in the queue of dead letters of:', letters),
  ];
}

const CALLED: Readonly<Partial<Record<PathRule, string>>> = {
  eks: 'EKS',
  logs: 'CloudWatch Logs',
  cloudtrail: 'CloudTrail',
  iam: 'IAM',
};

/** Regions of one account that fell silent alike stand in one line: a region that is left out would pass for one that was heard. */
function foldSilent(silent: readonly SilentPlace[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { account, region, rules, lastHeardAt } of silent) {
    const last = lastHeardAt === null ? 'never heard' : `last heard ${tellMoment(lastHeardAt)}`;
    const key = `${nameKinds(rules)}, ${last}: ${account}`;
    const regions = groups.get(key);
    if (regions === undefined) groups.set(key, [region]);
    else regions.push(region);
  }
  return [...groups].map(([key, regions]) => `${key} ${regions.join(', ')}`);
}

function nameKinds(rules: readonly PathRule[]): string {
  const called = rules.flatMap((rule) => CALLED[rule] ?? []);
  const calls = called.length === 0 ? [] : [`calls to ${called.join(', ')}`];
  const roles = rules.includes('sts') ? ['the assumption of emergency roles'] : [];
  const logs = rules.includes('log-batch') ? ['logs of clusters'] : [];
  const home = rules.includes('home-bus') ? ['the home bus itself'] : [];
  return [...calls, ...roles, ...logs, ...home].join(', ');
}

/** Of each of both: SNS takes 262,144 bytes, and the report has a part of them. */
const MOST_CHARACTERS = 110_000;

function section(title: string, items: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let length = 0;
  for (const item of items) {
    length += item.length + 3;
    if (length > MOST_CHARACTERS) break;
    shown.push(`- ${item}`);
  }
  const left = items.length - shown.length;
  if (items.length === 0) return [];
  return ['', title, ...shown, ...(left === 0 ? [] : [`- and ${left} lines more that fit no message`])];
}
