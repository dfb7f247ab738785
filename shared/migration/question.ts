/** The facts of a cluster, indexed by principal, into what the decision on a row looks at. */
import type { Mapping } from '../model/access.ts';
import type { WorkloadRole } from '../model/eks.ts';
import type { Gap } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';
import type { AccessDifference } from '../model/migration.ts';
import type { Rbac } from '../model/rbac.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { findSourceGap } from '../rules/coverage-gaps.ts';
import { openSubstitutes, type Substitutes } from './substitutes.ts';

export interface MigrationWish {
  /** Go to the end all the same: what cannot move is dropped, what would differ moves. */
  readonly allowsDifferences: boolean;
  /** Move rows that no caller could match until now. */
  readonly grantsUnmatched: boolean;
}

export interface MigrationQuestion extends MigrationWish {
  readonly facts: Facts;
  /** What an earlier round found that would change, by principal: those rows stay where they are. */
  readonly differing: ReadonlyMap<string, readonly AccessDifference[]>;
}

export interface Situation extends MigrationQuestion {
  readonly rbac: Rbac;
  readonly rbacGap: Gap | null;
  /** The hidden creator of CONFIG_MAP mode. */
  readonly creator: Mapping | null;
  readonly entryOf: (key: string) => Mapping | null;
  /** Rows that count, of one principal. */
  readonly rowsOf: (key: string) => readonly Mapping[];
  readonly managedBy: (key: string) => WorkloadRole | null;
  readonly substitutes: Substitutes;
}

export function resolveSituation(question: MigrationQuestion): Situation {
  const { facts } = question;
  const entries = new Map<string, Mapping>();
  const rows = new Map<string, Mapping[]>();
  for (const mapping of facts.mappings) {
    const key = principalKey(mapping.principal);
    if (mapping.entry !== null && !entries.has(key)) entries.set(key, mapping);
    if (mapping.row === null || mapping.inert !== null) continue;
    const list = rows.get(key);
    if (list === undefined) rows.set(key, [mapping]);
    else list.push(mapping);
  }
  const managed = new Map(
    facts.workloadRoles
      .filter(({ kind }) => kind === 'node-group' || kind === 'fargate-profile')
      .map((role) => [arnKey(role.roleArn), role]),
  );
  const rbac = { roles: facts.roles, bindings: facts.bindings };
  return {
    ...question,
    rbac,
    rbacGap: findSourceGap(facts.coverage, 'rbac'),
    creator: facts.mappings.find(({ via }) => via === 'cluster-creator') ?? null,
    entryOf: (key) => entries.get(key) ?? null,
    rowsOf: (key) => rows.get(key) ?? [],
    managedBy: (key) => managed.get(key) ?? null,
    substitutes: openSubstitutes(facts, rbac),
  };
}
