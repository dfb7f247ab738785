import { describe, expect, test } from 'vitest';
import { createDigest, type Digest } from '../../shared/evidence/digest.ts';
import type { AuditEvent, EvidenceRecord } from '../../shared/model/records.ts';
import { ref } from '../support/coverage.ts';
import { policyRule } from '../support/facts.ts';
import { auditEvent, cloudTrailEvent, denial, login, startupMapping, stsResponse } from '../support/records.ts';

const RBAC = 'rbac.authorization.k8s.io';

function digestOf(records: Iterable<EvidenceRecord>): Digest {
  const digest = createDigest();
  for (const record of records) digest.add(record);
  return digest.finish();
}

/** A request with an id of its own. */
function event(id: string, more: Partial<AuditEvent> = {}): AuditEvent {
  const at = more.at === undefined ? '2026-11-20T08:00:00Z' : more.at;
  return auditEvent({ auditId: id, at, evidence: ref('audit-log', { id, at }), ...more });
}

const bindingObject = { apiGroup: RBAC, resource: 'clusterrolebindings', subresource: '', namespace: null, name: 'x' };
const listSecrets = { object: { apiGroup: '', resource: 'secrets', subresource: '', namespace: null, name: null } };

describe('createDigest: use', () => {
  test('folds the logins of one session to a row, with the last one as its evidence', () => {
    const last = ref('authenticator-log', { line: 9 });

    const { usage } = digestOf([
      login({ at: '2026-11-20T08:00:00Z', firstAt: '2026-11-20T08:00:00Z' }),
      login({
        at: '2026-11-20T12:00:00Z',
        firstAt: '2026-11-20T12:00:00Z',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        evidence: last,
      }),
      login({ at: '2026-11-19T08:00:00Z', firstAt: '2026-11-18T08:00:00Z', count: 40 }),
    ]);

    expect(usage).toEqual([
      {
        source: 'authenticator-log',
        principalArn: 'arn:aws:iam::111122223333:role/platform-admin',
        uniqueId: 'AROAEXAMPLEADMIN00001',
        username: 'platform-admin',
        groups: [],
        policyArn: null,
        sessionName: 'alice',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        stsEndpoint: 'sts.eu-central-1.amazonaws.com',
        count: 42,
        firstAt: '2026-11-18T08:00:00Z',
        lastAt: '2026-11-20T12:00:00Z',
        evidence: last,
      },
    ]);
  });

  test.each([
    ['principal', { arn: 'arn:aws:iam::111122223333:role/other' }],
    ['unique id', { uniqueId: 'AROAEXAMPLEADMIN00002' }],
    ['username', { username: 'platform-admin:alice' }],
    ['groups', { groups: ['system:masters'] }],
    ['session', { sessionName: 'bob' }],
  ])('keeps another %s apart', (_what, other) => {
    expect(digestOf([login(), login(other)]).usage).toHaveLength(2);
  });

  test('keeps groups apart that read alike when joined', () => {
    expect(digestOf([login({ groups: ['a,b'] }), login({ groups: ['a', 'b'] })]).usage).toHaveLength(2);
  });

  test('keeps requests apart that another access policy allowed', () => {
    const accessPolicy = { principalArn: 'arn:aws:iam::111122223333:role/x', policyArn: 'arn:policy' };

    const { usage } = digestOf([event('a'), event('b', { accessPolicy }), event('c', { accessPolicy })]);

    expect(usage.map(({ policyArn, count }) => [policyArn, count])).toEqual([
      ['arn:policy', 2],
      [null, 1],
    ]);
  });

  test('does not take a request for use that was never let in', () => {
    const nobody = { username: '', uid: null, groups: [] };

    expect(digestOf([event('a', { code: 401 }), event('b', { user: nobody })]).usage).toEqual([]);
    expect(digestOf([event('a', { code: 403, decision: 'forbid' })]).usage).toHaveLength(1);
  });

  test('takes no refused login, session or start-up mapping for use', () => {
    expect(digestOf([denial(), stsResponse(), startupMapping(), cloudTrailEvent()]).usage).toEqual([]);
  });

  test('takes any known time for later, and earlier, than one that is not known', () => {
    const { usage } = digestOf([
      login({ at: null, firstAt: null }),
      login({ at: '2026-11-20T08:00:00Z', firstAt: null }),
    ]);

    expect(usage.map(({ firstAt, lastAt, count }) => [firstAt, lastAt, count])).toEqual([
      ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z', 2],
    ]);
  });

  test('gives the same rows in whatever order the records come', () => {
    const records = [
      login({ at: '2026-11-20T08:00:00Z', firstAt: '2026-11-20T08:00:00Z' }),
      login({ at: '2026-11-20T09:00:00Z', firstAt: '2026-11-20T09:00:00Z' }),
      login({ sessionName: 'bob' }),
      event('a', { at: '2026-11-20T10:00:00Z' }),
    ];

    expect(digestOf([...records].reverse()).usage).toEqual(digestOf(records).usage);
  });
});

describe('createDigest: records', () => {
  test('keeps an event once that was delivered twice', () => {
    const write = event('a', { verb: 'delete', object: bindingObject });
    const call = cloudTrailEvent();

    const { audit, cloudTrail, usage } = digestOf([write, write, call, call]);

    expect([audit.length, cloudTrail.length]).toEqual([1, 1]);
    expect(usage.map(({ count }) => count)).toEqual([1]);
  });

  test('keeps two events apart that share an id but not a time', () => {
    const delivered = (at: string) => event('a', { at, verb: 'delete', object: bindingObject });

    expect(digestOf([delivered('2026-11-20T08:00:00Z'), delivered('2026-11-20T08:00:01Z')]).audit).toHaveLength(2);
  });

  test('keeps events that have no id, however alike', () => {
    const write = auditEvent({ verb: 'delete', object: bindingObject, auditId: null, evidence: ref('audit-log') });

    expect(digestOf([write, write]).audit).toHaveLength(2);
  });

  test('keeps the first fifty alike within five minutes, and fifty more in the next five', () => {
    const lists = (at: string) => Array.from({ length: 60 }, (_, i) => event(`${at} ${i}`, { ...listSecrets, at }));

    const { audit, usage } = digestOf([...lists('2026-11-20T08:00:00Z'), ...lists('2026-11-20T08:05:00Z')]);

    expect(audit).toHaveLength(100);
    expect(usage.map(({ count }) => count)).toEqual([120]);
  });

  test('keeps every change of access, however many are alike', () => {
    const writes = Array.from({ length: 200 }, (_, i) => event(`e-${i}`, { verb: 'patch', object: bindingObject }));
    const calls = Array.from({ length: 200 }, (_, i) =>
      cloudTrailEvent({ eventId: `c-${i}`, evidence: ref('cloudtrail', { id: `c-${i}` }) }),
    );

    const { audit, cloudTrail } = digestOf([...writes, ...calls]);

    expect([audit.length, cloudTrail.length]).toEqual([200, 200]);
  });

  test('keeps fifty refused changes of access, for a refusal changes nothing', () => {
    const writes = Array.from({ length: 60 }, (_, i) =>
      event(`e-${i}`, { verb: 'patch', object: bindingObject, code: 403 }),
    );

    expect(digestOf(writes).audit).toHaveLength(50);
  });

  test('says of a write what it wrote, and lets its bodies go', () => {
    const responseObject = {
      metadata: { name: 'pod-reader' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    };
    const object = { ...bindingObject, resource: 'clusterroles', name: 'pod-reader' };

    const { audit } = digestOf([event('a', { verb: 'update', object, responseObject })]);

    expect(audit[0]).toMatchObject({
      requestObject: null,
      responseObject: null,
      written: { kind: 'role', role: { rules: [policyRule({ resources: ['pods'], verbs: ['get'] })] } },
    });
  });

  test('sorts the records of a source by time, those without one first', () => {
    const { authenticator } = digestOf([
      denial({ at: '2026-11-20T09:00:00Z' }),
      denial({ at: '2026-11-20T08:00:00.5Z' }),
      denial({ at: null }),
      denial({ at: '2026-11-20T08:00:00Z' }),
    ]);

    expect(authenticator.map(({ at }) => at)).toEqual([
      null,
      '2026-11-20T08:00:00Z',
      '2026-11-20T08:00:00.5Z',
      '2026-11-20T09:00:00Z',
    ]);
  });

  test('lets traffic go', () => {
    const { audit, authenticator, cloudTrail } = digestOf([event('a'), login(), cloudTrailEvent({ readOnly: true })]);

    expect([audit, authenticator, cloudTrail]).toEqual([[], [], []]);
  });
});
