import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../shared/rules/iam-policy.ts';

const STATEMENT = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
const DOCUMENT = { Version: '2012-10-17', Statement: [STATEMENT] };
const PARSED = {
  sid: null,
  effect: 'Allow',
  actions: ['sts:AssumeRole'],
  notActions: null,
  resources: ['*'],
  notResources: null,
  principals: null,
  notPrincipals: null,
  conditions: {},
};

function parse(value: unknown) {
  return parsePolicyDocument(value, 'deploy', null);
}

function parseOne(statement: object) {
  return parse({ Version: '2012-10-17', Statement: statement });
}

describe('parsePolicyDocument', () => {
  it.each([
    ['an object', DOCUMENT],
    ['JSON text', JSON.stringify(DOCUMENT)],
    ['URL-encoded JSON text, as the API returns it', encodeURIComponent(JSON.stringify(DOCUMENT))],
    ['JSON text quoted once more', JSON.stringify(JSON.stringify(DOCUMENT))],
    ['a single statement instead of a list', { ...DOCUMENT, Statement: STATEMENT }],
    ['lists of one where text would do', { ...DOCUMENT, Statement: [{ ...STATEMENT, Action: ['sts:AssumeRole'] }] }],
    ['Effect in another letter case', { ...DOCUMENT, Statement: [{ ...STATEMENT, Effect: 'ALLOW' }] }],
  ])('reads %s', (_, value) => {
    const { document, problems } = parse(value);

    expect(problems).toEqual([]);
    expect(document).toEqual({ name: 'deploy', arn: null, version: '2012-10-17', statements: [PARSED] });
  });

  it('takes an absent Version for 2008-10-17, the language without variables', () => {
    expect(parse({ Statement: [STATEMENT] }).document.version).toBe('2008-10-17');
  });

  it.each([
    ['*', { '*': ['*'] }],
    [{ AWS: '*' }, { AWS: ['*'] }],
    [
      { AWS: ['111122223333'], Service: 'ec2.amazonaws.com' },
      { AWS: ['111122223333'], Service: ['ec2.amazonaws.com'] },
    ],
    ['arn:aws:iam::111122223333:root', { AWS: ['arn:aws:iam::111122223333:root'] }],
  ])('reads the principal %j', (principal, expected) => {
    const { document } = parseOne({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' });

    expect(document.statements[0]?.principals).toEqual(expected);
    expect(document.statements[0]?.resources).toBeNull();
  });

  it('reads conditions with bare booleans and numbers as text', () => {
    const condition = {
      Bool: { 'aws:MultiFactorAuthPresent': true },
      NumericLessThan: { 'aws:MultiFactorAuthAge': [3600] },
    };
    const { document } = parseOne({ ...STATEMENT, Condition: condition });

    expect(document.statements[0]?.conditions).toEqual({
      Bool: { 'aws:MultiFactorAuthPresent': ['true'] },
      NumericLessThan: { 'aws:MultiFactorAuthAge': ['3600'] },
    });
  });

  it.each([
    ['no Effect', { Action: '*', Resource: '*' }, 'statement 1: expected Effect Allow or Deny, got none'],
    ['an unknown Effect', { ...STATEMENT, Effect: 'Maybe' }, 'statement 1: expected Effect Allow or Deny, got "Maybe"'],
    [
      'neither Action nor NotAction',
      { Effect: 'Deny', Resource: '*' },
      'statement 1: expected Action or NotAction, one of them',
    ],
    [
      'both Action and NotAction',
      { ...STATEMENT, NotAction: '*' },
      'statement 1: expected Action or NotAction, one of them',
    ],
    [
      'an Action of another type',
      { ...STATEMENT, Action: { a: 1 } },
      'statement 1: expected Action to be text or a list of texts, got an object',
    ],
    ['a Principal without names', { ...STATEMENT, Principal: {} }, 'statement 1: expected a principal, got an object'],
    [
      'a Condition that is a list',
      { ...STATEMENT, Condition: [] },
      'statement 1: expected Condition to be an object, got a list',
    ],
    [
      'condition values of another type',
      { ...STATEMENT, Condition: { Bool: { k: null } } },
      'statement 1: expected the values of k to be texts, got none',
    ],
    ['text for a statement', 'Allow', 'statement 1: expected an object, got "Allow"'],
  ])('reports a statement with %s and leaves it out', (_, statement, problem) => {
    const { document, problems } = parse({ Version: '2012-10-17', Statement: [statement, STATEMENT] });

    expect(problems).toEqual([problem]);
    expect(document.statements).toEqual([PARSED]);
  });

  it.each([
    [undefined, 'expected a policy document, got none'],
    ['not a policy', 'expected a policy document, got "not a policy"'],
    ['%E0%A4%A', 'expected a policy document, got "%E0%A4%A"'],
    [[], 'expected a policy document, got a list'],
    [7, 'expected a policy document, got a number'],
    [{}, 'expected a Statement, got none'],
  ])('reports %j as no policy', (value, problem) => {
    expect(parse(value).problems).toEqual([problem]);
  });

  it('keeps hostile names as plain data', () => {
    const { document } = parse('{"Statement":{"Effect":"Deny","Action":"*","Principal":{"__proto__":"x"}}}');

    expect(Object.getOwnPropertyNames(document.statements[0]?.principals)).toEqual(['__proto__']);
  });

  it('takes any value without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.json()), (value) => {
        expect(parse(value).document.name).toBe('deploy');
        expect(parseOne({ Effect: 'Allow', Action: value, Condition: value, Principal: value })).toBeDefined();
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
