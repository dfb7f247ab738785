/** A report into the rows of an access review: one for each cluster, holder and person. */
import type { Access, Known, Person } from '../model/access.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import type { EarlierCluster, EarlierPerson, GoneHolder, ReviewChange } from '../model/review.ts';
import { sortAccess, sortClusters } from './order.ts';
import { tellGap } from './words.ts';

export const REVIEW_COLUMNS = [
  ...(['cluster', 'account', 'region', 'holder kind', 'holder', 'principal arn', 'exists'] as const),
  ...(['person', 'person kind', 'path', 'certainty', 'level', 'why', 'scope', 'via', 'groups'] as const),
  ...(['since', 'since status', 'granted by', 'last used', 'last used status', 'seen from'] as const),
  ...(['change', 'level before', 'change note', 'cluster arn'] as const),
  ...(['decision', 'reviewer', 'reviewed at', 'comment'] as const),
] as const;
type Column = (typeof REVIEW_COLUMNS)[number];

export type ReviewRow = Readonly<Record<Column, string>>;

/** What stands, then what an earlier report had and this one has no more. */
export function listReviewRows(report: Report): readonly ReviewRow[] {
  const standing = sortClusters(report.clusters).flatMap((cluster) =>
    sortAccess(cluster.access).flatMap((access) => listHolderRows(cluster, access)),
  );
  return [...standing, ...(report.comparison?.gone ?? []).flatMap(listGoneRows)];
}

function listHolderRows(cluster: ClusterReport, access: Access): readonly ReviewRow[] {
  const { people, change } = access;
  const shared = { ...viewCluster(cluster), ...viewAccess(access), ...EMPTY, ...viewChange(change) };
  const gone = (change?.gonePeople ?? []).map((person) => ({
    ...shared,
    ...viewGonePerson(person),
    change: 'gone',
    'change note': 'this person, who could become the holder before',
  }));
  if (people.list.length === 0) return [{ ...shared, ...viewNobody(people.status, people.reason) }, ...gone];
  const fresh = new Set(change?.kind === 'new' ? [] : change?.newPeople);
  const rows = people.list.map((person) => ({
    ...shared,
    ...viewPerson(person),
    ...(fresh.has(person.name) ? { change: 'new', 'change note': 'this person, for a holder that stood before' } : {}),
  }));
  return [...rows, ...gone];
}

type ChangeColumn = 'change' | 'level before' | 'change note';

function viewChange(change: ReviewChange | undefined): Pick<ReviewRow, ChangeColumn> {
  if (change === undefined) return { change: '', 'level before': '', 'change note': '' };
  return { change: change.kind, 'level before': change.before ?? '', 'change note': change.doubt ?? '' };
}

function listGoneRows({ cluster, holder, principalArn, level, people, doubt }: GoneHolder): readonly ReviewRow[] {
  const shared: ReviewRow = {
    ...NO_ROW,
    ...viewCluster(cluster),
    'holder kind': holder.kind,
    holder: holder.name,
    'principal arn': principalArn ?? '',
    level: '',
    change: 'gone',
    'level before': level,
    'change note': doubt ?? '',
  };
  return people.length === 0 ? [shared] : people.map((person) => ({ ...shared, ...viewGonePerson(person) }));
}

function viewGonePerson({ name, kind }: EarlierPerson): Pick<ReviewRow, PersonColumn> {
  return { person: name, 'person kind': kind, path: '', certainty: '' };
}

/** For the reviewer to fill in. */
const EMPTY = { decision: '', reviewer: '', 'reviewed at': '', comment: '' } as const;

const NO_ROW: ReviewRow = {
  ...{ cluster: '', account: '', region: '', 'holder kind': '', holder: '', 'principal arn': '', exists: '' },
  ...{ person: '', 'person kind': '', path: '', certainty: '', level: '', why: '', scope: '', via: '', groups: '' },
  ...{ since: '', 'since status': '', 'granted by': '', 'last used': '', 'last used status': '', 'seen from': '' },
  ...{ change: '', 'level before': '', 'change note': '', 'cluster arn': '' },
  ...EMPTY,
};

function viewCluster({ arn, name, account, region }: EarlierCluster): Pick<ReviewRow, ClusterColumn> {
  return { cluster: name, account, region, 'cluster arn': arn };
}

/** The ARN as well: a spreadsheet takes an account for a number, and a zero in front of it away. */
type ClusterColumn = 'cluster' | 'account' | 'region' | 'cluster arn';

type PersonColumn = 'person' | 'person kind' | 'path' | 'certainty';

function viewPerson({ name, kind, path, certainty, condition }: Person): Pick<ReviewRow, PersonColumn> {
  const how = condition === null ? certainty : `${certainty}: ${condition}`;
  return { person: name, 'person kind': kind, path: path.join(' > '), certainty: how };
}

function viewNobody(status: Access['people']['status'], reason: string | null): Pick<ReviewRow, PersonColumn> {
  return { person: '', 'person kind': '', path: '', certainty: reason === null ? status : `${status}: ${reason}` };
}

function viewAccess(access: Access): Omit<ReviewRow, PersonColumn | ChangeColumn | ClusterColumn | keyof typeof EMPTY> {
  const { holder, principalArn, exists, level, reason, grants, since, grantedBy, lastUsedAt } = access;
  return {
    'holder kind': holder.kind,
    holder: holder.name,
    'principal arn': principalArn ?? '',
    exists: exists === null ? 'not known' : exists ? 'yes' : 'no',
    level,
    why: reason,
    scope: joinDistinct(grants.map(({ scope }) => scope)),
    via: joinDistinct(grants.map(({ via }) => via)),
    groups: joinDistinct(grants.map(({ detail }) => detail)),
    since: cellTime(since.value),
    'since status': tellKnowledge(since),
    'granted by': grantedBy.value ?? `(${tellGap(grantedBy)})`,
    'last used': cellTime(lastUsedAt.value),
    'last used status': tellKnowledge(lastUsedAt),
    'seen from': cellTime(lastUsedAt.seenFrom ?? since.seenFrom),
  };
}

/** ISO in UTC without its Z: spreadsheets take a time for text when it carries one. */
function cellTime(time: string | null): string {
  return (time ?? '').replace(/(?:\.\d+)?Z$/, '');
}

function tellKnowledge({ status, reason }: Known): string {
  return status === 'known' || reason === null ? status : `${status}: ${reason}`;
}

function joinDistinct(values: readonly string[]): string {
  return [...new Set(values)].join('; ');
}
