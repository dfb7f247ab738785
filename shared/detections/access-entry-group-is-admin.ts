/** An access entry in a Kubernetes group that a binding makes admin. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { nameActor } from '../rules/actors.ts';
import { findWrittenEntry } from '../rules/eks-calls.ts';
import { listGroupMembers } from '../rules/group-members.ts';
import { type AdminWay, listAdminGroups, listAdminWays, wordAdminWay } from '../rules/keyholders.ts';
import { setEntryGroups, showBinding } from '../rules/remedies.ts';

export const accessEntryGroupIsAdmin: Detection = {
  id: 'access-entry-group-is-admin',
  ref: 'AE-004',
  title: 'Access entry in a group that is bound to an admin role',
  severity: 'critical',
  needs: [
    ['eks-api/access-entries', 'rbac'],
    ['cloudtrail', 'rbac'],
  ],
  why: 'The entry itself holds no policy and looks harmless in the EKS console: what makes it admin is a binding inside the cluster, written by others and at another time.',
  fix: 'Take the group off the entry, or bind the group to a role that allows what its members need.',
  blindSpots:
    'The group is weighed by the bindings that stand today: a binding made and taken away between two reads is reported by admin-cluster-role-binding alone. Without a read of RBAC nothing is known of groups.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  saysOnlyIsAdmin: true,
  *detect(facts) {
    for (const { entry, inert } of facts.mappings) {
      if (entry === null || inert !== null) continue;
      const arn = entry.principal.arn;
      for (const match of judge(arn, listWays(entry.groups, facts))) {
        const commands = [
          setEntryGroups(facts.cluster, arn, listOthers(entry.groups, facts)),
          ...(match.commands ?? []),
        ];
        yield { ...match, commands, at: entry.modifiedAt, evidence: [entry.evidence, ...match.evidence] };
      }
    }
  },
  *observe(record, facts) {
    const written = findWrittenEntry(record);
    if (written === null || facts === null) return;
    const { event, principalArn, groups } = written;
    const actor = nameActor(event.actor);
    for (const match of judge(principalArn, listWays(groups, facts))) {
      const commands = [
        setEntryGroups(facts.cluster, principalArn, listOthers(groups, facts)),
        ...(match.commands ?? []),
      ];
      const evidence = [event.evidence, ...match.evidence];
      yield { ...match, summary: `${match.summary} ${actor} wrote the entry so.`, commands, actor, evidence };
    }
  },
  /** The group may be bound long after the entry was made. */
  correlate: (facts) =>
    watchBindings(facts, function* (binding, fresh) {
      for (const way of listAdminGroups(binding, fresh))
        for (const { entry } of listGroupMembers(facts?.mappings ?? [], way.name))
          if (entry !== null) yield* judge(entry.principal.arn, [way]);
    }),
};

function listWays(groups: readonly string[], facts: Facts): readonly AdminWay[] {
  return groups.flatMap((group) => listAdminWays(facts, 'Group', group));
}

function listOthers(groups: readonly string[], facts: Facts): readonly string[] {
  return groups.filter((group) => listAdminWays(facts, 'Group', group).length === 0);
}

function* judge(principalArn: string, ways: readonly AdminWay[]): Iterable<Match> {
  const widest = ways.find(({ binding }) => binding.namespace === null) ?? ways[0];
  if (widest === undefined) return;
  yield {
    subject: `iam:${principalArn}`,
    severity: widest.binding.namespace === null ? 'critical' : 'high',
    summary: `The access entry of ${principalArn} is in group ${widest.name}, which ${wordAdminWay(widest)}.`,
    commands: [showBinding(widest.binding)],
    evidence: ways.map(({ binding }) => binding.evidence),
  };
}
