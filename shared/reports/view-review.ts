/** A report into the rows of an access review: one for each cluster, holder and person. */
import type { Access, Known, Person } from '../model/access.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import { sortAccess, sortClusters } from './order.ts';
import { tellGap } from './words.ts';

export const REVIEW_COLUMNS = [
  ...(['cluster', 'account', 'region', 'holder kind', 'holder', 'principal arn', 'exists'] as const),
  ...(['person', 'person kind', 'path', 'certainty', 'level', 'why', 'scope', 'via', 'groups'] as const),
  ...(['since', 'since status', 'granted by', 'last used', 'last used status', 'seen from'] as const),
  ...(['decision', 'reviewer', 'reviewed at', 'comment'] as const),
] as const;
type Column = (typeof REVIEW_COLUMNS)[number];

export type ReviewRow = Readonly<Record<Column, string>>;

export function listReviewRows(report: Report): readonly ReviewRow[] {
  return sortClusters(report.clusters).flatMap((cluster) =>
    sortAccess(cluster.access).flatMap((access) => {
      const shared = { ...viewCluster(cluster), ...viewAccess(access), ...EMPTY };
      const { people } = access;
      if (people.list.length === 0) return [{ ...shared, ...viewNobody(people.status, people.reason) }];
      return people.list.map((person) => ({ ...shared, ...viewPerson(person) }));
    }),
  );
}

/** For the reviewer to fill in. */
const EMPTY = { decision: '', reviewer: '', 'reviewed at': '', comment: '' } as const;

function viewCluster({ name, account, region }: ClusterReport): Pick<ReviewRow, 'cluster' | 'account' | 'region'> {
  return { cluster: name, account, region };
}

type PersonColumn = 'person' | 'person kind' | 'path' | 'certainty';

function viewPerson({ name, kind, path, certainty, condition }: Person): Pick<ReviewRow, PersonColumn> {
  const how = condition === null ? certainty : `${certainty}: ${condition}`;
  return { person: name, 'person kind': kind, path: path.join(' > '), certainty: how };
}

function viewNobody(status: Access['people']['status'], reason: string | null): Pick<ReviewRow, PersonColumn> {
  return { person: '', 'person kind': '', path: '', certainty: reason === null ? status : `${status}: ${reason}` };
}

function viewAccess(
  access: Access,
): Omit<ReviewRow, PersonColumn | 'cluster' | 'account' | 'region' | keyof typeof EMPTY> {
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
    since: since.value ?? '',
    'since status': tellKnowledge(since),
    'granted by': grantedBy.value ?? `(${tellGap(grantedBy)})`,
    'last used': lastUsedAt.value ?? '',
    'last used status': tellKnowledge(lastUsedAt),
    'seen from': lastUsedAt.seenFrom ?? since.seenFrom ?? '',
  };
}

function tellKnowledge({ status, reason }: Known): string {
  return status === 'known' || reason === null ? status : `${status}: ${reason}`;
}

function joinDistinct(values: readonly string[]): string {
  return [...new Set(values)].join('; ');
}
