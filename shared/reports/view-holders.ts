/** Who holds a cluster, into rows that people read: keyholders one by one, everybody else as a count. */
import { type Access, LEVELS, type Level } from '../model/access.ts';
import type { ClusterReport } from '../model/report.ts';
import { sortAccess } from './order.ts';
import { shortenArn, tellChange, tellCount, tellFact, tellGap, tellHolder, tellList } from './words.ts';

export interface HolderView {
  readonly holder: string;
  readonly level: Level;
  readonly since: string;
  readonly lastUsed: string;
  /** How many people stand behind it. */
  readonly people: string;
  /** Through which grants, and given by whom. */
  readonly through: string;
}

export interface HoldersView {
  readonly keyholders: readonly HolderView[];
  /** Said in place of an empty list. */
  readonly none: string;
  /** Holders of Kubernetes and EKS themselves, and everybody below admin: a line for each. */
  readonly folded: readonly string[];
  /** What "not seen", "not readable" and "?" in the rows stand for. */
  readonly notes: readonly string[];
}

export function viewHolders({ keyholders, access, coverage, account }: ClusterReport): HoldersView {
  const sorted = sortAccess(keyholders);
  const shown = sorted.filter((row) => !isOwnIdentity(row));
  const unread = coverage
    .filter(({ source, status }) => DOORS.has(source) && status !== 'complete')
    .map(({ source, status }) => `${source} ${status}`);
  const doubt = unread.length === 0 ? '' : `, but not all doors could be read: ${unread.join(', ')}`;
  return {
    keyholders: shown.map((row) => viewHolder(row, account)),
    none: `Nobody was found to hold the keys${doubt}.`,
    folded: [...foldOwnIdentities(sorted.filter(isOwnIdentity), account), ...countOthers(access)],
    notes: listNotes(shown, account),
  };
}

/** Without these, an empty list of keyholders says little. */
const DOORS: ReadonlySet<string> = new Set(['eks-api', 'aws-auth', 'rbac']);

/** What Kubernetes and EKS bring along: of no interest until it is anything else than what they ship. */
export function isOwnIdentity({ kind }: Access): boolean {
  return kind === 'aws' || kind === 'node';
}

function viewHolder(row: Access, account: string): HolderView {
  return {
    holder: [tellHolder(row.holder, account), ...listRemarks(row)].join(' '),
    level: row.level,
    since: tellFact(row.since),
    lastUsed: tellFact(row.lastUsedAt),
    people: row.people.status === 'not-readable' ? '?' : String(row.people.list.length),
    through: `${tellWays(row)}${tellGiver(row, account)}`,
  };
}

function listRemarks({ exists, change }: Access): readonly string[] {
  const changed = tellChange(change);
  return [...(exists === false ? ['(deleted in IAM)'] : []), ...(changed === '' ? [] : [`(${changed})`])];
}

const MOST_WAYS = 2;

/** The grants that make it a keyholder, the rest as a number. */
function tellWays({ grants, level }: Access): string {
  const ways = new Set(grants.filter((grant) => grant.level === level).map(({ via, detail }) => `${via} ${detail}`));
  const all = ways.size > 0 ? [...ways] : grants.map(({ via, detail }) => `${via} ${detail}`);
  return tellList(all, MOST_WAYS);
}

function tellGiver({ grantedBy }: Access, account: string): string {
  return grantedBy.value === null ? '' : `; given by ${shortenArn(grantedBy.value, account)}`;
}

function foldOwnIdentities(rows: readonly Access[], account: string): readonly string[] {
  if (rows.length === 0) return [];
  const names = tellList(
    rows.map(({ holder }) => tellHolder(holder, account)),
    3,
  );
  return [`Kubernetes' and EKS's own, as they ship: ${tellCount(rows.length, 'identity', 'identities')} (${names})`];
}

function countOthers(access: readonly Access[]): readonly string[] {
  const below = [...LEVELS]
    .reverse()
    .filter((level) => level !== 'cluster-admin' && level !== 'admin-equivalent')
    .map((level) => ({ level, count: access.filter((row) => row.level === level && !isOwnIdentity(row)).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level === 'unknown' ? 'of unknown level' : level}`);
  return below.length === 0 ? [] : [`Further holders: ${below.join(', ')}`];
}

/** One line for each reason, however many holders it concerns. */
function listNotes(rows: readonly Access[], account: string): readonly string[] {
  const holdersByNote = new Map<string, string[]>();
  for (const row of rows) {
    for (const note of listGaps(row)) {
      const holders = holdersByNote.get(note) ?? [];
      holders.push(tellHolder(row.holder, account));
      holdersByNote.set(note, holders);
    }
  }
  return [...holdersByNote].map(([note, holders]) =>
    holders.length === rows.length && rows.length > 1 ? `${note} (all)` : `${note} (${tellList(holders, 2)})`,
  );
}

function listGaps({ since, grantedBy, lastUsedAt, people }: Access): readonly string[] {
  const gaps = [
    ['SINCE', tellGap(since)],
    ['GIVEN BY', tellGap(grantedBy)],
    ['LAST USED', tellGap(lastUsedAt)],
    ['PEOPLE', people.status === 'not-readable' ? `not readable: ${people.reason ?? 'no reason given'}` : null],
  ] as const;
  return gaps.flatMap(([what, gap]) => (gap === null ? [] : [`${what} ${gap}`]));
}
