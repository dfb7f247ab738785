/** Requests of callers who did not log in, into how much they asked for. */
import type { AuditEvent } from '../model/records.ts';

export function isAnonymousCaller({ user }: AuditEvent): boolean {
  return user.username === 'system:anonymous' || user.groups.includes('system:unauthenticated');
}

/** Refused before anybody knew who called: from Kubernetes 1.32 this is all that is left of an anonymous request. */
export function isRefusedUnseen({ user, code }: AuditEvent): boolean {
  return user.username === '' && code === 401;
}

const HEALTH = /^\/(?:healthz|livez|readyz)(?:\/|$)/;
const PUBLIC =
  /^\/(?:version|api(?:\/[^/]+)?|apis(?:\/[^/]+){0,2}|openapi(?:\/.*)?|swagger[^/]*|openid\/v1\/jwks|\.well-known\/[^/]*)?\/?$/;

/** `health` is open by design; `discovery` tells which APIs there are; `resource` is anything that matters. */
export function classifyRequest({ requestUri, object }: AuditEvent): 'health' | 'discovery' | 'resource' {
  const path = requestUri.split('?', 1)[0] ?? '';
  if (object !== null && object.resource !== '') return 'resource';
  if (HEALTH.test(path)) return 'health';
  return PUBLIC.test(path) ? 'discovery' : 'resource';
}

const PROBE_AGENT = /^(?:ELB-HealthChecker|kube-probe)\//;
const PRIVATE_ADDRESS =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|127\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;

/** A load balancer or kubelet looks whether the API server is alive. Anybody can say so, but not from a private address. */
export function isHealthProbe({ actor }: AuditEvent): boolean {
  return PROBE_AGENT.test(actor.userAgent ?? '') && PRIVATE_ADDRESS.test(actor.sourceIp ?? '');
}

/** `create namespaces foo`, or the path. */
export function wordRequest({ verb, object, requestUri }: AuditEvent): string {
  if (object === null || object.resource === '') return `${verb} ${requestUri.split('?', 1)[0] ?? ''}`.trim();
  const { resource, subresource, namespace, name } = object;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === null || namespace === '' ? '' : ` in ${namespace}`;
  return `${verb} ${what}${name === null ? '' : ` ${name}`}${where}`;
}
