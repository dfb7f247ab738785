import { describe, expect, test } from 'vitest';
import { verifyMigration } from '../../shared/migration/verify.ts';
import type { PlannedEntry } from '../../shared/model/migration.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { ADMIN_ROLE, accessEntry, associatedPolicy, awsAuthRow, facts, mapping } from '../support/facts.ts';
import { denial } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const MADE = '2026-11-10T08:00:00Z';
const LOGS = coverageBut(
  coverage('authenticator-log', 'complete', { window: { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' } }),
  coverage('audit-log', 'disabled'),
);

const PLAN: PlannedEntry = {
  principalArn: ADMIN_ROLE,
  ...{ type: 'STANDARD', username: 'admin:{{SessionName}}', groups: ['ops'], policies: [] },
};

function door(more: Partial<PlannedEntry> = {}) {
  const { username, groups } = { ...PLAN, ...more };
  const entry = accessEntry({ username: username ?? '', groups, createdAt: MADE });
  return mapping({ entry, identity: { username: username ?? '', groups } });
}

function row(username: string, groups: readonly string[], more: Parameters<typeof mapping>[0] = {}) {
  const inert = 'overridden-by-entry' as const;
  return mapping({ via: 'aws-auth', row: awsAuthRow(), identity: { username, groups }, inert, ...more });
}

function seen(username: string, groups: readonly string[], lastAt = '2026-11-20T08:00:00Z') {
  return usage({ username, groups, lastAt });
}

function verify(more: Parameters<typeof facts>[0], planned: readonly PlannedEntry[] | null = [PLAN]) {
  const { principals, ...rest } = verifyMigration(facts({ coverage: LOGS, ...more }), planned);
  return { ...rest, told: principals.map(({ arrival, because }) => `${arrival}: ${because}`) };
}

describe('verifyMigration', () => {
  test('is done when everybody who was planned came in by the entry', () => {
    const mappings = [door(), row('old-admin', ['system:masters'])];

    expect(verify({ mappings, usage: [seen('admin:alice', ['ops', 'system:authenticated'])] })).toEqual({
      isDone: true,
      answer: '1 of 1 principals of payments came in by their access entry.',
      told: ['through-entry: Last seen at 2026-11-20T08:00:00Z as admin:alice, as its entry says.'],
    });
  });

  test('goes by the precedence of entries where the row gives the same name', () => {
    const mappings = [door(), row('admin:{{SessionName}}', ['ops'])];

    const { told } = verify({ mappings, usage: [seen('admin:alice', ['ops'])] });

    expect(told).toEqual([
      'through-entry: Last seen at 2026-11-20T08:00:00Z as admin:alice; the entry and the row give the same name, and the entry counts first.',
    ]);
  });

  test('takes a request that the policy of the entry allowed for proof', () => {
    const policy = { ...associatedPolicy(), level: 'cluster-admin' as const, reason: 'x' };
    const mappings = [{ ...door(), policies: [policy] }];
    const allowed = usage({ username: 'other', policyArn: policy.policyArn });

    expect(verify({ mappings, usage: [allowed] }, null).told).toEqual([
      'through-entry: Its access policy allowed a request at 2026-11-20T08:00:00Z.',
    ]);
  });

  test('tells who still comes in as the row says', () => {
    const mappings = [door(), row('old-admin', ['system:masters'])];

    const { isDone, told } = verify({ mappings, usage: [seen('old-admin', ['system:masters'])] });

    expect(isDone).toBe(false);
    expect(told).toEqual([
      'through-aws-auth: Last seen at 2026-11-20T08:00:00Z as old-admin, as its row says, not its entry.',
    ]);
  });

  test('tells who comes in as neither says', () => {
    expect(verify({ mappings: [door()], usage: [seen('someone', [])] }).told).toEqual([
      'entry-differs: Last seen at 2026-11-20T08:00:00Z as someone, which neither its entry nor a row gives.',
    ]);
  });

  test('says since when somebody was not seen, and never that it never was', () => {
    const before = [seen('old-admin', ['system:masters'], '2026-11-05T08:00:00Z')];

    expect(verify({ mappings: [door()], usage: before })).toEqual({
      isDone: false,
      answer: '0 of 1 principals of payments came in by their access entry; 1 not seen.',
      told: ['not-seen: Not seen since 2026-11-10T08:00:00Z, when its entry was made.'],
    });
  });

  test('names the first moment that the logs show where the entry is older', () => {
    const later = coverage('authenticator-log', 'complete', { window: { from: '2026-11-15T00:00:00Z', to: MADE } });

    expect(verify({ mappings: [door()], coverage: coverageBut(later) }).told).toEqual([
      'not-seen: Not seen since 2026-11-15T00:00:00Z, the first moment that we can see.',
    ]);
  });

  test('says why nobody can be seen where no log was read', () => {
    const none = coverageBut(coverage('authenticator-log', 'disabled'), coverage('audit-log', 'denied'));

    expect(verify({ mappings: [door()], coverage: none }).told).toEqual([
      'not-seen: No log that would show it was read: authenticator-log: authenticator-log was disabled; audit-log: audit-log was denied.',
    ]);
  });

  test('tells a refusal that came after the last login', () => {
    const at = '2026-11-20T09:00:00Z';
    const records = [denial({ arn: ADMIN_ROLE, at, error: 'ARN is not mapped' })];

    expect(verify({ mappings: [door()], usage: [seen('admin:alice', ['ops'])], records }).told).toEqual([
      `refused: It was refused at ${at}: ARN is not mapped.`,
    ]);
  });

  test('misses an entry that was planned and is not there, and one that is not as planned', () => {
    const missing = { ...PLAN, principalArn: 'arn:aws:iam::111122223333:role/build' };
    const changed = { ...PLAN, groups: ['ops', 'viewers'] };

    expect(verify({ mappings: [door()] }, [missing, changed]).told).toEqual([
      'no-entry: The plan was to make an access entry, and the evidence shows none.',
      'entry-differs: Its access entry is not as planned: its groups are ops, not ops, viewers.',
    ]);
  });

  test('takes no entry for missing where the entries were not read', () => {
    const denied = { coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })) };

    expect(verify(denied)).toMatchObject({
      isDone: false,
      answer: '0 of 1 principals of payments came in by their access entry; 1 not seen.',
      told: [
        expect.stringContaining('not-seen: Whether its access entry was made is not known: access-entries was denied'),
      ],
    });
    expect(verify(denied, null).answer).toMatch(/^Nothing can be verified of payments: access-entries was denied/);
  });

  test('leaves a refusal from before the move out, though another entry stood by then', () => {
    const standing = 'arn:aws:iam::111122223333:role/standing';
    const gone = 'arn:aws:iam::111122223333:role/reporting';
    const old = mapping({
      principal: parsePrincipal(standing),
      entry: accessEntry({ createdAt: '2026-01-01T00:00:00Z' }),
    });
    const records = [denial({ arn: gone, at: '2026-11-05T00:00:00Z', error: 'token is expired' })];
    const uses = [seen('admin:alice', ['ops']), { ...seen('reporting', []), principalArn: gone }];

    expect(verify({ mappings: [old, door()], usage: uses, records }).isDone).toBe(true);
  });

  test('lists who has no entry and came in by a row, or was refused, since the first entry was made', () => {
    const build = parsePrincipal('arn:aws:iam::111122223333:role/build');
    const gone = 'arn:aws:iam::111122223333:role/reporting';
    const mappings = [door(), row('build', [], { principal: build, row: awsAuthRow({ arn: build.arn }), inert: null })];
    const uses = [
      seen('admin:alice', ['ops']),
      { ...seen('build', []), principalArn: build.arn },
      { ...seen('reporting', [], '2026-11-05T08:00:00Z'), principalArn: gone },
    ];
    const records = [denial({ arn: gone, at: '2026-11-12T00:00:00Z', error: 'ARN is not mapped' })];

    expect(verify({ mappings, usage: uses, records }).told.slice(1)).toEqual([
      'through-aws-auth: It has no access entry, and last came in by its row at 2026-11-20T08:00:00Z.',
      'refused: It came in before, and was refused at 2026-11-12T00:00:00Z: ARN is not mapped.',
    ]);
  });
});
