/** Who holds a cluster, one by one: each keyholder with its grants, their proofs, and the people behind it. */
import type { Access, Grant, Level, Person } from '../model/access.ts';
import type { ClusterReport } from '../model/report.ts';
import { sortAccess } from './order.ts';
import { isOwnIdentity, viewHolders } from './view-holders.ts';
import { tellProofs } from './view-proofs.ts';
import { shortenArn, tellChange, tellDay, tellFact, tellGap, tellHolder, tellList } from './words.ts';

export interface KeyView {
  readonly holder: string;
  /** The ARN where there is one: the short name leaves out its path and account. */
  readonly fullName: string;
  readonly level: Level;
  /** Said of a principal that IAM no longer has. */
  readonly isGone: boolean;
  /** Since an earlier report; empty for none. */
  readonly change: string;
  readonly since: string;
  readonly lastUsed: string;
  readonly people: string;
  /** What is known of it, and why the rest is not: name, then text. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  readonly grants: readonly GrantView[];
  /** Grants below its level. */
  readonly lesser: string;
  readonly persons: readonly PersonView[];
}

export interface GrantView {
  readonly via: string;
  readonly steps: readonly string[];
  readonly scope: string;
  readonly since: string;
  readonly reason: string;
  readonly proofs: readonly string[];
}

export interface PersonView {
  readonly name: string;
  readonly certainty: string;
  readonly path: string;
}

export interface OtherView {
  readonly holder: string;
  readonly level: Level;
  readonly through: string;
  readonly lastUsed: string;
}

export interface KeysView {
  readonly keyholders: readonly KeyView[];
  readonly none: string;
  /** What each of them holds besides, for being logged in: said once. */
  readonly everybody: string;
  readonly others: readonly OtherView[];
  readonly folded: readonly string[];
}

export function viewKeys(cluster: ClusterReport, folder: string): KeysView {
  const { none, folded } = viewHolders(cluster);
  const { keyholders, access, account } = cluster;
  const known = new Set(keyholders);
  const others = sortAccess(access).filter((row) => !known.has(row) && !isOwnIdentity(row));
  const shown = sortAccess(keyholders).filter((row) => !isOwnIdentity(row));
  return {
    keyholders: shown.map((row) => viewKey(row, account, folder)),
    none,
    everybody: wordLesser(shown.flatMap(listLesser).filter(isEverybodys)),
    others: others.map((row) => ({
      holder: tellHolder(row.holder, account),
      level: row.level,
      through: tellList([...new Set(row.grants.map(({ via, detail }) => `${via} ${detail}`))], 3),
      lastUsed: tellFact(row.lastUsedAt),
    })),
    folded,
  };
}

function viewKey(row: Access, account: string, folder: string): KeyView {
  const { holder, level, people, grants } = row;
  const main = grants.filter((grant) => grant.level === level);
  const lesser = listLesser(row);
  const own = wordLesser(lesser.filter((grant) => !isEverybodys(grant)));
  return {
    holder: tellHolder(holder, account),
    fullName: holder.name,
    level,
    isGone: row.exists === false,
    change: tellChange(row.change),
    since: tellFact(row.since),
    lastUsed: tellFact(row.lastUsedAt),
    people: people.status === 'not-readable' ? 'not readable' : String(people.list.length),
    facts: listFacts(row, account),
    grants: main.map((grant) => viewGrant(grant, folder)),
    lesser: [own, lesser.some(isEverybodys) ? EVERYBODYS : ''].filter((text) => text !== '').join('; '),
    persons: people.list.map((person) => viewPerson(person, account)),
  };
}

function listLesser({ grants, level }: Access): readonly Grant[] {
  return grants.filter((grant) => grant.level !== level);
}

/** Bound to the group of everybody, and not by a mapping of its own. */
function isEverybodys({ via, steps = [] }: Grant): boolean {
  return via === 'rbac' && steps.some(({ kind, name }) => kind === 'group' && name === 'system:authenticated');
}

const EVERYBODYS = 'what everybody who is logged in holds, as said above';

/** Such as `rbac everybody who is logged in (limited): ClusterRoleBinding a to ClusterRole a, …`. */
function wordLesser(grants: readonly Grant[]): string {
  const ways = new Map<string, Set<string>>();
  for (const { via, detail, level } of grants) {
    const end = detail.lastIndexOf(', ');
    const [through, what] = end < 0 ? [detail, ''] : [detail.slice(0, end), detail.slice(end + 2)];
    const way = `${via} ${through} (${level})`;
    ways.set(way, (ways.get(way) ?? new Set()).add(what));
  }
  return [...ways]
    .map(([way, details]) => [way, [...details].filter((detail) => detail !== '').join(', ')])
    .map(([way, details]) => (details === '' ? way : `${way}: ${details}`))
    .join('; ');
}

function listFacts(row: Access, account: string): KeyView['facts'] {
  const { grantedBy, since, lastUsedAt, people, exists } = row;
  const gaps = [
    ['Since', tellGap(since)],
    ['Last used', tellGap(lastUsedAt)],
    ['People', people.list.length === 0 ? people.reason : null],
  ] as const;
  return [
    ['Why', row.reason],
    ['Given by', grantedBy.value === null ? (tellGap(grantedBy) ?? '') : shortenArn(grantedBy.value, account)],
    ...gaps.flatMap(([name, gap]) => (gap === null ? [] : [[name, gap] as const])),
    ...(exists === false ? [['In IAM', 'deleted: whoever makes the name again holds the key'] as const] : []),
    ...(exists === null && row.principalArn !== null ? [['In IAM', 'not checked'] as const] : []),
  ];
}

function viewGrant({ via, detail, steps, scope, since, reason, evidence }: Grant, folder: string): GrantView {
  return {
    via,
    steps:
      steps === undefined
        ? [detail]
        : steps.map(({ kind, name }) => (kind === 'binding' || kind === 'role' ? name : `${kind} ${name}`)),
    scope: scope === 'cluster' ? 'whole cluster' : scope.replace(':', ' '),
    since: since === null ? 'not seen' : tellDay(since),
    reason,
    proofs: tellProofs(evidence, folder),
  };
}

function viewPerson({ name, certainty, condition, path }: Person, account: string): PersonView {
  return {
    name,
    certainty: condition === null ? certainty : `${certainty}: ${condition}`,
    path: path
      .slice(0, -1)
      .map((step) => shortenArn(step, account))
      .join(' → '),
  };
}
