/** A holder into the people behind it: whoever can become it, in up to a few steps, by IAM alone. */
import type { People, Person } from '../model/access.ts';
import type { IamRole } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import type { Caller } from '../rules/iam-context.ts';
import { type Answer, allOf } from '../rules/iam-truth.ts';
import { decideCandidate, hasAssumeSource, listCandidateGroups } from './assume-sources.ts';
import { type FederationContext, listFederatedPeople, listPeopleByName } from './federated-people.ts';
import { type IamIndex, indexIam } from './iam-index.ts';
import { comparePeople, describeCaller, keepBest, leadOn, type Way } from './person.ts';
import { findIamPrincipal } from './principals.ts';

export interface PeopleContext extends FederationContext {
  /** How many roles in a row are followed. */
  readonly chainLimit: number;
}

export function resolvePeople(holder: Principal, context: PeopleContext): People {
  const { exists, role, reason, arn } = findIamPrincipal(holder, context.accounts);
  if (role !== null) return resolveRole(role, context);
  if (exists === false) return nobody(`the ${holder.type} does not exist; whoever creates the name again becomes it`);
  const itself = describeItself({ ...holder, arn: arn ?? holder.arn });
  if (itself !== null) return { status: 'known', reason: null, list: [itself] };
  const list = holder.type === 'role' ? listPeopleByName(holder, context) : [];
  return { status: 'not-readable', reason: reason ?? 'it is no principal of IAM', list };
}

function nobody(reason: string): People {
  return { status: 'none', reason, list: [] };
}

/** A user is a person of its own; so is the root of an account, and an account that is mapped as a whole. */
function describeItself({ type, name, arn, account }: Principal): Person | null {
  const base = { certainty: 'yes', condition: null, firstSeenAt: null, lastSeenAt: null, path: [arn] } as const;
  if (type === 'user') return { ...base, name, principalArn: arn, kind: 'iam-user' };
  if (type === 'root') return { ...base, name: `root of account ${account}`, principalArn: arn, kind: 'account' };
  if (arn.endsWith(`::${account}:*`)) {
    return { ...base, name: `every user and role of account ${account}`, principalArn: null, kind: 'account' };
  }
  return null;
}

interface Step extends Way {
  readonly role: IamRole;
}

type Provider = Extract<Caller, { kind: 'provider' }>;

interface Search {
  readonly index: IamIndex;
  readonly context: PeopleContext;
  readonly found: Map<string, Person>;
  readonly gaps: Set<string>;
  /** The strongest answer with which each caller was reached so far: only a stronger one is followed, so circles end. */
  readonly reached: Map<Caller, Answer>;
  /** Groups of callers all of whom were reached at least so strongly. */
  readonly settled: Map<readonly Caller[], number>;
}

const CERTAIN: Answer = { decision: 'yes', condition: null, because: 'it is the holder' };

function resolveRole(holder: IamRole, context: PeopleContext): People {
  const index = indexIam(context.accounts);
  const gap = index.findGap(holder.principal.account);
  const search: Search = {
    index,
    context,
    found: new Map(),
    gaps: new Set(gap === null ? [] : [gap]),
    reached: new Map([[holder, CERTAIN]]),
    settled: new Map(),
  };
  let steps: readonly Step[] = [{ role: holder, answer: CERTAIN, path: [holder.principal.arn] }];
  for (let hop = 1; hop <= context.chainLimit; hop += 1) steps = steps.flatMap((step) => followStep(step, search));
  if (steps.some(({ role }) => hasAssumeSource(role, index))) {
    search.gaps.add(`chains of more than ${context.chainLimit} roles were not followed`);
  }
  return summarize([...search.found.values()], [...search.gaps]);
}

/** Notes who can become the role of this step, and gives the roles among them to go on from. */
function followStep(step: Step, search: Search): readonly Step[] {
  const next: Step[] = [];
  for (const group of listCandidateGroups(step.role, search.index)) {
    if ((search.settled.get(group) ?? 0) >= strengthOf(step.answer)) continue;
    let weakest = strengthOf(CERTAIN);
    for (const caller of group) {
      const led =
        caller.kind === 'provider' ? followProvider(caller, step, search) : followCaller(caller, step, search);
      if (led !== null) next.push(led);
      weakest = Math.min(weakest, strengthOf(search.reached.get(caller)));
    }
    search.settled.set(group, weakest);
  }
  return next;
}

/** null when nothing new is learned, or when the caller is no role. */
function followCaller(caller: Exclude<Caller, Provider>, step: Step, search: Search): Step | null {
  const { index, found, reached } = search;
  const known = strengthOf(reached.get(caller));
  if (known >= strengthOf(step.answer)) return null;
  const answer = decideCandidate(caller, step.role, index);
  if (known >= strengthOf(answer)) return null;
  const whole = allOf(answer, step.answer);
  reached.set(caller, whole);
  const person = describeCaller(caller, { answer: whole, path: step.path }, index);
  keepBest(found, person);
  return caller.kind === 'role' ? { role: caller, answer: whole, path: person.path } : null;
}

function followProvider(caller: Provider, step: Step, { index, context, found, gaps }: Search): null {
  const answer = decideCandidate(caller, step.role, index);
  if (answer.decision === 'no') return null;
  const { people, gap } = listFederatedPeople(step.role.principal, { name: caller.name, answer }, context);
  for (const person of people) keepBest(found, leadOn(person, step));
  if (gap !== null) gaps.add(gap);
  return null;
}

const STRENGTH: Readonly<Record<Answer['decision'], number>> = { no: 0, unknown: 1, conditional: 2, yes: 3 };

/** Nothing is as weak as what was not reached at all. */
function strengthOf(answer: Answer | undefined): number {
  return answer === undefined ? 0 : STRENGTH[answer.decision];
}

function summarize(people: readonly Person[], gaps: readonly string[]): People {
  const reason = gaps.length === 0 ? null : gaps.join('; ');
  if (people.length > 0) return { status: 'known', reason, list: [...people].sort(comparePeople) };
  return reason === null
    ? nobody('neither its trust policy nor an assignment lets anybody in')
    : { status: 'not-readable', reason, list: [] };
}
