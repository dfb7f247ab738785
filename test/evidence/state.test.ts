import { describe, expect, it } from 'vitest';
import { EMPTY_STATE, parseState } from '../../shared/evidence/state.ts';

const CLUSTER = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const ALICE = 'arn:aws:iam::111122223333:user/alice';

function parse(content: unknown) {
  return parseState(JSON.stringify(content, null, 1), 'state.json');
}

describe('parseState', () => {
  it('reads findings, creators, the last good aws-auth and first audits', () => {
    const { state, skips } = parse({
      schema: 'keyholder.state/v1',
      findings: [
        {
          fingerprint: '0123456789abcdef0123456789abcdef',
          firstSeenAt: '2026-10-01T00:00:00+00:00',
          lastSeenAt: '2026-11-01T00:00:00Z',
          status: 'open',
        },
      ],
      creators: [{ clusterArn: CLUSTER, life: '2024-05-01T12:00:00.000Z', principalArn: ALICE, uniqueId: null }],
      lastGoodAwsAuth: [{ clusterArn: CLUSTER, at: '2026-11-01T00:00:00Z', data: { mapRoles: '[]', other: 1 } }],
      firstAuditAt: { [CLUSTER]: '2026-10-01T00:00:00Z' },
    });

    expect(skips).toEqual([]);
    expect(state).toEqual({
      findings: [
        {
          fingerprint: '0123456789abcdef0123456789abcdef',
          firstSeenAt: '2026-10-01T00:00:00Z',
          lastSeenAt: '2026-11-01T00:00:00Z',
          status: 'open',
        },
      ],
      creators: [{ clusterArn: CLUSTER, life: '2024-05-01T12:00:00Z', principalArn: ALICE, uniqueId: null }],
      lastGoodAwsAuth: [{ clusterArn: CLUSTER, at: '2026-11-01T00:00:00Z', data: { mapRoles: '[]' } }],
      firstAuditAt: { [CLUSTER]: '2026-10-01T00:00:00Z' },
    });
  });

  it('takes an empty object as a store that knows nothing', () => {
    expect(parse({})).toEqual({ state: EMPTY_STATE, skips: [] });
  });

  it.each([
    ['text that is no JSON', 'x', 'not JSON: expected a value, got "x"'],
    ['a list', '[]', 'expected a stored state with schema keyholder.state/v1'],
    ['another schema', '{"schema": "keyholder.state/v2"}', 'expected a stored state with schema keyholder.state/v1'],
  ])('reads nothing from %s, and says so', (_name, text, reason) => {
    expect(parseState(text, 'state.json')).toMatchObject({
      state: EMPTY_STATE,
      skips: [{ reason, count: 1, file: 'state.json' }],
    });
  });

  it('reads who was at work in earlier runs, and takes no list that lacks somebody', () => {
    const window = { from: '2026-08-23T00:00:00Z', to: '2026-11-20T03:00:00Z' };
    const sight = {
      life: '2024-05-01T12:00:00Z',
      windows: { 'authenticator-log': window },
      principals: [['111122223333:role/alice', '2026-09-01T00:00:00Z']],
    };
    const lacks = { ...sight, principals: [...sight.principals, ['111122223333:role/bob', 'soon']] };

    expect(parse({ sights: { [CLUSTER]: sight } })).toEqual({
      state: { ...EMPTY_STATE, sights: { [CLUSTER]: sight } },
      skips: [],
    });
    expect(parse({ sights: { [CLUSTER]: lacks } })).toMatchObject({
      state: { sights: {} },
      skips: [{ reason: 'a row of sights that is not whole', count: 1 }],
    });
  });

  it('counts rows that are not whole', () => {
    const { state, skips } = parse({
      findings: [{ fingerprint: 'x' }, null],
      creators: [{ clusterArn: CLUSTER }],
      lastGoodAwsAuth: [{ clusterArn: CLUSTER, at: '2026-11-01T00:00:00Z' }],
      firstAuditAt: { [CLUSTER]: 'soon' },
    });

    expect(state).toEqual(EMPTY_STATE);
    expect(skips.map(({ reason, count }) => [reason, count])).toEqual([
      ['a row of findings that is not whole', 2],
      ['a row of creators that is not whole', 1],
      ['a row of lastGoodAwsAuth that is not whole', 1],
      ['a first audit without a time', 1],
    ]);
  });
});
