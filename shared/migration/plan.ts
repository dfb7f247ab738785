/** A draft and its proof into the plan that is told: the answer, the steps, and what is not known. */
import type { Gap } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';
import type { AccessDifference, MigrationPlan, MigrationProof, RowDecision } from '../model/migration.ts';
import { arnKey } from '../rules/arn.ts';
import { describeCluster } from '../rules/asked-cluster.ts';
import { findPartGap, findSourceGap } from '../rules/coverage-gaps.ts';
import { isUnmatched } from './decide-row.ts';
import type { Draft } from './draft.ts';
import type { MigrationWish } from './question.ts';
import { listSteps } from './steps.ts';

export interface Proven {
  readonly facts: Facts;
  readonly draft: Draft;
  readonly proof: MigrationProof;
}

/** The principals that a round shows to change, beside those that it was asked to change: the next round leaves them. */
export function listDiffering({ facts, proof }: Proven): ReadonlyMap<string, readonly AccessDifference[]> {
  const rows = new Set(facts.mappings.flatMap(({ row, principal }) => (row === null ? [] : [arnKey(principal.arn)])));
  return new Map(
    proof.principals.flatMap(({ principalArn, outcome, differences }) =>
      outcome === 'differs' && rows.has(arnKey(principalArn)) ? [[arnKey(principalArn), differences] as const] : [],
    ),
  );
}

export function makePlan(proven: Proven, wish: MigrationWish): MigrationPlan {
  const { facts, draft, proof } = proven;
  const decisions = draft.decided.map(({ decision }) => decision);
  const missing = listMissing(facts);
  const isStopped = !wish.allowsDifferences && hasUnaskedDifference(proven);
  const outcome = judge(proven, { isUnread: missing.length > 0, isStopped });
  return {
    schema: 'keyholder.migrate/v1',
    generatedAt: facts.now,
    cluster: describeCluster(facts),
    answer: wordAnswer(outcome, proven, missing),
    outcome,
    target: outcome === 'not-readable' ? null : draft.target,
    decisions,
    entries: draft.entries,
    bindings: draft.bindings,
    proof,
    steps: missing.length > 0 || isStopped ? [] : listSteps(draft, facts, proof),
    gaps: [...missing, ...listDoubts(facts)],
    notes: listNotes(proven, decisions, isStopped),
    verification: null,
  };
}

/** Of rows that never matched the new access was asked for. */
function hasUnaskedDifference({ draft, proof }: Proven): boolean {
  const granted = new Set(
    draft.decided.flatMap(({ mapping, decision }) =>
      mapping?.row != null && decision.entry !== null && isUnmatched(mapping, mapping.row)
        ? [arnKey(mapping.principal.arn)]
        : [],
    ),
  );
  return proof.principals.some(
    ({ outcome, principalArn }) => outcome === 'differs' && !granted.has(arnKey(principalArn)),
  );
}

/** Without these there is no telling what would be moved. */
function listMissing({ cluster, coverage }: Facts): readonly Gap[] {
  const mode = cluster.authenticationMode;
  const gaps = [
    mode === null ? findPartGap(coverage, 'cluster') : null,
    mode === 'API' ? null : findSourceGap(coverage, 'aws-auth'),
    mode === 'API_AND_CONFIG_MAP' ? findPartGap(coverage, 'access-entries') : null,
  ];
  return gaps.filter((gap) => gap !== null);
}

function listDoubts({ coverage }: Facts): readonly Gap[] {
  const gaps = [
    findSourceGap(coverage, 'rbac'),
    findSourceGap(coverage, 'iam'),
    findPartGap(coverage, 'node-groups'),
    findPartGap(coverage, 'fargate-profiles'),
  ];
  return gaps.filter((gap) => gap !== null);
}

type Outcome = MigrationPlan['outcome'];

function judge({ draft }: Proven, found: { readonly isUnread: boolean; readonly isStopped: boolean }): Outcome {
  if (found.isUnread) return 'not-readable';
  if (draft.target === null) return 'nothing-to-do';
  return draft.target === 'API' && !found.isStopped ? 'ready' : 'blocked';
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function wordAnswer(outcome: Outcome, { facts, draft, proof }: Proven, missing: readonly Gap[]): string {
  const { name } = facts.cluster;
  if (outcome === 'not-readable') return `No plan for ${name}: ${missing.map(({ reason }) => reason).join('; ')}.`;
  if (outcome === 'nothing-to-do') return `Nothing to move: ${name} is in mode API, and reads access entries alone.`;
  const blocked = draft.decided.filter(({ decision }) => decision.decision === 'blocked').length;
  const differing = proof.principals.filter((each) => each.outcome === 'differs').length;
  const access =
    differing === 0 ? 'access stays the same' : `access changes for ${count(differing, 'principal', 'principals')}`;
  const moved = count(draft.entries.length, 'access entry', 'access entries');
  if (outcome === 'ready') return `${name} can move to mode API with ${moved}: ${access}.`;
  const rows = count(blocked, 'thing blocks', 'things block');
  const stop = blocked === 0 ? 'The proof does not hold' : `${rows} the last step of ${name}`;
  return `${stop}: ${moved} can be made, ${access}, and aws-auth has to stay.`;
}

function wordCreator({ creator }: Facts, arn: string): string {
  if (creator.exists === false)
    return `The creator ${arn} no longer exists: its hidden access ends with the switch of the mode.`;
  if (creator.principalArn !== null)
    return `The hidden access of ${arn} becomes an access entry that EKS makes at the switch of the mode.`;
  return 'Who created the cluster is not known. EKS makes an entry for it at the switch of the mode: where a command then ends in ResourceInUseException, that principal is the creator, and stays admin by the entry that stands.';
}

const MOST_ENTRIES = 3000;

function listNotes(
  { facts, draft, proof }: Proven,
  decisions: readonly RowDecision[],
  isStopped: boolean,
): readonly string[] {
  const total = facts.entries.length + draft.entries.length;
  const gone = proof.principals.filter(({ outcome }) => outcome === 'nobody').length;
  const weaker = proof.principals.filter(
    ({ outcome, levelBefore, levelAfter }) => outcome === 'same' && levelBefore !== levelAfter,
  );
  const unsure = draft.decided.filter(
    ({ mapping, decision }) => decision.entry !== null && mapping?.exists === null,
  ).length;
  const creator = facts.mappings.find(({ via }) => via === 'cluster-creator');
  const notes = [
    isStopped ? 'No steps are given, for access would change. --allow-differences gives them all the same.' : null,
    creator === undefined || draft.target === null ? null : wordCreator(facts, creator.principal.arn),
    gone > 0
      ? `${count(gone, 'principal', 'principals')} that IAM does not have would lose access that nobody can use today.`
      : null,
    weaker.length > 0 && draft.target === 'API'
      ? `${count(weaker.length, 'principal has', 'principals have')} the same permissions and another level: whoever may write aws-auth can no longer make itself admin by it.`
      : null,
    unsure > 0
      ? `Whether ${count(unsure, 'principal', 'principals')} to be given an entry ${unsure === 1 ? 'exists' : 'exist'}, and under which path, is not known: the IAM of ${unsure === 1 ? 'its account' : 'their accounts'} was not read. EKS refuses an ARN without its path, and the row goes on counting.`
      : null,
    total > MOST_ENTRIES ? `The cluster would have ${total} access entries, and EKS takes ${MOST_ENTRIES}.` : null,
    decisions.some(({ username, decision }) => username === '' && (decision === 'entry' || decision === 'policy'))
      ? 'What the authenticator makes of a row without username is not documented; its entry has the one that EKS writes.'
      : null,
  ];
  return notes.filter((note) => note !== null);
}
