/** The facts of a cluster into the draft of a plan: a decision for each row, and what to make. */
import type { AwsAuthSection } from '../model/aws-auth.ts';
import type { AuthenticationMode } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { BlockReason, PlannedBinding, PlannedEntry, RowDecision } from '../model/migration.ts';
import { arnKey, parsePrincipal, principalKey } from '../rules/arn.ts';
import { type Decided, decideRow } from './decide-row.ts';
import { type MigrationQuestion, resolveSituation } from './question.ts';

export interface Draft {
  readonly decided: readonly Decided[];
  /** Of people and workloads, then of nodes that are not EKS's. */
  readonly entries: readonly PlannedEntry[];
  /** Of EKS's own nodes: made at the end where EKS has made none. */
  readonly ensured: readonly PlannedEntry[];
  readonly bindings: readonly PlannedBinding[];
  /** null where nothing is to be moved. */
  readonly target: AuthenticationMode | null;
}

export function draftMigration(question: MigrationQuestion): Draft {
  const { facts, allowsDifferences } = question;
  const situation = resolveSituation(question);
  const rows = facts.mappings.flatMap((mapping) =>
    mapping.row === null ? [] : decideRow(mapping, mapping.row, situation),
  );
  const decided = [...rows, ...decideRest(question)];
  const mode = facts.cluster.authenticationMode;
  const isBlocked = !allowsDifferences && decided.some(({ decision }) => decision.decision === 'blocked');
  const planned = decided.flatMap(({ decision }) =>
    decision.entry === null || decision.decision === 'left-to-eks' ? [] : [decision.entry],
  );
  const bindings = new Map(decided.flatMap((each) => each.bindings).map((each) => [JSON.stringify(each), each]));
  return {
    decided,
    entries: [
      ...planned.filter(({ type }) => type === 'STANDARD'),
      ...planned.filter(({ type }) => type !== 'STANDARD'),
    ],
    ensured: decided.flatMap(({ decision }) =>
      decision.decision === 'left-to-eks' && decision.entry !== null ? [decision.entry] : [],
    ),
    bindings: [...bindings.values()],
    target: mode === null || mode === 'API' ? null : isBlocked ? 'API_AND_CONFIG_MAP' : 'API',
  };
}

/** Rows that stay where they are. */
export function isKept({ decision }: Decided, target: Draft['target']): boolean {
  if (target === null) return true;
  const { decision: what, entry } = decision;
  return target === 'API_AND_CONFIG_MAP' && (what === 'blocked' || (what === 'left-to-eks' && entry !== null));
}

/** mapAccounts, and sections of which nobody knows what they held. */
function decideRest({ facts }: MigrationQuestion): readonly Decided[] {
  const { awsAuth, cluster } = facts;
  if (awsAuth === null || cluster.authenticationMode === 'API') return [];
  const accounts = awsAuth.accounts.map(({ account, position, evidence }) =>
    block({
      section: 'mapAccounts',
      arn: account,
      line: position.line,
      reason: 'map-accounts',
      because: `It lets every principal of account ${account} log in, and no access entry stands for a whole account.`,
      advice: `Map those who use it one by one, then take the account out. ${tellSeen(facts, account)}`,
      evidence: [evidence],
    }),
  );
  const lost = awsAuth.lostSections.map((section) => block(describeLost(section, awsAuth.evidence)));
  return [...accounts, ...lost];
}

const MOST_SEEN = 5;

/** Who comes in by the account, as far as the logs show it. */
function tellSeen({ usage, mappings, coverage }: Facts, account: string): string {
  const mapped = new Set(mappings.map(({ principal }) => principalKey(principal)));
  const arns = usage.flatMap(({ principalArn }) => principalArn ?? []);
  const seen = [...new Set(arns)].filter((arn) => parsePrincipal(arn).account === account && !mapped.has(arnKey(arn)));
  if (seen.length > 0) {
    const more = seen.length > MOST_SEEN ? ` and ${seen.length - MOST_SEEN} more` : '';
    return `Seen by it: ${seen.slice(0, MOST_SEEN).join(', ')}${more}.`;
  }
  const from = coverage.find(({ source }) => source === 'authenticator-log')?.window?.from;
  return from === undefined ? 'No log that would show them was read.' : `None was seen since ${from}.`;
}

function describeLost(section: AwsAuthSection, evidence: RowDecision['evidence'][number]) {
  return {
    section,
    arn: null,
    line: 0,
    reason: 'section-lost' as const,
    because: `The authenticator cannot read ${section} and lets nobody in by it; what it was meant to give is not known.`,
    advice: 'Mend it with keyholder lint, or take it out, and plan again.',
    evidence: [evidence],
  };
}

type Blocked = Pick<RowDecision, 'section' | 'arn' | 'line' | 'because' | 'advice' | 'evidence'> & {
  readonly reason: BlockReason;
};

function block(blocked: Blocked): Decided {
  const decision: RowDecision = {
    ...{ username: '', groups: [], decision: 'blocked', commands: [], entry: null },
    ...blocked,
  };
  return { decision, mapping: null, bindings: [] };
}
