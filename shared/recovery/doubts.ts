/** Coverage into what was not read and could change the answer. */
import type { Coverage, Source } from '../model/coverage.ts';
import type { Facts } from '../model/facts.ts';
import { listAskedCalls } from './asked.ts';
import type { Situation } from './situation.ts';

export function findDoubts({ facts, mode, awsAuth, doors, creator }: Situation): readonly string[] {
  const doubts: string[] = [];
  const coverage = facts.coverage.map((row) => limitToCalls(row, facts));
  const gap = (source: Source): Coverage | undefined =>
    coverage.find((row) => row.source === source && row.status !== 'complete');
  const tell = (row: Coverage | undefined, meaning: string): void => {
    if (row !== undefined)
      doubts.push(`${row.source} was ${WORDS[row.status]} (${row.reason ?? 'no reason given'}): ${meaning}`);
  };
  if (mode === null) doubts.push('The authentication mode was not read: which doors the cluster reads is not known.');
  tell(gap('eks-api'), 'there may be access entries, and node groups, that are not listed here');
  if (mode !== 'API' && awsAuth.current === null && awsAuth.status !== 'deleted')
    tell(gap('aws-auth'), 'aws-auth may let people and nodes in who are not listed here');
  if (mode !== 'API' && awsAuth.current !== null && gap('aws-auth') !== undefined)
    doubts.push('aws-auth was not read itself: what the audit log shows of its last write is taken for it.');
  tell(gap('iam'), 'whether principals still exist, and who can become them, is not known in whole');
  tell(gap('rbac'), 'which groups are admins, and which controllers may write aws-auth, is not known in whole');
  if (doors.some(({ status }) => status !== 'open')) {
    tell(gap('audit-log'), 'a write of aws-auth may be missing among the causes');
    tell(gap('cloudtrail'), 'a deleted entry, role or user may be missing among the causes');
  }
  if (creator.principalArn === null && mode === 'CONFIG_MAP')
    doubts.push(`The creator, who is an admin in this mode, is not known: ${creator.reason}.`);
  return doubts;
}

/** Of an event history that was asked for some calls alone, the others that matter are missing. */
function limitToCalls(row: Coverage, { cluster, now }: Facts): Coverage {
  const { source, status, calls } = row;
  if (source !== 'cloudtrail' || status !== 'complete' || calls === undefined) return row;
  const missing = listAskedCalls(cluster, now).filter((name) => !calls.includes(name));
  return missing.length === 0 ? row : { ...row, status: 'partial', reason: `not asked for ${missing.join(', ')}` };
}

/** Silence of what nobody asked is no answer, so it is named. */
export function listUnasked({ coverage }: Pick<Facts, 'coverage'>): readonly string[] {
  const sources = coverage.filter(({ isUnasked }) => isUnasked === true).map(({ source }) => source);
  if (sources.length === 0) return [];
  const calls = coverage.find(({ source }) => source === 'cloudtrail')?.calls ?? [];
  return [
    `Not asked: ${sources.join(', ')}. No way back in depends on them.`,
    ...(calls.length === 0 ? [] : [`Of the event history of CloudTrail, nothing was asked but ${calls.join(', ')}.`]),
  ];
}

const WORDS: Readonly<Record<Coverage['status'], string>> = {
  complete: 'read',
  partial: 'read in part',
  disabled: 'off',
  denied: 'denied',
  unavailable: 'not read',
};
