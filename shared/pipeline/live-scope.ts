/** What became of one region of a live run into its row of the scope: what was passed over, and what would show more. */
import type { Scope } from '../model/evidence.ts';
import type { LiveRead } from '../ports.ts';

const LIST_CLUSTERS =
  '{"Effect": "Allow", "Action": "eks:ListClusters", "Resource": "*"}, or name the cluster with --cluster';
const MOST = 5;

type At = Pick<Scope, 'account' | 'region'>;

export function describeUnlisted(at: At, unlisted: Omit<Unread, 'mend'>): Scope {
  return describeUnread(at, { ...unlisted, mend: LIST_CLUSTERS });
}

export interface Unread {
  readonly reason: string;
  readonly isDenied: boolean;
  /** What lets somebody in: it mends nothing where the reason is another than that nobody was. */
  readonly mend: string;
}

export function describeUnread(at: At, { reason, isDenied, mend }: Unread): Scope {
  return { ...at, status: isDenied ? 'denied' : 'unavailable', clusters: 0, reason, mend: isDenied ? mend : null };
}

/** What was asked for of a region, and found there. */
export interface Listed {
  readonly clusters: number;
  /** Names that no cluster can have: the API, or what stands in for it, is not to be trusted with a path. */
  readonly strange: readonly string[];
  /** Which clusters were not asked for; null when all were. */
  readonly unasked: string | null;
}

export function describeListed(at: At, { strange, unasked, ...listed }: Listed): Scope {
  const clusters = listed.clusters + strange.length;
  if (strange.length === 0) return { ...at, clusters, status: 'audited', reason: unasked, mend: null };
  const reasons = strange.map((name) => `${JSON.stringify(name.slice(0, 100))} is no name of a cluster: passed over`);
  return { ...at, clusters, status: 'partial', reason: enumerate(reasons), mend: null };
}

/** A region of which something could be mended was not audited in whole. */
export function addMends(row: Scope, mends: LiveRead['mends']): Scope {
  if (mends.length === 0) return row;
  const reasons = [row.reason, ...mends.map(({ reason }) => reason)].filter((reason) => reason !== null);
  const status = row.status === 'audited' ? 'partial' : row.status;
  const mend = enumerate([row.mend, ...mends.map((one) => one.mend)].filter((text) => text !== null));
  return { ...row, status, reason: enumerate(reasons), mend };
}

/** As the EKS API takes them; anything else would be a path of its own in the recording. */
export function isClusterName(name: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(name);
}

function enumerate(texts: readonly string[]): string {
  const distinct = [...new Set(texts)].sort();
  const more = distinct.length > MOST ? `; and ${distinct.length - MOST} more` : '';
  return `${distinct.slice(0, MOST).join('; ')}${more}`;
}
