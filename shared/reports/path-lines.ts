/** Whether alerts would come into lines of the digest: every place that is silent is named. */
import type { PathHealth, PathRule, SilentPlace } from '../model/alert-path.ts';
import { tellCount, tellMoment } from './words.ts';

/** For the first line; empty where nothing is wrong. */
export function tellPathGap(health: PathHealth): string {
  if (health.status === 'unread') return ', alerts not proven';
  if (health.status === 'off' || health.silent.length === 0) return '';
  return `, no alerts from ${tellCount(health.silent.length, 'region')}`;
}

/** Sections, each with a title; of silence whole, whatever its length: a region that is left out passes for one that was heard. */
export function tellPathHealth(health: PathHealth): readonly string[] {
  if (health.status === 'off') return [];
  if (health.status === 'unread') return ['', `Whether alerts arrive could not be asked: ${health.reason}`];
  const { silent, letters } = health;
  return [
    ...section('No canary came in time, and no alert would come, from:', silent.map(tellSilent)),
    ...section(
      'Events that could not be sent home lie in the queue of dead letters of:',
      letters.map(({ account, region, since }) => `${account} ${region}, since ${tellMoment(since ?? '')}`),
    ),
  ];
}

const CALLS: Readonly<Record<PathRule, string>> = {
  eks: 'EKS',
  logs: 'CloudWatch Logs',
  cloudtrail: 'CloudTrail',
  iam: 'IAM',
};

function tellSilent({ account, region, rules, lastHeardAt }: SilentPlace): string {
  const last = lastHeardAt === null ? 'never heard' : `last heard ${tellMoment(lastHeardAt)}`;
  return `${account} ${region}: calls to ${rules.map((rule) => CALLS[rule]).join(', ')}; ${last}`;
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `- ${item}`)];
}
