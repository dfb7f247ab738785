/** An audit event of a change of access whose content was cut away. */
import type { Detection } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { findAccessSubject } from '../rules/access-events.ts';
import { nameActor } from '../rules/actors.ts';
import { wordRequest } from '../rules/anonymous-requests.ts';
import { shellLine } from '../rules/shell.ts';

export const auditEventTruncated: Detection = {
  id: 'audit-event-truncated',
  ref: 'EV-005',
  title: 'Audit event of a change of access was cut',
  severity: 'medium',
  needs: [['audit-log']],
  why: 'Somebody changed a role, a binding or aws-auth, and the record of what it says now is lost: large objects are cut in the log, so whoever makes an object large enough writes unseen.',
  fix: 'Read the object as it stands, and compare it with what the repository says it should be.',
  blindSpots:
    'What stood in the object between this event and the next read cannot be known any more. An event that was lost altogether leaves nothing to be found.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/auditing-and-logging.html',
    'https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/',
  ],
  attack: [],
  cis: ['2.1.2'],
  *observe(record) {
    if (record.source !== 'audit-log' || !record.truncated || !mayChangeAccess(record)) return;
    const actor = nameActor(record.actor);
    const what = record.object === null ? 'an object that was cut away as well' : wordRequest(record);
    yield {
      subject: findAccessSubject(record) ?? 'cluster',
      summary: `The audit event ${record.auditId ?? 'without an id'} is cut: ${what}, by ${actor}. What it wrote is not known.`,
      commands: listReads(record),
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/** Where even the object is lost, it may have been one that matters. */
function mayChangeAccess(event: AuditEvent): boolean {
  const { object, verb, code } = event;
  if (READS.has(verb) || (code !== null && code >= 400)) return false;
  return object === null || object.apiGroup === 'rbac.authorization.k8s.io' || findAccessSubject(event) !== null;
}

function listReads({ object }: AuditEvent): readonly string[] {
  if (object === null || object.name === null) return [];
  const where = object.namespace === null ? [] : ['-n', object.namespace];
  return [shellLine('kubectl', ...where, 'get', object.resource, object.name, '-o', 'yaml')];
}
