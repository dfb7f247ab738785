/** Random clusters, migrated by the commands of their plans and looked at anew: what was predicted against what came. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { explainAccess } from '../../shared/explain/explain-access.ts';
import { proveMigration } from '../../shared/migration/proof.ts';
import type { Facts } from '../../shared/model/facts.ts';
import type { MigrationPlan, ProvenPrincipal } from '../../shared/model/migration.ts';
import { collectClusterFacts } from '../../shared/pipeline/cluster-facts.ts';
import { planMigration } from '../../shared/pipeline/migrate.ts';
import { arbitraryCluster, FOUNDER } from './arbitrary-cluster.ts';
import { memoryReaders } from './memory-readers.ts';
import { type MigrationWorld, worldFiles } from './migration-world.ts';
import { carryOut } from './simulated-migration.ts';

const NOW = '2026-11-21T03:00:00Z';

async function readWorld(world: MigrationWorld) {
  const answer = await collectClusterFacts(memoryReaders(worldFiles(world)), { cluster: 'payments', now: NOW });
  const [cluster] = answer.evidence.clusters;
  if (cluster === undefined) throw new Error('expected a cluster');
  return { facts: answer.facts, evidence: answer.evidence, cluster };
}

const wishes = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ allowsDifferences: false, grantsUnmatched: false }) },
  { weight: 1, arbitrary: fc.record({ allowsDifferences: fc.boolean(), grantsUnmatched: fc.boolean() }) },
);

/** By principal, since the order of the evidence is that of the commands. */
function sortProof(principals: readonly ProvenPrincipal[]) {
  const sorted = principals.filter(isNamed).map(({ differences, ...rest }) => ({
    ...rest,
    differences: differences.map(({ change, text }) => `${change} ${text}`).sort(),
  }));
  return sorted.sort((a, b) => (a.principalArn < b.principalArn ? -1 : 1));
}

/** The creator whom no record names before the switch, and EKS's own entry afterwards. */
function isNamed({ principalArn }: ProvenPrincipal): boolean {
  return principalArn !== FOUNDER && principalArn !== 'the cluster creator (not known)';
}

const REQUESTS = [
  { verb: 'get', resource: 'secrets', namespace: 'payments' },
  { verb: 'list', resource: 'pods', namespace: 'dev-1' },
  { verb: 'update', resource: 'configmaps/aws-auth', namespace: 'kube-system' },
  { verb: 'create', resource: 'clusterrolebindings', namespace: undefined },
  { verb: 'get', resource: '/metrics', namespace: undefined },
];

/** What `explain` says of each principal, and of sessions of roles, request by request. */
function explainAll(facts: Facts, { proof }: MigrationPlan) {
  const answers = new Map<string, { readonly principalArn: string; readonly allowed: boolean | 'unknown' }>();
  for (const { principalArn } of proof.principals) {
    for (const principal of listAskers(principalArn))
      for (const request of REQUESTS) {
        const { allowed } = explainAccess(facts, { principal, ...request }, null);
        answers.set(`${principal} ${request.verb} ${request.resource}`, { principalArn, allowed });
      }
  }
  return answers;
}

/** Whoever a session name makes of a role may do more than the role by itself. */
function listAskers(arn: string): readonly string[] {
  const [, account, kind, name] = /^arn:aws:iam::(\d+):(role|user)\/(?:.*\/)?([^/*]+)$/.exec(arn) ?? [];
  if (kind === undefined) return [];
  return kind === 'user' ? [arn] : [arn, `arn:aws:sts::${account}:assumed-role/${name}/alice`];
}

/** The cluster after each step; of each that can be undone, its way back leads to where it began. */
function takeSteps(world: MigrationWorld, { steps }: MigrationPlan): readonly MigrationWorld[] {
  const worlds = [world];
  for (const { commands, undo, isOneWay, id } of steps) {
    const before = worlds.at(-1) ?? world;
    const after = carryOut(before, commands);
    if (undo.length > 0) expect(carryOut(after, undo), id).toEqual(before);
    expect(isOneWay || after.mode === before.mode, id).toBe(true);
    worlds.push(after);
  }
  return worlds;
}

export interface Runs {
  readonly seed: number;
  readonly numRuns: number;
}

export async function proveRandomMigrations(runs: Runs) {
  const seen = {
    outcomes: new Map<string, number>(),
    decisions: new Map<string, number>(),
    entries: 0,
    bindings: 0,
    changes: 0,
  };
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

  await fc.assert(
    fc.asyncProperty(arbitraryCluster, wishes, async (world, wish) => {
      const source = await readWorld(world);
      const plan = planMigration(source, wish);
      const changed = takeSteps(world, plan).at(-1) ?? world;
      const { facts: after } = plan.steps.length === 0 ? source : await readWorld(changed);

      if (plan.steps.length > 0) {
        expect(changed.mode).toBe(plan.target);
        expect(sortProof(proveMigration(source.facts, after).principals)).toEqual(sortProof(plan.proof.principals));
      }
      const differing = new Set(
        plan.proof.principals.filter(({ outcome }) => outcome !== 'same').map(({ principalArn }) => principalArn),
      );
      const before = explainAll(source.facts, plan);
      for (const [question, { allowed, principalArn }] of explainAll(after, plan)) {
        const was = before.get(question)?.allowed;
        if (allowed === was) continue;
        seen.changes += 1;
        expect([...differing], `${question}: ${was} became ${allowed}`).toContain(principalArn);
      }
      if (!wish.allowsDifferences && !wish.grantsUnmatched && plan.steps.length > 0)
        expect(plan.proof.equal).toBe(true);
      count(seen.outcomes, plan.outcome);
      for (const { decision, reason } of plan.decisions) count(seen.decisions, `${decision} ${reason ?? ''}`.trim());
      seen.entries += plan.entries.length;
      seen.bindings += plan.bindings.length;
    }),
    runs,
  );
  return seen;
}

/** How many states between two steps were looked at. */
export async function proveStepsBetween(runs: Runs): Promise<number> {
  const wish = { allowsDifferences: false, grantsUnmatched: false };
  let steps = 0;

  await fc.assert(
    fc.asyncProperty(arbitraryCluster, async (world) => {
      const source = await readWorld(world);
      const plan = planMigration(source, wish);
      for (const [index, between] of takeSteps(world, plan).entries()) {
        const { facts } = await readWorld(between);
        const differing = proveMigration(source.facts, facts).principals.filter(isNamed);
        const id = plan.steps[index - 1]?.id ?? 'nothing';
        expect(
          differing.filter(({ outcome }) => outcome === 'differs'),
          `after ${id}`,
        ).toEqual([]);
        steps += 1;
      }
    }),
    runs,
  );
  return steps;
}
