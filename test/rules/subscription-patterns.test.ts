import { describe, expect, test } from 'vitest';
import { parseAuditEvent } from '../../shared/evidence/audit-log.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { isSlotOne, MOST_PATTERN_CHARS, renderSlotTwo, SLOT_ONE } from '../../shared/rules/subscription-patterns.ts';
import { auditLine, type WriteGiven } from '../support/cloudtrail-events.ts';
import { readFilterPattern } from '../support/filter-pattern.ts';

const one = readFilterPattern(SLOT_ONE);
const at = '2026-11-21T08:00:00Z';

function line(given: Partial<WriteGiven>): string {
  return JSON.stringify(auditLine({ verb: 'create', at, resource: 'clusterroles', name: 'x', ...given }));
}

const anonymous = { user: { username: 'system:anonymous', groups: ['system:unauthenticated'] } };
const get = { verb: 'get', objectRef: undefined };

const LET_THROUGH: readonly (readonly [string, string])[] = [
  ['a binding is created', line({ resource: 'clusterrolebindings' })],
  ['a role is patched', line({ verb: 'patch', resource: 'roles', namespace: 'payments' })],
  ['a collection of bindings is deleted', line({ verb: 'deletecollection', resource: 'rolebindings', name: null })],
  ['a binding is refused', line({ resource: 'clusterrolebindings', code: 403 })],
  ['aws-auth is created', line({ resource: 'configmaps', name: 'aws-auth', namespace: 'kube-system' })],
  ['aws-auth is deleted', line({ verb: 'delete', resource: 'configmaps', name: 'aws-auth', namespace: 'kube-system' })],
  [
    'the ConfigMaps of kube-system are deleted together',
    line({ verb: 'deletecollection', resource: 'configmaps', name: null, namespace: 'kube-system' }),
  ],
  ['nobody reads secrets', line({ code: 200, more: { ...anonymous, ...get, requestURI: '/api/v1/secrets' } })],
  [
    'somebody impersonates',
    line({ more: { ...get, impersonatedUser: { username: 'admin', groups: ['system:masters'] } } }),
  ],
  ['nobody is refused a binding', line({ resource: 'clusterrolebindings', code: 403, more: anonymous })],
];

function parse(message: string): AuditEvent {
  const outcome = parseAuditEvent(JSON.parse(message), { file: null, line: 0, id: null, at: null, stream: null });
  if (!('record' in outcome) || outcome.record.source !== 'audit-log') throw new Error('expected an audit event');
  return outcome.record;
}

describe('SLOT_ONE', () => {
  test('fits into a filter', () => {
    expect(SLOT_ONE.length).toBeLessThanOrEqual(MOST_PATTERN_CHARS);
  });

  test.each(LET_THROUGH)('lets through that %s, and isSlotOne does', (_name, message) => {
    expect(one(message)).toBe(true);
    expect(isSlotOne(parse(message))).toBe(true);
  });

  test.each([
    ['a role is read', line({ more: { verb: 'get' } })],
    ['roles are watched', line({ more: { verb: 'watch' } })],
    ['a request has only been received', line({ more: { stage: 'RequestReceived' } })],
    ['another ConfigMap is written', line({ resource: 'configmaps', name: 'coredns', namespace: 'kube-system' })],
    [
      'aws-auth of another namespace is written',
      line({ resource: 'configmaps', name: 'aws-auth', namespace: 'default' }),
    ],
    ['nobody asks for the health', line({ code: 200, more: { ...anonymous, ...get, requestURI: '/livez?verbose' } })],
    ['nobody is turned away', line({ code: 403, more: { ...anonymous, ...get, requestURI: '/api/v1/secrets' } })],
    [
      'a node reports',
      line({ more: { verb: 'patch', objectRef: { resource: 'nodes', subresource: 'status', name: 'a' } } }),
    ],
    ['a line is no JSON', 'time="2026-11-21T08:00:00Z" level=info msg="access granted"'],
  ])('keeps out that %s', (_name, message) => {
    expect(one(message)).toBe(false);
  });
});

describe('renderSlotTwo', () => {
  const breakGlass = 'arn:aws:iam::111122223333:role/break-glass';

  test.each([
    [
      'a login is refused',
      'time="x" level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/a" error="ARN is not mapped"',
    ],
    ['aws-auth cannot be read', 'time="x" level=error msg="Errors parsing configmap: [error]"'],
    ['somebody logs in for an emergency', `time="x" level=info msg="access granted" arn="${breakGlass}"`],
  ])('lets through that %s', (_name, message) => {
    expect(readFilterPattern(renderSlotTwo([breakGlass]).pattern)(message)).toBe(true);
  });

  test('keeps out ordinary logins', () => {
    const message = 'time="x" level=info msg="access granted" arn="arn:aws:iam::111122223333:role/a"';

    expect(readFilterPattern(renderSlotTwo([breakGlass]).pattern)(message)).toBe(false);
  });

  test('names the principals that no longer fit', () => {
    const arns = Array.from({ length: 40 }, (_, index) => `arn:aws:iam::111122223333:role/break-glass-${index}`);

    const { pattern, left } = renderSlotTwo(arns);

    expect(pattern.length).toBeLessThanOrEqual(MOST_PATTERN_CHARS);
    expect(left).toHaveLength(22);
    expect(pattern).toContain('break-glass-0"');
  });
});
