/** How people reach admin of one cluster, into a picture and the same in words; ways that lead no further stay out. */
import type { Access, Grant, GrantStep, Holder, Level } from '../model/access.ts';
import type { ClusterReport } from '../model/report.ts';
import { sortAccess } from './order.ts';
import { foldWays, type HolderWays } from './picture-fold.ts';
import { joinWays, type PictureGraph, type Stop } from './picture-graph.ts';
import { isOwnIdentity } from './view-holders.ts';
import { shortenArn, tellCount, tellHolder } from './words.ts';

export interface PictureView extends PictureGraph {
  readonly title: string;
  readonly description: string;
  /** The same in words, one line a way. */
  readonly ways: readonly string[];
  /** Too large to be shown before it is asked for. */
  readonly isFolded: boolean;
}

/** A picture of more is folded: people to a number, then holders that go the same way to one. */
const MOST_SHOWN = 30;
/** No eye follows more; the words still have them all. */
const MOST_DRAWN = 120;

const ADMIN: ReadonlySet<Level> = new Set(['cluster-admin', 'admin-equivalent']);

export function viewPicture({ keyholders, account, name }: ClusterReport): PictureView {
  const rows = sortAccess(keyholders).filter((row) => !isOwnIdentity(row));
  const holders = rows.map((row) => traceHolder(row, account));
  const whole = joinWays(holders.flatMap(listWays), MOST_DRAWN);
  const isLarge = whole.nodes.length > MOST_SHOWN || whole.left > 0;
  const graph = isLarge ? joinWays(foldWays(holders), MOST_DRAWN) : whole;
  const folded = isLarge ? ' People are folded to a number, and holders that go the same way to one.' : '';
  const left = graph.left === 0 ? '' : ` ${tellCount(graph.left, 'way')} found no room in it.`;
  return {
    ...graph,
    title: `How people reach admin of ${name}`,
    description: `${tellCount(rows.length, 'keyholder')}, from people at the left to the role or policy at the right.${folded}${left}`,
    ways: holders.flatMap(tellWays),
    isFolded: graph.nodes.length > MOST_SHOWN,
  };
}

function traceHolder(row: Access, account: string): HolderWays {
  const { holder, people, grants } = row;
  const stop: Stop = {
    key: `principal ${holder.name}`,
    kind: 'principal',
    lead: nameHolder(row),
    label: tellHolder(holder, account).replace(/^(role|user|service account|OIDC (user|group)|user|group)[ /]/, ''),
  };
  return {
    holder: stop,
    people: people.list.map(({ name, kind, principalArn, path }) => ({
      key: principalArn ?? `${kind} ${name}`,
      stops: [
        { key: `principal ${path[0] ?? name}`, kind: 'person', lead: PERSON_WORDS[kind], label: name },
        ...path.slice(1, -1).map((step): Stop => hop(step, account)),
      ],
      isHolder: path.length < 2,
    })),
    ends: grants.filter(({ level }) => ADMIN.has(level)).map((grant) => listStops(grant, holder)),
  };
}

const PERSON_WORDS = {
  'iam-user': 'IAM user',
  'iam-role': 'IAM role',
  sso: 'Identity Center',
  saml: 'SAML',
  oidc: 'OIDC',
  service: 'AWS service',
  account: 'account',
} as const;

function nameHolder({ holder, principalArn, exists }: Access): string {
  const gone = exists === false ? ', deleted' : '';
  if (holder.kind !== 'iam') return holder.kind.replace('oidc', 'OIDC').replace('-', ' ');
  return `${principalArn?.includes(':user/') === true ? 'IAM user' : principalArn?.endsWith(':root') === true ? 'root' : 'IAM role'}${gone}`;
}

function hop(step: string, account: string): Stop {
  return { key: `principal ${step}`, kind: 'principal', lead: 'on the way', label: shortenArn(step, account) };
}

const VIA_WORDS: Readonly<Record<Grant['via'], string>> = {
  'access-policy': 'access entry',
  'access-entry-group': 'access entry',
  'access-entry-username': 'access entry',
  'aws-auth': 'aws-auth',
  'cluster-creator': 'cluster creator',
  oidc: 'OIDC',
  'service-account': 'service account',
  rbac: 'RBAC',
};

/** The first stop of an identity carries the door it comes through; a group or user that is the holder is no stop. */
function listStops(
  { via, detail, steps = [{ kind: 'policy', name: detail }] }: Grant,
  holder: Holder,
): readonly Stop[] {
  const isHolder = ({ kind, name }: GrantStep): boolean =>
    holder.kind !== 'iam' && name === holder.name && (kind === 'user' || kind === 'group');
  return steps
    .filter((step) => !isHolder(step))
    .map(({ kind, name }) => {
      if (kind === 'binding' || kind === 'role') {
        const cut = name.indexOf(' ');
        return { key: `${kind} ${name}`, kind, lead: name.slice(0, cut), label: name.slice(cut + 1) };
      }
      return { key: `${via} ${kind} ${name}`, kind: 'door', lead: `${VIA_WORDS[via]}, ${kind}`, label: name };
    });
}

function listWays({ holder, people, ends }: HolderWays): readonly (readonly Stop[])[] {
  const onward = ends.map((stops) => [holder, ...stops]);
  return [...people.filter(({ isHolder }) => !isHolder).map(({ stops }) => [...stops, holder]), ...onward];
}

function tellWays({ holder, people, ends }: HolderWays): readonly string[] {
  const from = `${holder.lead} ${holder.label}`;
  const behind = people.filter(({ isHolder }) => !isHolder).length;
  const start = behind === 0 ? from : `${tellCount(behind, 'person or principal', 'people and principals')} → ${from}`;
  return ends.map((stops) => [start, ...stops.map(({ lead, label }) => `${lead} ${label}`)].join(' → '));
}
