/** Records of access being given into the part that the caller gave to itself. */
import type { Facts } from '../model/facts.ts';
import type { Correlator, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import type { AuditEvent, CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { findWrittenBinding, isChange } from './access-events.ts';
import { arnKey } from './arn.ts';
import { watchAwsAuth } from './aws-auth-watch.ts';
import { findAssociation, findWrittenEntry } from './eks-calls.ts';
import { isAdminIdentity, isAdminLevel } from './keyholders.ts';
import { wordPolicies } from './policy-reach.ts';
import { openRbacView } from './rbac-view.ts';
import { wordBinding } from './subject-names.ts';

/** Through a policy, or through groups and username of an entry: what was given, in words. */
export function findOwnEntryGrant(record: EvidenceRecord, facts: Facts | null): string | null {
  const made = findAssociation(record, facts);
  if (made !== null && isAdminLevel(made.policy.level) && isOwn(made.event, made.principalArn))
    return wordPolicies([made.policy]);
  const written = findWrittenEntry(record);
  if (written === null || facts === null || !isOwn(written.event, written.principalArn)) return null;
  const { username, groups } = written;
  return isAdminIdentity({ username: username ?? '', groups }, facts)
    ? `an access entry as ${username ?? 'itself'} in ${groups.length === 0 ? 'no group' : groups.join(', ')}`
    : null;
}

const NO_RBAC: Pick<Facts, 'bindingsBySubject'> = { bindingsBySubject: new Map() };

/** A row counts only where the records show that the caller brought it. */
export function watchOwnRows(facts: Facts | null, tell: (arn: string, groups: string) => Match): Correlator {
  return watchAwsAuth(facts, function* ({ rows, event, isCompared }) {
    for (const { arn, username, groups } of rows) {
      if (!isCompared || !isOwn(event, arn) || !isAdminIdentity({ username, groups }, facts ?? NO_RBAC)) continue;
      yield tell(event.actor.principalArn ?? arn, groups.join(', '));
    }
  });
}

/** A subject counts only where the records show that the caller brought it. */
export function watchOwnBindings(facts: Facts | null, tell: (event: AuditEvent, binding: string) => Match): Correlator {
  const view = openRbacView(facts);
  const found: Match[] = [];
  return {
    add: (record) => {
      const binding = isChange(record) ? findWrittenBinding(record) : null;
      if (binding === null || !isChange(record)) return;
      const before = view.takeBinding(binding, record.at);
      const isCompared = before !== null || record.verb === 'create';
      const had = before?.subjects.some((subject) => isCaller(subject, record)) ?? false;
      const has = binding.subjects.some((subject) => isCaller(subject, record));
      if (!isCompared || had || !has || !isAdminLevel(view.resolveBinding(binding).level)) return;
      found.push(tell(record, wordBinding(binding)));
    },
    matches: () => found,
  };
}

function isOwn({ actor }: CloudTrailEvent | AuditEvent, principalArn: string): boolean {
  return actor.principalArn !== null && arnKey(actor.principalArn) === arnKey(principalArn);
}

/** Being one of all who log in makes nobody a giver of gifts to itself. */
function isCaller({ kind, name, namespace }: Subject, { user }: AuditEvent): boolean {
  if (kind === 'Group') return name !== 'system:authenticated' && user.groups.includes(name);
  return user.username === (kind === 'User' ? name : `system:serviceaccount:${namespace ?? ''}:${name}`);
}
