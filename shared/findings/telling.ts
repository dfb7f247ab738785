/** Changes to be told into tellings: those of one cause on one cluster together, the worst first. */
import { createHash } from 'node:crypto';
import type { Notice, Telling } from '../model/notice.ts';
import { compareSeverity } from './severity.ts';

/** One message each, in the order in which their first change came. */
export function foldByCause(notices: readonly Notice[]): readonly Telling[] {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) {
    const key = JSON.stringify(causeOf(notice));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [notice]);
    else group.push(notice);
  }
  return [...groups.values()].flatMap(toTelling);
}

function causeOf({ finding, origin }: Notice): readonly (string | null)[] {
  const { cluster, change, actor } = finding;
  const place = cluster?.arn ?? finding.subject;
  return [place, change.cause, change.kind === 'expired' ? finding.fingerprint : (origin.actor ?? actor)];
}

function toTelling(notices: readonly Notice[]): readonly Telling[] {
  const [head, ...others] = notices.toSorted(compareNotices);
  if (head === undefined) return [];
  const { account, region } = placeOf(head);
  const deduplicationId = nameTelling([head, ...others]);
  return [{ deduplicationId, head, others, severity: head.finding.severity, account, region }];
}

/** Grants of admin before what follows from them. */
function compareNotices(a: Notice, b: Notice): number {
  const bySeverity = compareSeverity(a.finding.severity, b.finding.severity);
  if (bySeverity !== 0) return bySeverity;
  if (a.isGrant !== b.isGrant) return a.isGrant ? -1 : 1;
  return a.finding.fingerprint < b.finding.fingerprint ? -1 : 1;
}

/** Of other changes another id: a receiver that drops repeats never drops one that it was not told. */
function nameTelling(notices: readonly Notice[]): string {
  const [first, ...rest] = notices.map(({ finding }) => nameChange(finding));
  if (first !== undefined && rest.length === 0) return first;
  const ids = [first, ...rest].sort();
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 40);
}

export function nameChange({ fingerprint, change }: Notice['finding']): string {
  return `${fingerprint}-${change.number}`;
}

function placeOf({ finding }: Notice): { readonly account: string; readonly region: string } {
  const [, , , region, account] = (finding.cluster?.arn ?? '').split(':');
  const [, ofSubject, itsRegion] = /^(?:account|region):(\d{12})(?:\/(.+))?$/s.exec(finding.subject) ?? [];
  const [, ofPrincipal] = /^iam:arn:[^:]*:iam::(\d{12}):/.exec(finding.subject) ?? [];
  return { account: account ?? ofSubject ?? ofPrincipal ?? 'unknown', region: region ?? itsRegion ?? 'unknown' };
}
