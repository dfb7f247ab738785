import { describe, expect, test } from 'vitest';
import { readWritten, withWritten } from '../../shared/evidence/written-object.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { ref } from '../support/coverage.ts';
import { policyRule } from '../support/facts.ts';
import { auditEvent } from '../support/records.ts';

const RBAC = 'rbac.authorization.k8s.io';
const EVIDENCE = ref('audit-log', { id: 'a-1', file: 'audit.ndjson', line: 7 });

const subjects = [{ kind: 'User', apiGroup: RBAC, name: 'alice' }];
const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' };
const whole = { kind: 'ClusterRoleBinding', metadata: { name: 'team' }, subjects, roleRef };
const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 409 };
const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }];

function write(resource: string, more: Partial<AuditEvent> = {}): AuditEvent {
  return auditEvent({
    verb: 'create',
    code: 201,
    level: 'RequestResponse',
    object: { apiGroup: RBAC, resource, subresource: '', namespace: null, name: 'team' },
    requestObject: null,
    responseObject: null,
    evidence: EVIDENCE,
    ...more,
  });
}

const binding = (more: Partial<AuditEvent>): AuditEvent => write('clusterrolebindings', more);

function namesOf(event: AuditEvent): readonly string[] | null {
  const written = readWritten(event);
  return written?.kind === 'binding' ? written.binding.subjects.map(({ name }) => name) : null;
}

describe('readWritten: bindings', () => {
  test.each([
    ['a creation, by its answer', { requestObject: { roleRef }, responseObject: whole }],
    ['a creation without an answer, by its request', { requestObject: whole }],
    ['an update', { verb: 'update', code: 200, responseObject: whole }],
    ['a patch, by its answer', { verb: 'patch', requestObject: [{ op: 'add' }], responseObject: whole }],
    ['a server-side apply without an answer', { verb: 'patch', requestObject: whole }],
    ['a request that was answered with a Status', { requestObject: whole, responseObject: status }],
    ['a dry run', { dryRun: true, responseObject: whole }],
  ])('reads %s', (_what, more) => {
    expect(namesOf(binding(more))).toEqual(['alice']);
  });

  test('takes the answer over the request, for admission may change what was asked', () => {
    const answered = { ...whole, subjects: [{ kind: 'User', name: 'mallory' }] };

    expect(namesOf(binding({ requestObject: whole, responseObject: answered }))).toEqual(['mallory']);
  });

  test('points at the event', () => {
    expect(readWritten(binding({ responseObject: whole }))).toMatchObject({
      kind: 'binding',
      binding: {
        name: 'team',
        namespace: null,
        role: { kind: 'ClusterRole', name: 'cluster-admin' },
        evidence: EVIDENCE,
      },
    });
  });

  test('takes name and namespace from the reference where the request leaves them out', () => {
    const object = { apiGroup: RBAC, resource: 'rolebindings', subresource: '', namespace: 'dev', name: 'team' };

    expect(readWritten(write('rolebindings', { object, requestObject: { roleRef, subjects } }))).toMatchObject({
      binding: { kind: 'RoleBinding', name: 'team', namespace: 'dev' },
    });
  });

  test('takes a made name from the answer', () => {
    const object = { apiGroup: RBAC, resource: 'clusterrolebindings', subresource: '', namespace: null, name: null };
    const asked = { ...whole, metadata: { generateName: 'team-' } };

    expect(
      readWritten(
        binding({ object, requestObject: asked, responseObject: { ...whole, metadata: { name: 'team-x7k2p' } } }),
      ),
    ).toMatchObject({ binding: { name: 'team-x7k2p' } });
  });

  test('reads no name into a request whose name nobody told', () => {
    const object = { apiGroup: RBAC, resource: 'clusterrolebindings', subresource: '', namespace: null, name: null };

    expect(
      readWritten(binding({ object, requestObject: { ...whole, metadata: { generateName: 'team-' } } })),
    ).toBeNull();
  });

  test.each([
    ['a patch that says only what it changes', { verb: 'patch', requestObject: { roleRef, subjects } }],
    ['a JSON patch', { verb: 'patch', requestObject: [{ op: 'add', path: '/subjects/-', value: subjects[0] }] }],
    ['an event without bodies', {}],
    ['a Status alone', { responseObject: status }],
    ['a deletion', { verb: 'delete', responseObject: whole }],
    ['a read', { verb: 'get', responseObject: whole }],
    [
      'a write of a subresource',
      { object: { ...reference('clusterrolebindings'), subresource: 'status' }, responseObject: whole },
    ],
    [
      'a resource of the same name in another group',
      { object: { ...reference('clusterrolebindings'), apiGroup: 'example.com' }, responseObject: whole },
    ],
    ['a request for no object', { object: null, responseObject: whole }],
    ['a roleRef to something else', { responseObject: { ...whole, roleRef: { kind: 'Pod', name: 'x' } } }],
    ['bodies of another type', { requestObject: 7, responseObject: 'text' }],
  ])('reads nothing into %s', (_what, more: Partial<AuditEvent>) => {
    expect(readWritten(binding(more))).toBeNull();
  });
});

describe('readWritten: roles', () => {
  test('reads the rules of a role', () => {
    expect(readWritten(write('clusterroles', { responseObject: { metadata: { name: 'team' }, rules } }))).toMatchObject(
      {
        kind: 'role',
        role: { kind: 'ClusterRole', name: 'team', rules: [policyRule({ resources: ['secrets'], verbs: ['get'] })] },
      },
    );
  });

  test('reads a role that only collects others', () => {
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { team: 'x' } }] };

    expect(
      readWritten(write('clusterroles', { responseObject: { metadata: { name: 'team' }, aggregationRule } })),
    ).toMatchObject({ role: { rules: [], aggregates: [{ matchLabels: { team: 'x' } }] } });
  });

  test('reads a role of a namespace', () => {
    const responseObject = { metadata: { name: 'team', namespace: 'dev' }, rules };

    expect(readWritten(write('roles', { responseObject }))).toMatchObject({ role: { kind: 'Role', namespace: 'dev' } });
  });
});

describe('readWritten: aws-auth', () => {
  const object = { apiGroup: '', resource: 'configmaps', subresource: '', namespace: 'kube-system', name: 'aws-auth' };
  const data = { mapRoles: '- rolearn: arn:aws:iam::111122223333:role/x\n  username: x\n  groups: [system:masters]\n' };
  const awsAuth = (more: Partial<AuditEvent>): AuditEvent => write('configmaps', { object, ...more });

  test('reads its rows, and lets the event show them', () => {
    expect(readWritten(awsAuth({ verb: 'update', responseObject: { metadata: {}, data } }))).toMatchObject({
      kind: 'aws-auth',
      awsAuth: {
        rows: [{ arn: 'arn:aws:iam::111122223333:role/x', groups: ['system:masters'], evidence: EVIDENCE }],
        evidence: EVIDENCE,
      },
    });
  });

  test.each([
    ['another ConfigMap', { object: { ...object, name: 'coredns' } }],
    ['one of another namespace', { object: { ...object, namespace: 'default' } }],
    ['a patch of one key', { verb: 'patch', requestObject: { data }, responseObject: null }],
  ])('reads nothing into %s', (_what, more: Partial<AuditEvent>) => {
    expect(readWritten(awsAuth({ responseObject: { metadata: {}, data }, ...more }))).toBeNull();
  });
});

describe('withWritten', () => {
  test('keeps the bodies of what is no access object', () => {
    const event = auditEvent({ verb: 'create', requestObject: { spec: {} }, responseObject: { status: {} } });

    expect(withWritten(event)).toEqual({ ...event, written: null });
  });

  test.each([
    ['binding', 'clusterrolebindings', 'roleRef'],
    ['binding by its subjects', 'clusterrolebindings', 'subjects'],
    ['role', 'clusterroles', 'rules'],
    ['ConfigMap', 'configmaps', 'data'],
  ])('never throws on a %s nested ten thousand deep', (_what, resource, field) => {
    let value: unknown = 'x';
    for (let depth = 0; depth < 10_000; depth += 1) value = depth % 2 === 0 ? [value] : { value };
    const object = {
      apiGroup: resource === 'configmaps' ? '' : RBAC,
      resource,
      subresource: '',
      namespace: 'kube-system',
      name: 'aws-auth',
    };
    const body = { ...whole, [field]: value };

    expect(() => withWritten(write(resource, { object, requestObject: body, responseObject: body }))).not.toThrow();
  });
});

function reference(resource: string): NonNullable<AuditEvent['object']> {
  return { apiGroup: RBAC, resource, subresource: '', namespace: null, name: 'team' };
}
