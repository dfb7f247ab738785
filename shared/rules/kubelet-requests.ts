/** Requests to nodes/proxy into what they ask of the kubelet. */
import type { AuditEvent } from '../model/records.ts';

/** What agents read there: numbers, and nothing of what runs in a container. */
const METRICS_PATH =
  /^\/api\/v1\/nodes\/[^/]+\/proxy\/(?:metrics(?:\/[a-z/]+)?|stats\/summary|healthz|configz)\/?(?:\?|$)/;

export function isKubeletRequest({ object }: AuditEvent): boolean {
  return object?.resource === 'nodes' && object.subresource === 'proxy' && object.apiGroup === '';
}

/** A service account that reads metrics: thousands a day, each like the other. */
export function isMetricsScrape(event: AuditEvent): boolean {
  return (
    isKubeletRequest(event) &&
    event.verb === 'get' &&
    event.actor.kind === 'service-account' &&
    METRICS_PATH.test(event.requestUri)
  );
}
