/** Writes of roles and bindings, in the order of the records, into what each of them newly gave. */
import type { Facts, ResolvedBinding, ResolvedRole } from '../model/facts.ts';
import { type Correlator, type Match, SEVERITIES } from '../model/finding.ts';
import type { Binding, Role, Subject } from '../model/rbac.ts';
import type { AuditEvent } from '../model/records.ts';
import { findAccessSubject, findWrittenBinding, findWrittenRole, isChange } from './access-events.ts';
import { isControlPlane, nameActor } from './actors.ts';
import { isLeftAlone, openRbacView, type RbacView } from './rbac-view.ts';

/** `fresh`: the subjects that the write added, or all of them where the records do not show what stood there before. */
export type JudgeBinding = (binding: ResolvedBinding, fresh: readonly Subject[]) => Iterable<Match>;
export type JudgeRole = (role: ResolvedRole) => Iterable<Match>;

/** Judges bindings as they are written, and again when the role under them is. */
export function watchBindings(facts: Facts | null, judge: JudgeBinding): Correlator {
  const view = openRbacView(facts);
  const found: Match[] = [];
  const addBinding = (event: AuditEvent, binding: Binding): void => {
    const before = view.takeBinding(binding);
    const fresh = binding.subjects.filter((subject) => !holds(before, binding, subject));
    const isNew = before !== null || event.verb === 'create';
    const words = isNew ? '' : ' Whether its subjects are new could not be compared: no earlier record shows it.';
    for (const match of judge(view.resolveBinding(binding), fresh)) found.push(tell(match, event, `wrote it.${words}`));
  };
  const judgeAll = (bindings: readonly Binding[]): readonly (readonly Match[])[] =>
    bindings.map((binding) => [...judge(view.resolveBinding(binding), binding.subjects)]);
  const addRole = (event: AuditEvent, role: Role): void => {
    const before = view.takeRole(role);
    if (before !== null && sameContent(before, role)) return;
    const bound = view.listBoundTo(role);
    if (before !== null) view.takeRole(before);
    const earlier = before === null ? [] : judgeAll(bound);
    view.takeRole(role);
    const what = `changed the ${role.kind} ${role.name} under it.`;
    for (const [index, matches] of judgeAll(bound).entries()) {
      const raised = matches.filter((match) => !earlier[index]?.some((old) => covers(old, match)));
      found.push(...raised.map((match) => tell(match, event, what)));
    }
  };
  return {
    add: (record) => {
      if (!isChange(record)) return;
      const binding = findWrittenBinding(record);
      const role = findWrittenRole(record);
      if (binding !== null) addBinding(record, binding);
      else if (role !== null) addRole(record, role);
      else forgetDeleted(view, record);
    },
    matches: () => found,
  };
}

/** Judges roles as they are written by anyone but Kubernetes and EKS themselves. */
export function watchRoles(facts: Facts | null, judge: JudgeRole): Correlator {
  const view = openRbacView(facts);
  const found: Match[] = [];
  return {
    add: (record) => {
      if (!isChange(record)) return;
      const role = findWrittenRole(record);
      if (role === null) return forgetDeleted(view, record);
      const before = view.takeRole(role);
      if ((before !== null && sameContent(before, role)) || isControlPlane(record, facts)) return;
      const isNew = before !== null || record.verb === 'create';
      const words = isNew ? '' : ' What it held before could not be compared: no earlier record shows it.';
      for (const match of judge(view.resolveRole(role))) found.push(tell(match, record, `wrote it.${words}`));
    },
    matches: () => found,
  };
}

function forgetDeleted(view: RbacView, event: AuditEvent): void {
  const subject = event.verb === 'delete' ? findAccessSubject(event) : null;
  if (subject !== null) view.forget(subject);
}

function tell(match: Match, event: AuditEvent, what: string): Match {
  const actor = nameActor(event.actor);
  return { ...match, summary: `${match.summary} ${actor} ${what}`, actor, at: event.at, evidence: [event.evidence] };
}

/** True when the earlier match says as much: the change is then no news. */
function covers(earlier: Match, match: Match): boolean {
  return earlier.subject === match.subject && rank(earlier) >= rank(match);
}

function rank({ severity }: Match): number {
  return severity === undefined ? 0 : SEVERITIES.indexOf(severity);
}

function holds(before: Binding | null, { role }: Binding, subject: Subject): boolean {
  if (before === null || before.role.kind !== role.kind || before.role.name !== role.name) return false;
  return before.subjects.some(
    ({ kind, name, namespace }) => kind === subject.kind && name === subject.name && namespace === subject.namespace,
  );
}

/** Labels count too: they decide which roles a ClusterRole is aggregated into. */
function sameContent(a: Role, b: Role): boolean {
  return toText(a) === toText(b);
}

function toText(role: Role): string {
  return JSON.stringify([role.rules, role.labels, role.aggregates, isLeftAlone(role)]);
}
