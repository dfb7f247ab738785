/** Coverage into what was not read and could change the answer. */
import type { Coverage, Source } from '../model/coverage.ts';
import type { Situation } from './situation.ts';

export function findDoubts({ facts, mode, awsAuth, doors, creator }: Situation): readonly string[] {
  const doubts: string[] = [];
  const gap = (source: Source): Coverage | undefined =>
    facts.coverage.find((row) => row.source === source && row.status !== 'complete');
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

const WORDS: Readonly<Record<Coverage['status'], string>> = {
  complete: 'read',
  partial: 'read in part',
  disabled: 'off',
  denied: 'denied',
  unavailable: 'not read',
};
