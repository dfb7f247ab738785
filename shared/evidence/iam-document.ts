/** A call to IAM into the policy document that it wrote, and what is not known of it into the coverage of IAM. */
import type { Coverage, Skip } from '../model/coverage.ts';
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamAccount, PolicyDocument } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { parsePolicyDocument } from '../rules/iam-policy.ts';
import { fieldIn } from './json-fields.ts';
import { tallySkips } from './skip-tally.ts';

/** IAM as a call left it. */
export interface AppliedIam {
  readonly iam: IamAccount;
  /** What the call gave without saying what that is: another read shows it. */
  readonly unknown: readonly string[];
  /** What it said and nobody understands. */
  readonly skips: readonly Skip[];
}

export interface ReadPolicy {
  readonly document: PolicyDocument;
  /** Its name, where the document holds more than what was understood. */
  readonly unread: readonly string[];
  readonly skips: readonly Skip[];
}

export function readDocument(call: CloudTrailEvent, name: string, arn: string | null): ReadPolicy {
  const { request, eventName } = call;
  const stated = fieldIn(request, 'policyDocument') ?? fieldIn(request, 'assumeRolePolicyDocument');
  const { document, problems } = parsePolicyDocument(stated, name, arn);
  const tally = tallySkips(null);
  for (const problem of problems) tally.add(`a policy of ${eventName} that is not understood: ${problem}`, stated);
  return { document, unread: problems.length > 0 ? [name] : [], skips: tally.list() };
}

export function joinApplied(applied: AppliedIam, more: Partial<Omit<AppliedIam, 'iam'>>): AppliedIam {
  return {
    iam: applied.iam,
    unknown: [...applied.unknown, ...(more.unknown ?? [])],
    skips: [...applied.skips, ...(more.skips ?? [])],
  };
}

/** What is not known here of a change since makes what was read a part of the truth. */
export function doubtIam(
  account: AccountEvidence,
  doubts: readonly string[],
  skips: readonly Skip[] = [],
): AccountEvidence {
  if (account.iam === null || doubts.length === 0) return account;
  const coverage = account.coverage.map((row): Coverage => {
    if (row.source !== 'iam') return row;
    const skipped = row.skipped + skips.reduce((sum, { count }) => sum + count, 0);
    const counted = { ...row, skips: [...row.skips, ...skips], skipped };
    const reason = wordDoubts(row, doubts);
    return reason === null ? counted : { ...counted, status: 'partial', reason };
  });
  return { ...account, coverage };
}

const CHANGED = 'changed after it was read: ';

/** null where it was no whole read before anything changed: that has a reason of its own. */
function wordDoubts({ status, reason }: Coverage, doubts: readonly string[]): string | null {
  if (status === 'complete') return `${CHANGED}${[...new Set(doubts)].join(', ')}`;
  if (reason === null || !reason.startsWith(CHANGED)) return null;
  const fresh = doubts.filter((doubt) => !reason.includes(doubt));
  return [reason, ...new Set(fresh)].join(', ');
}
