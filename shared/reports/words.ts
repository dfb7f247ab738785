/** Times, principals and missing facts into the words that people read. */
import type { Grant, Holder, HolderKind, Known } from '../model/access.ts';
import type { AskedCluster } from '../model/explanation.ts';
import type { ReviewChange } from '../model/review.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "23 Aug 2026"; a text that is no ISO time stays as it is. */
export function tellDay(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? iso : `${Number(day)} ${name} ${year}`;
}

/** "21 Nov 2026 03:00 UTC". */
export function tellMoment(iso: string): string {
  const time = /T(\d\d:\d\d)/.exec(iso)?.[1];
  return time === undefined ? tellDay(iso) : `${tellDay(iso)} ${time} UTC`;
}

/** Times inside of sentences, as people read them. */
export function tellTimes(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, tellMoment);
}

/** Why a fact has no value, and from when on it could have been seen: never "never". null when it has one. */
export function tellGap({ value, status, seenFrom, reason }: Known): string | null {
  if (value !== null) return null;
  if (status === 'not-readable') return `not readable: ${reason ?? 'no reason given'}`;
  if (seenFrom === null) return reason === null ? 'not seen' : `not seen: ${reason}`;
  return `not seen since ${tellDay(seenFrom)}, the first day we can see`;
}

/** The day of a fact, or in two words that there is none. */
export function tellFact({ value, status }: Known): string {
  if (value !== null) return tellDay(value);
  return status === 'not-readable' ? 'not readable' : 'not seen';
}

/** "role/platform-admin": without path, and with the account in front when it is another than the cluster's. */
export function shortenArn(arn: string, account: string): string {
  const [, owner, kind, name] = /^arn:[^:]*:iam::([^:]*):(role|user|root)(?:\/(?:.*\/)?([^/]+))?$/s.exec(arn) ?? [];
  if (owner === undefined || kind === undefined || (name === undefined) !== (kind === 'root')) return arn;
  const short = name === undefined ? kind : `${kind}/${name}`;
  return owner === account ? short : `${owner}:${short}`;
}

/** The subject of a finding, its principal by short name. */
export function shortenSubject(subject: string, account: string): string {
  const [, kind, arn] = /^(iam|aws-auth):(arn:.+)$/s.exec(subject) ?? [];
  return kind === undefined || arn === undefined ? subject : `${kind}:${shortenArn(arn, account)}`;
}

const HOLDER_WORDS: Readonly<Record<Exclude<HolderKind, 'iam'>, string>> = {
  'service-account': 'service account',
  'oidc-user': 'OIDC user',
  'oidc-group': 'OIDC group',
  'kubernetes-user': 'user',
  'kubernetes-group': 'group',
};

export function tellHolder({ kind, name }: Holder, account: string): string {
  return kind === 'iam' ? shortenArn(name, account) : `${HOLDER_WORDS[kind]} ${name}`;
}

/** "new", "raised from limited"; empty for what is as it was, and where nothing was compared. */
export function tellChange(change: ReviewChange | undefined): string {
  if (change === undefined || change.kind === 'same') return '';
  const doubt = change.doubt === null ? '' : `, perhaps: ${change.doubt}`;
  return change.before === null ? `${change.kind}${doubt}` : `${change.kind} from ${change.before}${doubt}`;
}

export function tellScope(scope: Grant['scope']): string {
  return scope === 'cluster' ? 'whole cluster' : scope.replace(':', ' ');
}

/** "1 person", "3 people": the plural is given where it is not the singular with an s. */
export function tellCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The first few of a list, and how many more there are. */
export function tellList(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length <= most ? shown : `${shown} and ${items.length - most} more`;
}

/** Where an answer holds: "Cluster payments, eu-central-1, account 111122223333, mode API." */
export function tellCluster({ name, region, account, version, authenticationMode }: AskedCluster): string {
  const mode = authenticationMode === null ? 'mode not known' : `mode ${authenticationMode}`;
  return `Cluster ${name}, ${region}, account ${account}, Kubernetes ${version ?? 'of unknown version'}, ${mode}.`;
}
