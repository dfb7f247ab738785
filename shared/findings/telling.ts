/** Changes to be told into tellings: those of one cause on one cluster together, a new admin first. */
import { createHash } from 'node:crypto';
import type { Notice, Telling } from '../model/notice.ts';
import { compareSeverity } from './severity.ts';

/** One message each, in the order in which their first change came. */
export function foldByCause(notices: readonly Notice[]): readonly Telling[] {
  const groups = new Map<string, readonly Notice[]>();
  for (const notice of notices) {
    const related = listCauses(notice).flatMap((cause) => groups.get(cause) ?? []);
    const group = [...new Set(related), notice];
    for (const cause of group.flatMap(listCauses)) groups.set(cause, group);
  }
  return [...new Set(groups.values())].flatMap(toTelling);
}

/**
 * What one actor does to a cluster by one kind of call, to one thing, or to one effect: who deletes aws-auth and creates
 * it again did one thing in two calls, and who gives two people admin by two calls one wrong. Acceptances of a cluster run
 * out together by their day, or by being taken out of keyholder.yml.
 */
function listCauses({ finding, origin }: Notice): readonly string[] {
  const { cluster, change, subject, detection, acceptance } = finding;
  const place = cluster?.arn ?? subject;
  if (change.kind === 'expired') return [JSON.stringify([place, 'expired', acceptance?.expires ?? null])];
  const actor = origin.actor ?? finding.actor;
  const byCall = ['call', change.cause];
  const thing = subject.replace(/^(?:iam|aws-auth|user|binding|role):/, '');
  const causes = actor === null ? [byCall] : [byCall, ['thing', thing], ['effect', detection]];
  return causes.map((cause) => JSON.stringify([place, actor, ...cause]));
}

function toTelling(notices: readonly Notice[]): readonly Telling[] {
  const findings = listChanges(notices);
  const [head, ...others] = findings.flatMap(tellLatest).sort(compareNotices);
  if (head === undefined) return [];
  const { account, region } = placeOf(head);
  const told = [head, ...others];
  const [severity = head.finding.severity] = told.map(({ finding }) => finding.severity).sort(compareSeverity);
  const overtaken = findings.flatMap((changes) => changes.slice(1));
  return [{ deduplicationId: nameTelling(told), head, others, overtaken, severity, account, region }];
}

/** Of each finding, the last first. */
function listChanges(notices: readonly Notice[]): readonly (readonly Notice[])[] {
  const changes = new Map<string, Notice[]>();
  for (const notice of notices) {
    const { fingerprint } = notice.finding;
    const known = changes.get(fingerprint);
    if (known === undefined) changes.set(fingerprint, [notice]);
    else known.push(notice);
  }
  const numberOf = ({ finding }: Notice): number => finding.change.number;
  return [...changes.values()].map((of) => of.sort((a, b) => numberOf(b) - numberOf(a)));
}

/** What came and grew worse is one finding, as it stands now. Whoever gained by it before that gained all the same. */
function tellLatest([latest, ...before]: readonly Notice[]): readonly Notice[] {
  if (latest === undefined) return [];
  // Nobody is named: that is whoever the subject names, and so everybody.
  if (before.length === 0 || latest.gainers.length === 0) return [latest];
  return [{ ...latest, gainers: [...new Set([latest, ...before].flatMap(({ gainers }) => gainers))] }];
}

/** First who can administer the cluster now, which is what people must read; then the worst. */
function compareNotices(a: Notice, b: Notice): number {
  if (a.isGrant !== b.isGrant) return a.isGrant ? -1 : 1;
  const bySeverity = compareSeverity(a.finding.severity, b.finding.severity);
  if (bySeverity !== 0) return bySeverity;
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
  return { account: account || ofSubject || ofPrincipal || 'unknown', region: region || itsRegion || 'unknown' };
}
