import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IamRole, IamUser } from '../../shared/model/iam.ts';
import type { Caller } from '../../shared/rules/iam-context.ts';
import { decideAction, decideAssumeRole } from '../../shared/rules/iam-evaluator.ts';
import { parsePolicyDocument } from '../../shared/rules/iam-policy.ts';
import type { Answer } from '../../shared/rules/iam-truth.ts';
import { HOME, iamRole, iamUser, roleArn, userArn } from '../support/iam.ts';

/** One row of the fixture: a rule of the IAM documentation, a case that shows it, and the answer. */
interface Case {
  readonly rule: string;
  readonly page: string;
  readonly trust?: readonly object[];
  /** The name of the role, with its path. */
  readonly role?: string;
  readonly roleTags?: Record<string, string>;
  readonly caller?: { kind?: string; name?: string; account?: string; tags?: Record<string, string> };
  readonly policies?: readonly object[];
  readonly boundary?: readonly object[] | 'unread';
  readonly unread?: readonly string[];
  readonly version?: string;
  readonly organization?: { readonly id: string; readonly accounts: readonly string[] };
  /** Instead of sts:AssumeRole on the role. */
  readonly question?: { action: string; resource: string; given?: Record<string, readonly string[]> };
  readonly decision: Answer['decision'];
  readonly condition?: string;
}

const FIXTURE = new URL('../fixtures/iam/assume-role-cases.jsonl', import.meta.url);
const CASES: readonly Case[] = readFileSync(FIXTURE, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

function document(statements: readonly object[], version = '2012-10-17') {
  return parsePolicyDocument({ Version: version, Statement: statements }, 'inline', null).document;
}

function entityOf(row: Case): IamUser | IamRole {
  const { kind = 'user', name = 'alice', account = HOME, tags = {} } = row.caller ?? {};
  const boundary =
    row.boundary === undefined ? null : row.boundary === 'unread' ? row.boundary : document(row.boundary);
  const held = {
    account,
    tags,
    boundary,
    policies: [document(row.policies ?? [], row.version)],
    unreadPolicies: row.unread ?? [],
  };
  return kind === 'role' ? iamRole(name, held) : iamUser(name, held);
}

function callerOf(row: Case): Caller {
  const { kind, name = '', account = HOME } = row.caller ?? {};
  if (kind === 'account') return { kind, account, partition: 'aws' };
  if (kind === 'everyone') return { kind };
  return kind === 'service' || kind === 'provider' ? { kind, name } : entityOf(row);
}

function findOrganization({ organization }: Case) {
  return (account: string) => (organization?.accounts.includes(account) ? organization.id : null);
}

function answer(row: Case): Answer {
  const { question } = row;
  if (question === undefined) {
    const role = iamRole(row.role ?? 'admin', { trust: document(row.trust ?? []), tags: row.roleTags ?? {} });
    return decideAssumeRole({ caller: callerOf(row), role, findOrganization: findOrganization(row) });
  }
  const caller = entityOf(row);
  const given = new Map(Object.entries(question.given ?? {}));
  const context = { caller, resource: { account: HOME, tags: null }, findOrganization: findOrganization(row), given };
  return decideAction(caller, { action: question.action, resource: { arn: question.resource, isCut: false }, context });
}

describe('IAM evaluator', () => {
  it('is shown by at least 130 rules, each written once', () => {
    expect(new Set(CASES.map((row) => row.rule)).size).toBeGreaterThanOrEqual(130);
    expect(new Set(CASES.map((row) => row.rule)).size).toBe(CASES.length);
  });

  it.each(CASES.map((row) => [row.page, row.rule, row] as const))('%s: %s', (_page, _rule, row) => {
    const { decision, condition, because } = answer(row);

    expect({ decision, condition }).toEqual({ decision: row.decision, condition: row.condition ?? null });
    expect(because).not.toBe('');
  });

  it('names the policy that allows, and the one that denies', () => {
    const role = iamRole('admin', { trust: document([{ Effect: 'Allow', Principal: { AWS: HOME }, Action: '*' }]) });
    const ask = (...policies: IamUser['policies']) =>
      decideAssumeRole({ caller: iamUser('alice', { policies }), role });
    const named = (name: string, effect: string) =>
      parsePolicyDocument({ Statement: { Effect: effect, Action: '*', Resource: '*' } }, name, null).document;

    expect(ask(named('deploy', 'Allow')).because).toBe(
      'the trust policy leaves it to the policies of the caller, and policy deploy allows it',
    );
    expect(ask(named('deploy', 'Allow'), named('freeze', 'Deny')).because).toBe('policy freeze denies it');
    expect(ask().because).toBe('no policy of its own allows it');
  });
});

const STRENGTH: Readonly<Record<Answer['decision'], number>> = { no: 0, unknown: 1, conditional: 2, yes: 3 };

const conditions = fc.constantFrom(
  {},
  { StringEquals: { 'aws:username': 'alice' } },
  { StringEquals: { 'aws:username': 'bob' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { StringLike: { 'aws:userid': 'AROA*' } },
);
const effect = fc.constantFrom('Allow', 'Deny');
const action = fc.constantFrom('*', 'sts:*', 'sts:AssumeRole', 'iam:*');
const ownStatement = fc.record({
  Effect: effect,
  Action: action,
  Resource: fc.constantFrom('*', roleArn('admin'), roleArn('other'), roleArn('ad*')),
  Condition: conditions,
});
const trustStatement = fc.record({
  Effect: effect,
  Action: action,
  Principal: fc.constantFrom(
    '*',
    { AWS: '111122223333' },
    { AWS: userArn('alice') },
    { AWS: roleArn('ops') },
    { AWS: '444455556666' },
  ),
  Condition: conditions,
});

function decide(own: readonly object[], trust: readonly object[], kind: 'user' | 'role'): Answer {
  const more = { policies: [document(own)] };
  const caller = kind === 'user' ? iamUser('alice', more) : iamRole('ops', more);
  return decideAssumeRole({ caller, role: iamRole('admin', { trust: document(trust) }) });
}

const cases = fc.record({
  own: fc.array(ownStatement, { maxLength: 4 }),
  trust: fc.array(trustStatement, { maxLength: 4 }),
  kind: fc.constantFrom('user', 'role'),
  added: ownStatement,
});

describe('IAM evaluator, whatever the policies', () => {
  it('grants no less for one more allow, and no more for one more deny', () => {
    fc.assert(
      fc.property(cases, ({ own, trust, kind, added }) => {
        const before = STRENGTH[decide(own, trust, kind).decision];
        const after = STRENGTH[decide([...own, added], trust, kind).decision];
        if (added.Effect === 'Allow') expect(after).toBeGreaterThanOrEqual(before);
        else expect(after).toBeLessThanOrEqual(before);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('decides the same in whatever order the statements stand', () => {
    fc.assert(
      fc.property(cases, ({ own, trust, kind }) => {
        const reversed = decide([...own].reverse(), [...trust].reverse(), kind);
        expect(reversed.decision).toBe(decide(own, trust, kind).decision);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('names a condition exactly when the answer depends on one', () => {
    fc.assert(
      fc.property(cases, ({ own, trust, kind }) => {
        const { decision, condition } = decide(own, trust, kind);
        expect(condition !== null).toBe(decision === 'conditional' || decision === 'unknown');
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('takes any document at all without throwing', () => {
    const anything = fc.record({
      Effect: effect,
      Action: fc.string(),
      Principal: fc.anything(),
      Condition: fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.string())),
    });
    fc.assert(
      fc.property(fc.array(anything), fc.array(fc.anything()), (trust, own) => {
        const more = { policies: [parsePolicyDocument({ Statement: own }, 'own', null).document] };
        const role = iamRole('admin', { trust: document(trust) });
        expect(decideAssumeRole({ caller: iamUser('alice', more), role }).because).not.toBe('');
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
