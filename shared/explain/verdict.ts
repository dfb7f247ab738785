/** What an identity holds, and what was not read, into yes, no or not known, with the last step of the way. */

import type { Ref } from '../model/coverage.ts';
import type { Allowed, Gap, PathStep } from '../model/explanation.ts';
import { findSourceGap } from '../rules/coverage-gaps.ts';
import type { Broken } from './broken.ts';
import type { Decision, Way } from './held.ts';
import type { Question } from './question.ts';
import { listSome, tellStep, wordPolicy, wordWay } from './words.ts';

export interface Verdict {
  readonly allowed: Allowed;
  /** Where the answer is no. */
  readonly broken: Broken | null;
  /** A clause: by what it is allowed, or what is not known. */
  readonly because: string;
  readonly path: readonly PathStep[];
  /** By RBAC alone; null for whoever cannot log in. */
  readonly rbac: 'yes' | 'no' | 'unknown' | null;
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
}

export interface Case {
  readonly question: Question;
  readonly decision: Decision;
  /** Up to the identity. */
  readonly path: readonly PathStep[];
  /** Of the mapping, which carries access policies and groups. */
  readonly doorEvidence: readonly Ref[];
  /** What could turn a yes into a no. */
  readonly doubtsIfAllowed: readonly Gap[];
  /** What could turn a no into a yes, beside RBAC and policies of unknown rules. */
  readonly doubtsIfDenied: readonly Gap[];
  readonly notes: readonly string[];
  readonly deny: () => Broken;
}

export function conclude(given: Case): Verdict {
  const { decision, question, path, notes } = given;
  const rbac = answerRbac(decision, question);
  const [way, ...others] = decision.ways;
  if (way !== undefined) {
    const doubts = given.doubtsIfAllowed;
    const also = others.length === 0 ? '' : `, and ${others.length} more`;
    const said = { broken: null, path: [...path, tellWay(way, given)], rbac, gaps: doubts, notes };
    if (doubts.length === 0) return { ...said, allowed: true, because: `by ${wordWay(way)}${also}` };
    return { ...said, allowed: 'unknown', because: `${wordWay(way)} would allow it, but ${wordDoubts(doubts)}` };
  }
  const doubts = [...given.doubtsIfDenied, ...listDoubts(decision, question)];
  if (doubts.length === 0) return refuse(given.deny(), { path, rbac, notes });
  const open = given.decision.undecided.length > 0 ? 'access-policy' : 'binding';
  const step = tellStep(open, 'unknown', { text: 'nothing that was read allows it', evidence: given.doorEvidence });
  return {
    allowed: 'unknown',
    broken: null,
    because: wordDoubts(doubts),
    path: [...path, step],
    rbac,
    gaps: doubts,
    notes,
  };
}

/** The step that the link is about stands broken, and nothing after it. */
export function refuse(broken: Broken, said: Pick<Verdict, 'path' | 'rbac' | 'notes'>): Verdict {
  const step = stepOf(broken.link);
  const before = said.path.slice(
    0,
    said.path.findIndex((each) => each.step === step),
  );
  const kept = said.path.some((each) => each.step === step) ? before : said.path;
  const path = [...kept, tellStep(step, 'broken', { text: broken.why, evidence: broken.evidence })];
  return { ...said, allowed: false, broken, because: broken.why, path, gaps: [] };
}

function stepOf(link: Broken['link']): PathStep['step'] {
  if (link.startsWith('principal:')) return 'principal';
  if (link.startsWith('mapping:')) return 'mapping';
  if (link.startsWith('identity:')) return 'identity';
  return link.startsWith('policy:') ? 'access-policy' : 'binding';
}

function tellWay(way: Way, { decision, doorEvidence }: Case): PathStep {
  const count = decision.ways.length;
  const more = count === 1 ? '' : ` (and ${count - 1} more ${count === 2 ? 'way' : 'ways'})`;
  if (way.kind === 'masters')
    return tellStep('binding', 'holds', { text: `${wordWay(way)}${more}`, evidence: doorEvidence });
  const text = `${wordWay(way)} allows it${more}`;
  if (way.kind === 'policy') return tellStep('access-policy', 'holds', { text, evidence: doorEvidence });
  const { binding, role } = way.allowance;
  return tellStep('binding', 'holds', { text, evidence: [binding.evidence, role.evidence] });
}

function answerRbac({ ways, bySession }: Decision, { facts }: Question): 'yes' | 'no' | 'unknown' {
  if (ways.some(({ kind }) => kind !== 'policy')) return 'yes';
  return bySession.length > 0 || findSourceGap(facts.coverage, 'rbac') !== null ? 'unknown' : 'no';
}

function listDoubts({ undecided, bySession }: Decision, { facts }: Question): readonly Gap[] {
  const rbac = findSourceGap(facts.coverage, 'rbac');
  const policies = undecided.map(
    (policy): Gap => ({
      need: null,
      reason: `AWS does not publish whether ${wordPolicy(policy)} allows it`,
    }),
  );
  const session: readonly Gap[] =
    bySession.length === 0
      ? []
      : [{ need: null, reason: `it depends on the session name: as ${listSome(bySession, 3)} it is allowed` }];
  return [...policies, ...session, ...(rbac === null ? [] : [rbac])];
}

function wordDoubts(gaps: readonly Gap[]): string {
  return listSome(
    gaps.map(({ reason }) => reason),
    2,
  );
}
