/** A change by which the control-plane logs of a cluster are lost, or no longer reach those who read them. */
import type { Detection, Match } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { findLogGroupCall, type LogGroupCall } from '../rules/log-group-calls.ts';
import { shellLine } from '../rules/shell.ts';

export const logGroupTampered: Detection = {
  id: 'log-group-tampered',
  ref: 'EV-003',
  title: 'Log group of a cluster was deleted, cut short or cut off',
  severity: 'high',
  needs: [['cloudtrail']],
  why: 'The log group holds the only record of who logged in and what they did. Deleted streams and a shorter retention destroy the past; a removed subscription or key blinds whoever watches.',
  fix: 'Put retention, subscription filters and key back as they were, and treat what was lost as unseen time.',
  blindSpots:
    'A retention is compared with the one that an earlier record set; without such a record only less than 90 days is reported. Log groups that other accounts read, and exports, are not looked at.',
  references: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  ],
  attack: ['T1562.008', 'T1070'],
  cis: ['2.1.2'],
  recurs: true,
  findPartLack: ({ records }) => {
    const calls = records.flatMap((record) => findLogGroupCall(record) ?? []);
    const first = calls.find(({ event }) => event.eventName === 'PutRetentionPolicy');
    const isUnclear = first?.retentionDays != null && first.retentionDays >= ENOUGH_DAYS;
    return isUnclear ? `what the retention of ${first.logGroup} was before ${first.event.at} is not known` : null;
  },
  correlate: () => {
    const retention = new Map<string, number>();
    const found: Match[] = [];
    return {
      add(record) {
        const call = findLogGroupCall(record);
        if (call === null) return;
        const before = retention.get(call.logGroup) ?? null;
        if (call.event.eventName === 'PutRetentionPolicy' && call.retentionDays !== null)
          retention.set(call.logGroup, call.retentionDays);
        const words = wordLoss(call, before);
        if (words !== null) found.push(toMatch(call, words));
      },
      matches: () => found,
    };
  },
};

/** As long as an access review looks back. */
const ENOUGH_DAYS = 90;

const LOSSES: ReadonlyMap<string, string> = new Map([
  ['DeleteLogGroup', 'deleted the log group and all that it held'],
  ['DeleteLogStream', 'deleted a log stream and all that it held'],
  ['DeleteSubscriptionFilter', 'took away a subscription filter, so that its reader sees no more'],
  ['DisassociateKmsKey', 'took the encryption key away'],
]);

/** null for a call that loses nothing. */
function wordLoss({ event, retentionDays }: LogGroupCall, before: number | null): string | null {
  if (event.eventName !== 'PutRetentionPolicy') return LOSSES.get(event.eventName) ?? null;
  if (retentionDays === null || (before !== null && retentionDays >= before)) return null;
  if (before !== null) return `cut the retention from ${wordDays(before)} to ${wordDays(retentionDays)}`;
  if (retentionDays >= ENOUGH_DAYS) return null;
  return `set the retention to ${wordDays(retentionDays)} (what it was before is not in these records)`;
}

function wordDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function toMatch({ event, logGroup }: LogGroupCall, words: string): Match {
  const actor = nameActor(event.actor);
  const region = event.region === null ? [] : ['--region', event.region];
  return {
    subject: `log-group:${logGroup}`,
    summary: `${actor} ${words}: ${logGroup}.`,
    commands: [shellLine('aws', 'logs', 'describe-log-groups', ...region, '--log-group-name-prefix', logGroup)],
    actor,
    at: event.at,
    isPast: true,
    evidence: [event.evidence],
  };
}
