import { describe, expect, test } from 'vitest';
import {
  type MappingSources,
  mapHiddenCreator,
  type PrincipalStanding,
  resolveMappings,
} from '../../shared/access/mappings.ts';
import { indexUsage } from '../../shared/access/usage.ts';
import type { Usage } from '../../shared/model/evidence.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { ref } from '../support/coverage.ts';
import { accessEntry, associatedPolicy, awsAuth, awsAuthRow, cluster } from '../support/facts.ts';

const ROLE = 'arn:aws:iam::111122223333:role/platform-admin';
const unread: PrincipalStanding = { exists: null, uniqueId: null, createdAt: null, arn: null };
const alive: PrincipalStanding = {
  exists: true,
  uniqueId: 'AROANEW0000000000001',
  createdAt: '2026-01-01T00:00:00Z',
  arn: ROLE,
};

function sources(more: Partial<MappingSources> & { readonly standing?: PrincipalStanding } = {}): MappingSources {
  return {
    cluster: cluster(),
    entries: [],
    awsAuth: null,
    usage: indexUsage([]),
    findPrincipal: () => more.standing ?? unread,
    gradePolicy: () => ({ level: 'cluster-admin', reason: 'may do everything' }),
    ...more,
  };
}

function loginOf(uniqueId: string, at: string): Usage {
  return {
    source: 'authenticator-log',
    principalArn: ROLE,
    uniqueId,
    username: 'platform-admin',
    groups: [],
    policyArn: null,
    sessionName: null,
    accessKeyId: null,
    stsEndpoint: null,
    count: 1,
    firstAt: at,
    lastAt: at,
    evidence: ref('authenticator-log'),
  };
}

const faults = (input: MappingSources): readonly (string | null)[] => resolveMappings(input).map(({ inert }) => inert);

describe('resolveMappings', () => {
  test('grades each policy of an entry', () => {
    const [mapping] = resolveMappings(sources({ entries: [accessEntry({ policies: [associatedPolicy()] })] }));

    expect(mapping?.policies.map(({ name, level }) => [name, level])).toEqual([
      ['AmazonEKSClusterAdminPolicy', 'cluster-admin'],
    ]);
  });

  test.each([
    ['an entry in mode CONFIG_MAP does not count', 'CONFIG_MAP', ['mode', null]],
    ['an entry overrides the row of its principal', 'API_AND_CONFIG_MAP', [null, 'overridden-by-entry']],
    ['a row in mode API does not count', 'API', [null, 'mode']],
  ] as const)('%s', (_name, authenticationMode, expected) => {
    const input = sources({
      cluster: cluster({ authenticationMode }),
      entries: [accessEntry()],
      awsAuth: awsAuth({ rows: [awsAuthRow({ arn: ROLE })] }),
    });

    expect(faults(input)).toEqual(expected);
  });

  test('leaves the row in force when the entry of its principal is dead', () => {
    const standing = { ...alive, createdAt: '2026-09-01T00:00:00Z' };
    const input = sources({
      standing,
      entries: [accessEntry()],
      awsAuth: awsAuth({ rows: [awsAuthRow({ arn: ROLE })] }),
    });

    expect(faults(input)).toEqual(['principal-recreated', null]);
  });

  test.each([
    ['IAM does not have the principal', { ...unread, exists: false }, 'principal-gone'],
    ['IAM was not read', unread, null],
    ['the principal is older than its entry', alive, null],
    ['the principal is younger than its entry', { ...alive, createdAt: '2026-08-24T00:00:00Z' }, 'principal-recreated'],
  ] as const)('judges an entry where %s', (_name, standing, expected) => {
    expect(faults(sources({ standing, entries: [accessEntry()] }))).toEqual([expected]);
  });

  test('takes the last login under another unique id as proof where IAM gives no creation date', () => {
    const usage = indexUsage([loginOf('AROAOLD0000000000001', '2026-08-25T00:00:00Z')]);
    const undated = { ...alive, createdAt: null };

    expect(faults(sources({ standing: undated, usage, entries: [accessEntry()] }))).toEqual(['principal-recreated']);
  });

  test('ignores logins from before the entry', () => {
    const usage = indexUsage([loginOf('AROAOLD0000000000001', '2026-08-01T00:00:00Z')]);
    const undated = { ...alive, createdAt: null };

    expect(faults(sources({ standing: undated, usage, entries: [accessEntry()] }))).toEqual([null]);
  });

  test('knows that an entry for the account root is ignored', () => {
    const root = accessEntry({ principal: parsePrincipal('arn:aws:iam::111122223333:root') });

    expect(faults(sources({ entries: [root] }))).toEqual(['root']);
  });

  test.each([
    ['arn', 'arn-never-matches'],
    ['duplicate', 'duplicate-row'],
    ['sso', 'sso-row'],
  ] as const)('keeps a row that never matches because of its %s, and says so', (inertBecause, expected) => {
    const row = awsAuthRow({ matches: false, inertBecause });

    expect(faults(sources({ awsAuth: awsAuth({ rows: [row] }) }))).toEqual([expected]);
  });

  test('shows the path that IAM knows for a row that must leave it out', () => {
    const withPath = 'arn:aws:iam::111122223333:role/team/platform-admin';
    const input = sources({
      standing: { ...alive, arn: withPath },
      awsAuth: awsAuth({ rows: [awsAuthRow({ arn: ROLE })] }),
    });

    expect(resolveMappings(input).map(({ principal }) => principal.arn)).toEqual([withPath]);
  });

  test('turns mapAccounts into a door for every principal of the account', () => {
    const position = { line: 9, column: 5 };
    const accounts = [{ account: '444455556666', position, evidence: ref('aws-auth') }];

    const [mapping] = resolveMappings(sources({ awsAuth: awsAuth({ rows: [], accounts }) }));

    expect(mapping?.principal.arn).toBe('arn:aws:iam::444455556666:*');
    expect(mapping?.identity.groups).toEqual([]);
  });
});

describe('mapHiddenCreator', () => {
  const creator = {
    principalArn: ROLE,
    confidence: 'proven',
    exists: false,
    candidates: [ROLE],
    evidence: [ref('cloudtrail')],
    reason: 'the CreateCluster record names it',
  } as const;

  test('puts the creator of a CONFIG_MAP cluster into system:masters', () => {
    const mapping = mapHiddenCreator(cluster({ authenticationMode: 'CONFIG_MAP' }), creator);

    expect(mapping?.identity).toEqual({ username: 'kubernetes-admin', groups: ['system:masters'] });
    expect(mapping?.exists).toBe(false);
  });

  test('knows no hidden door where access entries count', () => {
    expect(mapHiddenCreator(cluster({ authenticationMode: 'API' }), creator)).toBeNull();
  });

  test('keeps the door open where nobody knows whose it is', () => {
    const unknown = { ...creator, principalArn: null, confidence: 'unknown' } as const;

    const mapping = mapHiddenCreator(cluster({ authenticationMode: 'CONFIG_MAP' }), unknown);

    expect(mapping?.principal.arn).toBe('the cluster creator (not known)');
    expect(mapping?.identity.groups).toEqual(['system:masters']);
  });
});
