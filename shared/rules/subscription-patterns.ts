/** What a log subscription lets through, as CloudWatch Logs reads it, and the same for records that were parsed. */
import type { AuditEvent, AuthenticatorRecord } from '../model/records.ts';

/** CloudWatch Logs takes no longer one. */
export const MOST_PATTERN_CHARS = 1_024;

const WRITES = ['get', 'list', 'watch'].map((verb) => `($.verb != "${verb}")`).join(' && ');
const OF_ACCESS =
  '(($.objectRef.apiGroup = "rbac.authorization.k8s.io") || (($.objectRef.resource = "configmaps") && ($.objectRef.namespace = "kube-system") && (($.objectRef.name = "aws-auth") || ($.verb = "deletecollection"))))';
const HEALTH = ['/healthz*', '/livez*', '/readyz*', '/version*'];
const OF_NOBODY = `(($.user.username = "system:anonymous") && ($.responseStatus.code < 400) && ${HEALTH.map((path) => `($.requestURI != "${path}")`).join(' && ')})`;

/** Slot one: writes and deletions of RBAC and aws-auth, requests of nobody that were let through, impersonation. */
export const SLOT_ONE = `{ ($.stage = "ResponseComplete") && ((${WRITES} && ${OF_ACCESS}) || ${OF_NOBODY} || ($.impersonatedUser.username = "*")) }`;

/** Slot two: logins that were refused, an aws-auth that cannot be read, and principals for emergencies, by their ARNs. */
export function renderSlotTwo(breakGlassArns: readonly string[]): {
  readonly pattern: string;
  /** Those that no longer fit. */
  readonly left: readonly string[];
} {
  const terms = [
    'access denied',
    'parsing configmap',
    'parsing the config maps',
    'parsing config map',
    'configmap on delete',
  ];
  let pattern = terms.map(renderTerm).join(' ');
  const left: string[] = [];
  for (const arn of breakGlassArns) {
    const longer = `${pattern} ${renderTerm(arn)}`;
    if (longer.length > MOST_PATTERN_CHARS || /["\\]/.test(arn)) left.push(arn);
    else pattern = longer;
  }
  return { pattern, left };
}

function renderTerm(term: string): string {
  return `?"${term}"`;
}

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

export function isSlotOne(event: AuditEvent): boolean {
  return event.impersonated !== null || isOfNobody(event) || isWriteOfAccess(event);
}

function isOfNobody({ user, code, requestUri }: AuditEvent): boolean {
  const isLetThrough = code === null || code < 400;
  return (
    user.username === 'system:anonymous' && isLetThrough && !/^\/(?:healthz|livez|readyz|version)/.test(requestUri)
  );
}

function isWriteOfAccess({ object, verb }: AuditEvent): boolean {
  if (object === null || READS.has(verb)) return false;
  if (object.apiGroup === 'rbac.authorization.k8s.io') return true;
  const isOfSystem = object.resource === 'configmaps' && object.namespace === 'kube-system';
  return isOfSystem && (object.name === 'aws-auth' || verb === 'deletecollection');
}

/** Logins come through for principals for emergencies alone: nobody else's stand in the pattern. */
export function isSlotTwo(record: AuthenticatorRecord): boolean {
  return (
    record.kind === 'denied' ||
    record.kind === 'configmap-error' ||
    record.kind === 'configmap-deleted' ||
    record.kind === 'granted'
  );
}
