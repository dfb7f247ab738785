import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAuditEvent } from '../../shared/evidence/audit-log.ts';
import { isRecord } from '../../shared/evidence/json-fields.ts';
import { createNeedleSearch, NEEDLES, type Needle } from '../../shared/evidence/needles.ts';
import { isNotable } from '../../shared/evidence/notable.ts';
import { createEventScanner } from '../../shared/evidence/ordinary-event.ts';
import { eventLine } from '../support/arbitrary-event.ts';
import { ORIGIN } from '../support/log-input.ts';
import { toLine } from '../support/telling-lines.ts';

const RUNS = { seed: 20261122, numRuns: 3000 };

function isNotableLine(line: string): boolean {
  const value: unknown = JSON.parse(line);
  const outcome = isRecord(value) ? parseAuditEvent(value, ORIGIN) : { ignored: '' };
  return 'record' in outcome && isNotable(outcome.record);
}

function passesOver(line: string, needles: readonly Needle[] = Object.values(NEEDLES)): boolean {
  return createEventScanner(createNeedleSearch(needles))(Buffer.from(`${line}\n`), 0) !== -1;
}

const AUTH = 'rbac.authorization.k8s.io';

/** For each row an event that it alone finds. */
const FOUND_BY: Readonly<Record<keyof typeof NEEDLES, string>> = {
  'RBAC objects': toLine({ verb: 'patch', object: { resource: 'roles', apiGroup: AUTH, name: 'own' } }),
  'aws-auth': toLine({ verb: 'patch', object: { resource: 'configmaps', namespace: 'kube-system', name: 'aws-auth' } }),
  'deleted collections': toLine({
    verb: 'deletecollection',
    object: { resource: 'configmaps', namespace: 'kube-system' },
  }),
  'callers without credentials': toLine({ user: { username: 'system:anonymous' } }),
  'the group of callers without credentials': toLine({ user: { username: 'x', groups: ['system:unauthenticated'] } }),
  'callers who were refused unseen': toLine({ user: {}, code: 401 }),
  impersonation: toLine({ more: { impersonatedUser: { username: 'bob' } } }),
  'events that were cut': toLine({}).replace('"annotations":{', '"annotations":{"audit.k8s.io/truncated":"true",'),
  'lists of Secrets': toLine({ verb: 'list', object: { resource: 'secrets' } }),
  'admission webhooks': toLine({
    verb: 'delete',
    object: { resource: 'mutatingwebhookconfigurations', apiGroup: 'admissionregistration.k8s.io' },
  }),
  'client certificates': toLine({ verb: 'update', object: { resource: 'x', apiGroup: 'certificates.k8s.io' } }),
  'client certificates of any group': toLine({ verb: 'create', object: { resource: 'certificatesigningrequests' } }),
  'tokens of service accounts': toLine({
    verb: 'create',
    object: { resource: 'serviceaccounts', namespace: 'payments', subresource: 'token' },
  }),
  'the kubelet behind a node': toLine({ object: { resource: 'nodes', name: 'node-1', subresource: 'proxy' } }),
  'commands in a container': toLine({
    object: { resource: 'pods', namespace: 'kube-system', subresource: 'exec' },
  }),
  'the terminal of a container': toLine({
    object: { resource: 'pods', namespace: 'kube-system', subresource: 'attach' },
  }),
  'long-lived access keys': toLine({ user: { username: 'x', extra: { accessKeyId: ['AKIAIOSFODNN7EXAMPLE'] } } }),
};

describe('NEEDLES', () => {
  it('find every audit event that is notable', () => {
    fc.assert(
      fc.property(eventLine, (line) => {
        if (isNotableLine(line)) expect(passesOver(line)).toBe(false);
      }),
      RUNS,
    );
  });

  it.each(Object.entries(FOUND_BY))('need the row of %s', (name, line) => {
    const others = Object.entries(NEEDLES).flatMap(([other, needle]) => (other === name ? [] : [needle]));

    expect(passesOver(line)).toBe(false);
    expect(passesOver(line, others)).toBe(true);
  });

  it('hold no quote and no escape, and are few enough for the bits of a number', () => {
    const marks = Object.values(NEEDLES).flatMap((needle) => [...needle.marks]);

    for (const mark of marks) expect(mark).toMatch(/^[A-Za-z0-9./:-]+$/);
    expect(new Set(marks).size).toBeLessThan(32);
  });
});

describe('createNeedleSearch', () => {
  const seen = (needles: readonly Needle[], ...texts: readonly string[]) => {
    const search = createNeedleSearch(needles);
    for (const text of texts) search.see(Buffer.from(`${text}"`), 0, Buffer.byteLength(text));
    return search.hasFound();
  };

  it('finds a mark as a whole text only', () => {
    expect(seen([{ marks: ['exec'] }], 'exec')).toBe(true);
    expect(seen([{ marks: ['exec'] }], 'execute', 'an exec', 'exe', '')).toBe(false);
  });

  it('wants all marks of a row, in any order', () => {
    expect(seen([{ marks: ['pods', 'exec'] }], 'exec', 'api', 'pods')).toBe(true);
    expect(seen([{ marks: ['pods', 'exec'] }, { marks: ['nodes', 'proxy'] }], 'pods', 'proxy')).toBe(false);
  });

  it.each(['AKIA', 'AKIAIOSFODNN7EXAMPLE', `AKIA${'X'.repeat(200)}`])('finds a prefix at the start of %s', (text) => {
    expect(seen([{ marks: ['AKIA'], isPrefix: true }], text)).toBe(true);
    expect(seen([{ marks: ['AKIA'], isPrefix: true }], `x${text}`, 'AKI')).toBe(false);
  });

  it('forgets what it saw before', () => {
    const search = createNeedleSearch([{ marks: ['exec'] }]);
    search.see(Buffer.from('exec"'), 0, 4);

    search.reset();

    expect(search.hasFound()).toBe(false);
  });
});
