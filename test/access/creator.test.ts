import { describe, expect, test } from 'vitest';
import { type CreatorSources, resolveCreator } from '../../shared/access/creator.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { accessEntry, associatedPolicy, awsAuth, awsAuthRow, cluster } from '../support/facts.ts';
import { actor, auditEvent, cloudTrailEvent, login, startupMapping } from '../support/records.ts';

const PIPELINE = 'arn:aws:iam::111122223333:role/pipeline';
const ADMIN = 'arn:aws:iam::111122223333:role/platform-admin';
const BORN = '2026-03-02T09:15:00Z';
const configMap = cluster({ authenticationMode: 'CONFIG_MAP', bootstrapCreatorAdmin: true });
const byApi = cluster({ bootstrapCreatorAdmin: true });
const creation = cloudTrailEvent({
  eventName: 'CreateCluster',
  at: '2026-03-02T09:15:03Z',
  actor: actor({ name: PIPELINE, principalArn: PIPELINE }),
  principalArn: null,
});
const bornAdmin = accessEntry({
  principal: parsePrincipal(PIPELINE),
  policies: [associatedPolicy()],
  createdAt: '2026-03-02T09:20:00Z',
});
const hiddenLogin = login({ arn: ADMIN, username: 'kubernetes-admin', groups: ['system:masters'] });

function sources(more: Partial<CreatorSources> = {}): CreatorSources {
  return {
    cluster: byApi,
    entries: [],
    awsAuth: null,
    records: [],
    state: { findings: [], creators: [], lastGoodAwsAuth: [], firstAuditAt: {} },
    findPrincipal: () => ({ exists: null, uniqueId: null, createdAt: null, arn: null }),
    ...more,
  };
}

const answer = (input: CreatorSources): readonly unknown[] => {
  const { confidence, principalArn, candidates } = resolveCreator(input);
  return [confidence, principalArn, candidates];
};

describe('resolveCreator', () => {
  test('is proven by a CreateCluster record within ten minutes of the birth of the cluster', () => {
    expect(answer(sources({ records: [creation] }))).toEqual(['proven', PIPELINE, [PIPELINE]]);
  });

  test.each([
    ['of an earlier life', { at: '2026-01-02T09:15:03Z' }],
    ['that failed', { succeeded: false }],
    ['of another region', { region: 'us-east-1' }],
    ['of another cluster', { clusterName: 'billing' }],
  ])('is not proven by a CreateCluster record %s', (_name, more) => {
    expect(answer(sources({ records: [{ ...creation, ...more }] }))).toEqual(['unknown', null, []]);
  });

  test('is likely the principal of an admin entry as old as the cluster', () => {
    expect(answer(sources({ entries: [bornAdmin] }))).toEqual(['likely', PIPELINE, [PIPELINE]]);
  });

  test.each([
    ['bootstrap admin was off', sources({ cluster: cluster({ bootstrapCreatorAdmin: false }), entries: [bornAdmin] })],
    ['the entry is younger', sources({ entries: [{ ...bornAdmin, createdAt: '2026-03-02T09:26:00Z' }] })],
    [
      'somebody made the entry by hand',
      sources({
        entries: [bornAdmin],
        records: [cloudTrailEvent({ principalArn: PIPELINE, at: '2026-03-02T09:20:00Z' })],
      }),
    ],
  ])('takes no entry for a proof where %s', (_name, input) => {
    expect(answer(input)).toEqual(['unknown', null, []]);
  });

  test('names both when two admin entries are as old as the cluster', () => {
    const other = { ...bornAdmin, principal: parsePrincipal(ADMIN) };

    expect(answer(sources({ entries: [bornAdmin, other] }))).toEqual(['unknown', null, [PIPELINE, ADMIN]]);
  });

  test('is likely whoever is in system:masters as kubernetes-admin without a row that puts it there', () => {
    const input = sources({ cluster: configMap, awsAuth: awsAuth({ rows: [] }), records: [hiddenLogin] });

    expect(answer(input)).toEqual(['likely', ADMIN, [ADMIN]]);
  });

  test.each([
    ['a row maps it now', { awsAuth: awsAuth({ rows: [awsAuthRow({ arn: ADMIN })] }) }],
    [
      'a row mapped it before',
      {
        awsAuth: awsAuth({ rows: [] }),
        records: [
          hiddenLogin,
          auditEvent({ written: { kind: 'aws-auth', awsAuth: awsAuth({ rows: [awsAuthRow({ arn: ADMIN })] }) } }),
        ],
      },
    ],
    ['aws-auth was never read', {}],
    ['its group is another', { awsAuth: awsAuth({ rows: [] }), records: [{ ...hiddenLogin, groups: ['developer'] }] }],
    [
      'a template made its name',
      {
        awsAuth: awsAuth({ rows: [] }),
        records: [{ ...hiddenLogin, username: 'kubernetes-admin:1545304668958751972' }],
      },
    ],
  ])('does not call a login hidden when %s', (_name, more) => {
    expect(answer(sources({ cluster: configMap, records: [hiddenLogin], ...more }))).toEqual(['unknown', null, []]);
  });

  test('is likely the principal that EKS mounted into system:masters at start-up', () => {
    const line = startupMapping({ arn: ADMIN, username: 'kubernetes-admin', groups: ['system:masters'] });

    expect(answer(sources({ cluster: configMap, records: [line] }))).toEqual(['likely', ADMIN, [ADMIN]]);
  });

  test('is the stored one once its evidence is gone', () => {
    const stored = { clusterArn: byApi.arn, life: BORN, principalArn: PIPELINE, uniqueId: null };
    const state = { findings: [], creators: [stored], lastGoodAwsAuth: [], firstAuditAt: {} };

    expect(answer(sources({ state }))).toEqual(['proven', PIPELINE, [PIPELINE]]);
  });

  test('does not take the stored creator of an earlier life', () => {
    const stored = { clusterArn: byApi.arn, life: '2025-01-01T00:00:00Z', principalArn: PIPELINE, uniqueId: null };
    const state = { findings: [], creators: [stored], lastGoodAwsAuth: [], firstAuditAt: {} };

    expect(answer(sources({ state }))).toEqual(['unknown', null, []]);
  });

  test('says whether the creator still exists', () => {
    const gone = { exists: false, uniqueId: null, createdAt: null, arn: null };

    expect(resolveCreator(sources({ records: [creation], findPrincipal: () => gone })).exists).toBe(false);
  });
});
