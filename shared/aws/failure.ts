/** Whatever an SDK call threw into what a reader can use: a status, a reason without a secret in it, and the mend. */

import type { Refusal } from '../errors.ts';

export type FailureKind =
  | 'denied'
  | 'expired'
  | 'bad-credentials'
  | 'no-credentials'
  | 'disabled'
  | 'missing'
  | 'throttled'
  | 'broken'
  | 'network'
  | 'out-of-time'
  | 'refused';

export interface Failure {
  readonly kind: FailureKind;
  readonly status: 'denied' | 'disabled' | 'unavailable';
  readonly reason: string;
  /** A policy statement or a command; null where nothing but time or AWS mends it. */
  readonly mend: string | null;
}

/** What was asked: all words are ours, since messages of AWS repeat what callers sent. */
export interface Asked {
  /** IAM action. */
  readonly action: string;
  /** ARN that a policy statement would name; `*` where IAM knows no smaller one. */
  readonly resource: string;
  /** In words, such as `cluster payments`. */
  readonly on: string;
}

const CUT: ReadonlySet<FailureKind> = new Set(['throttled', 'broken', 'network', 'out-of-time']);

/** It may pass: asked again, or for less, the same caller may be answered. */
export function isCutShort({ kind }: Failure): boolean {
  return CUT.has(kind);
}

/** What a program may go by; null: the reason alone says it. */
export function refusalOf(failure: Failure): Refusal | null {
  if (failure.status === 'denied') return 'denied';
  return isCutShort(failure) ? 'cut' : null;
}

export function explainFailure(error: unknown, asked: Asked): Failure {
  const seen = inspectError(error);
  const kind = seen.network === null ? classify(seen) : 'network';
  const status = kind === 'denied' || kind === 'disabled' ? kind : 'unavailable';
  return {
    kind,
    status,
    reason: `${asked.action} on ${asked.on}: ${wordFailure(kind, seen)}`,
    mend: mendFor(kind, seen, asked),
  };
}

interface SeenError {
  readonly name: string;
  readonly message: string;
  readonly httpStatus: number | null;
  readonly attempts: number;
  /** Why no answer came; null when one did. */
  readonly network: string | null;
}

const NETWORK: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'the host name does not resolve (ENOTFOUND)'],
  ['EAI_AGAIN', 'the host name does not resolve now (EAI_AGAIN)'],
  ['ECONNREFUSED', 'the connection was refused (ECONNREFUSED)'],
  ['ECONNRESET', 'the connection broke off (ECONNRESET)'],
  ['EPIPE', 'the connection broke off (EPIPE)'],
  ['EHOSTUNREACH', 'there is no route to the host (EHOSTUNREACH)'],
  ['ENETUNREACH', 'there is no route to the network (ENETUNREACH)'],
  ['ETIMEDOUT', 'no answer in time (ETIMEDOUT)'],
  ['EPROTO', 'the other side speaks no TLS (EPROTO)'],
  ['CERT_HAS_EXPIRED', 'the certificate of the host has expired (CERT_HAS_EXPIRED)'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate of the host is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'the certificate of the host is not trusted (SELF_SIGNED_CERT_IN_CHAIN)'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'the certificate of the host is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)'],
]);

function inspectError(error: unknown): SeenError {
  const fields = error as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: unknown; attempts?: unknown };
  } | null;
  const name = typeof fields?.name === 'string' ? fields.name.replace(/^.*#/, '') : '';
  const httpStatus = fields?.$metadata?.httpStatusCode;
  const attempts = fields?.$metadata?.attempts;
  return {
    name,
    message: typeof fields?.message === 'string' ? fields.message : '',
    httpStatus: typeof httpStatus === 'number' ? httpStatus : null,
    attempts: typeof attempts === 'number' ? attempts : 1,
    network: typeof httpStatus === 'number' && httpStatus >= 300 ? null : findNetworkReason(error, name),
  };
}

/** The code may stand in the error, in its cause, or in one of the errors that it gathers (one an address tried). */
function findNetworkReason(error: unknown, name: string): string | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const gathered: readonly unknown[] = at instanceof AggregateError ? at.errors : [];
    for (const one of [at, ...gathered]) {
      const code = (one as { code?: unknown }).code;
      const reason = typeof code === 'string' ? NETWORK.get(code) : undefined;
      if (reason !== undefined) return reason;
    }
  }
  if (name === 'TimeoutError') return 'no answer in time';
  return /socket hang up|other side closed|aborted/.test(error instanceof Error ? error.message : '') &&
    name === 'Error'
    ? 'the connection broke off'
    : null;
}

/** Names as the services' protocols spell them; several for one thing. */
const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  ['out-of-time', /^AbortError$/],
  ['expired', /^(ExpiredToken(Exception)?|TokenRefreshRequired|RequestExpired|ExpiredTokenProviderError)$/],
  ['no-credentials', /^(CredentialsProviderError|ProviderError|TokenProviderError|CredentialsError)$/],
  [
    'bad-credentials',
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|MissingAuthenticationToken(Exception)?|RequestTimeTooSkewed|InvalidToken)$/,
  ],
  [
    'disabled',
    /^(OptInRequired|SubscriptionRequiredException|AWSOrganizationsNotInUseException|RegionDisabledException)$/,
  ],
  [
    'denied',
    /^(AccessDenied(Exception)?|UnauthorizedOperation|UnauthorizedException|AuthorizationError(Exception)?|NotAuthorized|Forbidden)$/,
  ],
  [
    'throttled',
    /^(Throttl(ing|ed)(Exception)?|ThrottledException|RequestThrottled(Exception)?|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|SlowDown|BandwidthLimitExceeded)$/,
  ],
  ['missing', /^(ResourceNotFoundException|NotFoundException|NoSuch[A-Za-z]+|TrailNotFoundException|NotFound)$/],
];

function classify({ name, message, httpStatus }: SeenError): FailureKind {
  const known = KINDS.find(([, names]) => names.test(name))?.[0];
  if (known === 'no-credentials' && /expired/i.test(message)) return 'expired';
  if (known !== undefined) return known;
  if (httpStatus === 403) return 'denied';
  if (httpStatus === 429) return 'throttled';
  if (httpStatus === 404) return 'missing';
  return httpStatus !== null && httpStatus < 500 && httpStatus >= 400 ? 'refused' : 'broken';
}

const PLAIN: Readonly<Partial<Record<FailureKind, string>>> = {
  expired: 'the credentials have expired',
  'no-credentials': 'there are no AWS credentials',
  missing: 'it is not there',
  'out-of-time': 'out of time',
};

function wordFailure(kind: FailureKind, seen: SeenError): string {
  const tries = seen.attempts > 1 ? ` after ${seen.attempts} attempts` : '';
  const name = /^[A-Za-z0-9.]{1,64}$/.test(seen.name) ? seen.name : 'an error';
  if (kind === 'network') return `${seen.network ?? 'no answer'}${tries}`;
  if (kind === 'throttled') return `throttled${tries} (${name})`;
  if (kind === 'denied') return `denied (${findDenial(seen.message).because ?? name})`;
  if (kind === 'bad-credentials') return `the credentials are not accepted there (${name})`;
  if (kind === 'disabled') return `not in use (${name})`;
  if (kind === 'refused') return `refused (${name})`;
  if (kind === 'broken') {
    return seen.httpStatus === null || seen.httpStatus < 300
      ? `an answer that could not be read (${name})`
      : `answered with HTTP ${seen.httpStatus}${tries} (${name})`;
  }
  return PLAIN[kind] ?? name;
}

interface Denial {
  readonly action: string | null;
  readonly resource: string | null;
  readonly because: string | null;
}

/** AWS says in a fixed sentence what was denied and by which kind of policy; nothing else of its message is kept. */
function findDenial(message: string): Denial {
  const action =
    /is not authorized to perform: ([a-z0-9-]{1,40}:[A-Za-z]{1,64})(?![A-Za-z])/.exec(message)?.[1] ?? null;
  const resource = / on resource: (arn:[a-z-]+:[\w:/.+=,@*-]{1,512})(?= |$)/.exec(message)?.[1] ?? null;
  const kinds =
    '(?:identity-based|resource-based|session|service control|resource control|VPC endpoint) polic(?:y|ies)|permissions boundary';
  const because = new RegExp(
    `(?:because no (?:${kinds}) allows|with an explicit deny in (?:an?|the) (?:${kinds}))`,
  ).exec(message)?.[0];
  return { action, resource, because: because?.replace(/^because /, '') ?? null };
}

function mendFor(kind: FailureKind, seen: SeenError, asked: Asked): string | null {
  if (kind === 'denied') return mendDenial(findDenial(seen.message), asked);
  if (kind === 'expired') return 'Sign in again (aws sso login), or get new credentials.';
  if (kind === 'no-credentials')
    return 'Name a profile that has some with --profile or AWS_PROFILE, or sign in (aws sso login).';
  if (kind === 'bad-credentials')
    return 'Check with aws sts get-caller-identity, the clock of this machine, and that the region is enabled for the account.';
  if (kind === 'network') return 'Check name resolution, proxy and VPC endpoints on the way to the service.';
  return null;
}

function mendDenial({ action, resource, because }: Denial, asked: Asked): string {
  // Ours names no more than the action needs; of another action, only AWS knows what it was asked about.
  const isOther = action !== null && action !== asked.action;
  const statement = isOther
    ? { Effect: 'Allow', Action: action, Resource: resource ?? '*' }
    : { Effect: 'Allow', Action: asked.action, Resource: asked.resource };
  // IAM counts a Deny before any Allow: a statement alone would not help.
  const first = because?.startsWith('with an explicit deny') ? `Take away the deny first (denied ${because}). ` : '';
  return `${first}${JSON.stringify(statement)}`;
}
