/** The story of a migration: the evidence of one cluster in, the plan to leave aws-auth and the proof that access stays out. */

import { KeyholderError } from '../errors.ts';
import { applyDraft } from '../migration/apply.ts';
import { draftMigration } from '../migration/draft.ts';
import { parsePlannedEntries } from '../migration/parse-plan.ts';
import { listDiffering, makePlan, type Proven } from '../migration/plan.ts';
import { proveMigration } from '../migration/proof.ts';
import type { MigrationQuestion, MigrationWish } from '../migration/question.ts';
import { verifyMigration } from '../migration/verify.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { MigrationPlan } from '../model/migration.ts';
import type { RawFile, Readers } from '../ports.ts';
import { type ClusterQuestion, collectClusterFacts, resolveStandingFacts } from './cluster-facts.ts';
import { MAX_DOCUMENT_BYTES } from './read-document.ts';
import { readText } from './read-text.ts';

export interface MigrateQuestion extends ClusterQuestion, MigrationWish {
  /** null: the plan alone. Else what the logs show, against the earlier plan where there is one. */
  readonly verify: { readonly plan: RawFile | null } | null;
}

/** Changes nothing. Throws KeyholderError('usage') for a cluster that is not there. */
export async function migrateCluster(readers: Readers, question: MigrateQuestion): Promise<MigrationPlan> {
  const { facts, evidence } = await collectClusterFacts(readers, question);
  const [cluster] = evidence.clusters;
  if (cluster === undefined) throw new KeyholderError('internal', 'expected evidence of the cluster, got none');
  const plan = planMigration({ facts, cluster, evidence }, question);
  const { verify } = question;
  return verify === null ? plan : { ...plan, verification: verifyMigration(facts, await readPlanned(verify)) };
}

async function readPlanned({ plan }: { readonly plan: RawFile | null }) {
  return plan === null ? null : parsePlannedEntries((await readText(plan, MAX_DOCUMENT_BYTES)).text, plan.file);
}

export interface MigrationSource {
  readonly facts: Facts;
  readonly cluster: ClusterEvidence;
  readonly evidence: Evidence;
}

/** What would change leaves its row where it is; so it goes on until nothing would, which each round comes closer to. */
export function planMigration(source: MigrationSource, wish: MigrationWish): MigrationPlan {
  let differing: MigrationQuestion['differing'] = new Map();
  for (;;) {
    const { allowsDifferences, grantsUnmatched } = wish;
    const proven = prove(source, { facts: source.facts, allowsDifferences, grantsUnmatched, differing });
    const found = listDiffering(proven);
    const more = [...found].filter(([key]) => !differing.has(key));
    if (wish.allowsDifferences || more.length === 0) return makePlan(proven, wish);
    differing = new Map([...differing, ...more]);
  }
}

/** The same resolver reads what stands and what would stand. */
function prove({ facts, cluster, evidence }: MigrationSource, question: MigrationQuestion): Proven {
  const draft = draftMigration(question);
  const after = applyDraft(cluster, draft, facts);
  const { facts: factsAfter } = after === cluster ? { facts } : resolveStandingFacts(after, evidence, facts.now);
  return { facts, draft, proof: proveMigration(facts, factsAfter) };
}

/** Whether nothing blocks and nothing differs; after the switch, whether the logs show just what was planned. */
export function isMigrationProven({ outcome, proof, verification }: MigrationPlan): boolean {
  if (verification !== null) return verification.isDone;
  return proof.equal && (outcome === 'ready' || outcome === 'nothing-to-do');
}
