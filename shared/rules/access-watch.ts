/** Writes of roles and bindings, in the order of the records, into what each of them newly gave. */
import type { Facts, ResolvedBinding, ResolvedRole } from '../model/facts.ts';
import { type Correlator, type Match, SEVERITIES } from '../model/finding.ts';
import type { Binding, Role, Subject } from '../model/rbac.ts';
import type { AuditEvent } from '../model/records.ts';
import { findAccessSubject, findWrittenBinding, findWrittenRole, isChange } from './access-events.ts';
import { isControlPlane } from './actors.ts';
import { isLeftAlone, openRbacView, type RbacView } from './rbac-view.ts';
import { tellWrite } from './told-writes.ts';

/**
 * `fresh`: the subjects that the write added, or all of them where the records do not show what stood there before;
 * `isNew` tells the one from the other.
 */
export type JudgeBinding = (binding: ResolvedBinding, fresh: readonly Subject[], isNew: boolean) => Iterable<Match>;
export type JudgeRole = (role: ResolvedRole, writer: AuditEvent | null) => Iterable<Match>;

/** Judges bindings as they are written, and again when the role under them is. */
export function watchBindings(facts: Facts | null, judge: JudgeBinding): Correlator {
  const view = openRbacView(facts);
  const found: Match[] = [];
  const addBinding = (event: AuditEvent, binding: Binding): void => {
    const before = view.takeBinding(binding, event.at);
    const fresh = binding.subjects.filter((subject) => !holds(before, binding, subject));
    const isCompared = before !== null || event.verb === 'create';
    for (const match of judge(view.resolveBinding(binding), fresh, isCompared))
      found.push(tellWrite(match, { event, facts, object: 'it', isCompared }));
  };
  const judgeAll = (bindings: readonly Binding[], isNew: boolean): readonly (readonly Match[])[] =>
    bindings.map((binding) => [...judge(view.resolveBinding(binding), binding.subjects, isNew)]);
  const addRole = (event: AuditEvent, role: Role): void => {
    const before = view.takeRole(role);
    if (before !== null && sameContent(before, role)) return;
    const bound = view.listBoundTo(role);
    if (before !== null) view.takeRole(before);
    const earlier = before === null ? [] : judgeAll(bound, false);
    view.takeRole(role);
    const object = `the ${role.kind} ${role.name} under it`;
    const isCompared = before !== null || event.verb === 'create';
    for (const [index, matches] of judgeAll(bound, isCompared).entries()) {
      const news = matches.filter((match) => !earlier[index]?.some((old) => covers(old, match)));
      found.push(...news.map((match) => tellWrite(match, { event, facts, object, isCompared })));
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
    matches: () => sortWorstFirst(found),
  };
}

/** Judges roles as they are written by anyone but Kubernetes and EKS themselves. */
export function watchRoles(facts: Facts | null, judge: JudgeRole): Correlator {
  const view = openRbacView(facts);
  const found: Match[] = [];
  return {
    add: (event) => {
      if (!isChange(event)) return;
      const role = findWrittenRole(event);
      if (role === null) return forgetDeleted(view, event);
      const before = view.takeRole(role);
      if ((before !== null && sameContent(before, role)) || isControlPlane(event, facts)) return;
      const isCompared = before !== null || event.verb === 'create';
      const earlier = before === null ? [] : [...judge(view.resolveRole(before), event)];
      for (const match of judge(view.resolveRole(role), event))
        if (!earlier.some((old) => covers(old, match)))
          found.push(tellWrite(match, { event, facts, object: 'it', isCompared }));
    },
    matches: () => sortWorstFirst(found),
  };
}

/** One for objects of several kinds. */
export function joinCorrelators(...correlators: readonly Correlator[]): Correlator {
  return {
    add: (record) => {
      for (const correlator of correlators) correlator.add(record);
    },
    matches: () => correlators.flatMap((correlator) => [...correlator.matches()]),
  };
}

function forgetDeleted(view: RbacView, event: AuditEvent): void {
  const subject = event.verb === 'delete' ? findAccessSubject(event) : null;
  if (subject !== null) view.forget(subject);
}

/** True when the earlier match says as much: the change is then no news. */
function covers(earlier: Match, match: Match): boolean {
  return earlier.subject === match.subject && rank(earlier) >= rank(match);
}

/** Of several about one object the worst is told. */
function sortWorstFirst(matches: readonly Match[]): readonly Match[] {
  return [...matches].sort((a, b) => rank(b) - rank(a));
}

function rank({ severity }: Match): number {
  return severity === undefined ? 0 : SEVERITIES.indexOf(severity);
}

function holds(before: Pick<Binding, 'role' | 'subjects'> | null, { role }: Binding, subject: Subject): boolean {
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
