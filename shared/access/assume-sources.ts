/** A role into all that can become it in one step: users, roles, services, identity providers, other accounts. */
import type { IamRole, Statement } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import { parseArn, parsePrincipal, principalKey } from '../rules/arn.ts';
import type { Caller } from '../rules/iam-context.ts';
import { decideAssumeRole } from '../rules/iam-evaluator.ts';
import { namesEveryone } from '../rules/iam-trust.ts';
import type { Answer } from '../rules/iam-truth.ts';
import { listStatementsFor } from '../rules/iam-weighing.ts';
import type { AccountIndex, IamEntity, IamIndex } from './iam-index.ts';

/** Of one role. */
interface Memory {
  readonly groups: readonly (readonly Caller[])[];
  readonly answers: Map<Caller, Answer>;
}

const memories = new WeakMap<IamIndex, Map<IamRole, Memory>>();

/**
 * Whom the trust policy can mean, in groups that roles share: an account with thousands of roles must not cost their
 * square. One caller may stand in several groups.
 */
export function listCandidateGroups(role: IamRole, index: IamIndex): readonly (readonly Caller[])[] {
  return memoryOf(role, index).groups;
}

/** Whether a candidate can become the role; evaluated once, since chains lead through the same roles again and again. */
export function decideCandidate(caller: Caller, role: IamRole, index: IamIndex): Answer {
  const { answers } = memoryOf(role, index);
  const known = answers.get(caller);
  if (known !== undefined) return known;
  const answer = decideAssumeRole({ caller, role, findOrganization: index.findOrganization });
  answers.set(caller, answer);
  return answer;
}

export function hasAssumeSource(role: IamRole, index: IamIndex): boolean {
  return listCandidateGroups(role, index).some((group) =>
    group.some((caller) => caller !== role && decideCandidate(caller, role, index).decision !== 'no'),
  );
}

function memoryOf(role: IamRole, index: IamIndex): Memory {
  const ofIndex = memories.get(index) ?? new Map<IamRole, Memory>();
  memories.set(index, ofIndex);
  const known = ofIndex.get(role);
  if (known !== undefined) return known;
  const groups = role.trust.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => listNamed(statement, role, index));
  const memory = { groups: groups.filter((group) => group.length > 0), answers: new Map() };
  ofIndex.set(role, memory);
  return memory;
}

type Group = readonly Caller[];

function listNamed({ principals, notPrincipals }: Statement, role: IamRole, index: IamIndex): readonly Group[] {
  if (notPrincipals !== null || (principals !== null && namesEveryone(principals))) return listEveryone(role, index);
  return Object.entries(principals ?? {}).flatMap(([kind, names]): readonly Group[] => {
    if (kind === 'Service') return [names.map((name) => ({ kind: 'service', name }))];
    if (kind === 'Federated') return [names.map((name) => ({ kind: 'provider', name }))];
    return kind === 'AWS' ? names.flatMap((name) => listByName(name, role.principal, index)) : [];
  });
}

function listEveryone(role: IamRole, index: IamIndex): readonly Group[] {
  const own = index.ofAccount(role.principal.account)?.entities ?? [];
  const others = index.accounts.filter(({ account }) => account !== role.principal.account);
  return [own, ...others.map(listAssumers), [{ kind: 'everyone' }]];
}

function listByName(name: string, { partition }: Principal, index: IamIndex): readonly Group[] {
  if (/^\d{12}$/.test(name)) return listOfAccount(name, partition, index);
  const arn = parseArn(name);
  if (arn === null) return [listOne(index.findByUniqueId(name))]; // an id that nobody has: a deleted principal
  if (arn.resource === 'root') return listOfAccount(arn.account, arn.partition, index);
  const principal = parsePrincipal(name);
  if (principal.type !== 'role' && principal.type !== 'user') return []; // federated users cannot assume roles
  const found = index.ofAccount(principal.account)?.find(principalKey(principal)) ?? null;
  return [found === null && index.findGap(principal.account) !== null ? [strangerOf(principal)] : listOne(found)];
}

function listOne(entity: IamEntity | null): Group {
  return entity === null ? [] : [entity];
}

/** The root user cannot assume roles; what remains is whoever the account's own policies let. */
function listOfAccount(account: string, partition: string, index: IamIndex): readonly Group[] {
  const read = index.ofAccount(account);
  const stranger: Caller = { kind: 'account', account, partition };
  return [read === null ? [] : listAssumers(read), index.findGap(account) === null ? [] : [stranger]];
}

const assumers = new WeakMap<AccountIndex, readonly IamEntity[]>();

/** Users and roles whose own policies speak of sts:AssumeRole at all, or were not all read. */
function listAssumers(account: AccountIndex): readonly IamEntity[] {
  const known = assumers.get(account) ?? account.entities.filter(mayAssumeSomething);
  assumers.set(account, known);
  return known;
}

function mayAssumeSomething({ policies, unreadPolicies }: IamEntity): boolean {
  return (
    unreadPolicies.length > 0 ||
    policies.some((policy) => listStatementsFor(policy, 'sts:AssumeRole').some(({ effect }) => effect === 'Allow'))
  );
}

/** A principal that is named but was not read: its policies may say anything. */
function strangerOf(principal: Principal): IamEntity {
  const unread = {
    principal,
    createdAt: null,
    policies: [],
    unreadPolicies: [`its policies in account ${principal.account}`],
    boundary: null,
    tags: {},
    evidence: { source: 'iam', id: principal.arn, at: null, file: null, line: 0 },
  } as const;
  if (principal.type === 'user') return { ...unread, kind: 'user', groups: [] };
  const trust = { name: 'trust policy', arn: null, statements: [] };
  return { ...unread, kind: 'role', trust, instanceProfiles: [], lastUsedAt: null };
}
