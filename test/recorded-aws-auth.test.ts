/** Our reading of aws-auth and of ARNs against the oracles of the authenticator's own tests, where they lie beside the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAwsAuth } from '../shared/evidence/aws-auth.ts';
import { canonicalizeArn, stripRolePath } from '../shared/rules/arn.ts';

const ORACLES = new URL('../../shared/data/oracles/', import.meta.url);
const isThere = existsSync(ORACLES);

function readLines<T>(name: string): readonly T[] {
  if (!isThere) return [];
  const lines = readFileSync(new URL(name, ORACLES), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

const ARNS = readLines<{ fn: string; in: string; out: string | null }>('arn-canonicalize.jsonl');
const FILES = readLines<{ file: string; loads: boolean; note: string }>('aws-auth-parse.jsonl');
const FUNCTIONS = new Map([
  ['Canonicalize', canonicalizeArn],
  ['StripPath', stripRolePath],
]);

const ROLE = ['mapRoles', 'system:node:{{EC2PrivateDNSName}}', ['system:bootstrappers', 'system:nodes']];
const USER = ['mapUsers', 'admin', ['system:masters']];
/** What the notes beside the files say: rows, and how many accounts. */
const LOADED = new Map<string, { readonly rows: readonly unknown[]; readonly accounts: number }>([
  ['aws-auth.yaml', { rows: [ROLE, USER], accounts: 1 }],
  ['aws-auth-crazy-case-keys.yaml', { rows: [ROLE, USER], accounts: 1 }],
  ['aws-auth-open-source-case-keys.yaml', { rows: [ROLE, USER], accounts: 1 }],
  ['aws-auth-lower-case-top-keys.yaml', { rows: [], accounts: 0 }],
  ['aws-auth-crazy-case-top-keys.yaml', { rows: [], accounts: 0 }],
  [
    'aws-auth-space-out-of-place.yaml',
    { rows: [['mapRoles', ROLE[1], ['system:bootstrappers - system:nodes']], USER], accounts: 1 },
  ],
  ['aws-auth-missing-bar.yaml', { rows: [USER], accounts: 1 }],
]);

describe('the oracles of the authenticator', () => {
  it.runIf(!isThere)('were not asked: there is no ../shared/data beside the repository', () => {
    expect(isThere).toBe(false);
  });

  it.runIf(isThere)('are all there', () => {
    expect([ARNS.length, FILES.length]).toEqual([14, 7]);
  });

  it.each(ARNS)('agree on $fn of $in', ({ fn, in: arn, out }) => {
    expect(FUNCTIONS.get(fn)?.(arn)).toBe(out);
  });

  it.each(FILES)('agree on $file: $note', ({ file, loads }) => {
    const name = file.split('/').at(-1) ?? '';
    const { awsAuth } = parseAwsAuth(readFileSync(new URL(file, ORACLES), 'utf8'), name);

    const rows = awsAuth?.rows.map(({ section, username, groups }) => [section, username, groups]);
    expect({ rows, accounts: awsAuth?.accounts.length }).toEqual(LOADED.get(name));
    expect(awsAuth?.rows.filter(({ matches }) => !matches)).toEqual([]);
    expect(awsAuth?.problems.some(({ code }) => code === 'value-not-a-string')).toBe(!loads);
  });
});
