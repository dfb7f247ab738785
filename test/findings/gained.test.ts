import { describe, expect, test } from 'vitest';
import { hasNewGainers, isDeclaredGrant, listCommands, narrowGainers } from '../../shared/findings/gained.ts';
import type { Config, TrustedGrantor } from '../../shared/model/config.ts';
import { facts, subject } from '../support/facts.ts';
import { remembered } from '../support/notices.ts';
import { binding, role, writeOf } from '../support/rbac-writes.ts';
import { actor, cloudTrailEvent } from '../support/records.ts';

const GRANTOR = 'arn:aws:iam::111122223333:role/platform-admin';
const NEWCOMER = 'arn:aws:iam::111122223333:role/newcomer';
const declared: TrustedGrantor = {
  principal: GRANTOR,
  uniqueId: 'AROAEXAMPLEADMIN00001',
  subjects: [NEWCOMER],
  clusters: [],
};

function declaring(more: Partial<TrustedGrantor> = {}): Config {
  return { ...facts().config, trustedGrantors: [{ ...declared, ...more }] };
}

describe('isDeclaredGrant', () => {
  test('holds for the declared grantor, subject and cluster', () => {
    expect(isDeclaredGrant(remembered(), cloudTrailEvent(), declaring({ clusters: ['payments'] }))).toBe(true);
  });

  test.each([
    [
      'the principal was made again under its name',
      cloudTrailEvent({ actor: actor({ uniqueId: 'AROAEXAMPLEOTHER00001' }) }),
      declaring(),
    ],
    ['its unique id is not known', cloudTrailEvent({ actor: actor({ uniqueId: null }) }), declaring()],
    ['the cluster is another', cloudTrailEvent(), declaring({ clusters: ['billing'] })],
    ['the subject is not declared', cloudTrailEvent(), declaring({ subjects: [] })],
    ['the call failed', cloudTrailEvent({ succeeded: false }), declaring()],
    ['the event is gone', null, declaring()],
    ['nothing is declared', cloudTrailEvent(), facts().config],
  ])('does not hold where %s', (_name, record, config) => {
    expect(isDeclaredGrant(remembered(), record, config)).toBe(false);
  });

  test('does not hold for a binding that was refused after it had been allowed', () => {
    const written = binding({ subjects: [{ kind: 'User', name: 'carol', namespace: null }] });
    const pipeline = { ...declared, principal: 'system:serviceaccount:argocd:pipeline', uniqueId: null };
    const config = { ...facts().config, trustedGrantors: [{ ...pipeline, subjects: ['carol'] }] };
    const by = actor({ kind: 'service-account', name: pipeline.principal, principalArn: null, uniqueId: null });
    const finding = remembered({ subject: `binding:ClusterRoleBinding/-/${written.name}` });

    expect(isDeclaredGrant(finding, writeOf(written, { actor: by, code: 201 }), config)).toBe(true);
    expect(isDeclaredGrant(finding, writeOf(written, { actor: by, code: 409 }), config)).toBe(false);
  });

  test('never holds where the grantor gains itself, though it is declared', () => {
    const own = remembered({ subject: `iam:${GRANTOR}` });

    expect(isDeclaredGrant(own, cloudTrailEvent(), declaring({ subjects: [GRANTOR] }))).toBe(false);
  });

  test.each([
    ['opens its subject to others', 'admin-role-trust-changed', 'iam', 'UpdateAssumeRolePolicy'],
    ['makes its subject again, for whom it likes', 'mapped-principal-recreated', 'iam', 'CreateRole'],
    ['deletes its subject', 'admin-principal-deleted', 'iam', 'DeleteRole'],
    ['hands its subject to a workload', 'workload-role-is-admin', 'eks', 'CreatePodIdentityAssociation'],
    ['becomes its subject, which is kept for emergencies', 'break-glass-used', 'sts', 'AssumeRole'],
    ['changes its subject, which is kept for emergencies', 'break-glass-changed', 'eks', 'UpdateAccessEntry'],
  ])('does not hold where the grantor %s', (_name, detection, service, eventName) => {
    const record = cloudTrailEvent({ eventSource: `${service}.amazonaws.com`, eventName });

    expect(isDeclaredGrant(remembered({ detection }), record, declaring())).toBe(false);
  });

  test.each([
    ['a policy of IAM', 'admin-people-grew', 'iam', 'AttachRolePolicy'],
    ['the trust of a role on the way', 'admin-people-grew', 'iam', 'UpdateAssumeRolePolicy'],
    ['an access entry', 'secret-reaching-policy', 'eks', 'AssociateAccessPolicy'],
  ])('holds for what its subject gains by %s', (_name, detection, service, eventName) => {
    const record = cloudTrailEvent({ eventSource: `${service}.amazonaws.com`, eventName });

    expect(isDeclaredGrant(remembered({ detection }), record, declaring())).toBe(true);
  });

  test('does not hold where the grantor can become whoever gains', () => {
    const record = cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName: 'PutRolePolicy' });
    const finding = remembered({ detection: 'admin-people-grew', gainers: [NEWCOMER, GRANTOR] });

    expect(isDeclaredGrant(finding, record, declaring())).toBe(false);
  });

  test('holds for a trust policy only where all that it lets in are declared', () => {
    const record = cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName: 'UpdateAssumeRolePolicy' });
    const opened = (...gainers: readonly string[]) =>
      remembered({
        detection: 'admin-role-trust-changed',
        subject: 'iam:arn:aws:iam::111122223333:role/admins',
        gainers,
      });

    expect(isDeclaredGrant(opened(NEWCOMER), record, declaring())).toBe(true);
    expect(isDeclaredGrant(opened(NEWCOMER, 'everyone'), record, declaring())).toBe(false);
  });

  test('does not hold for a role under a binding, though its subjects are declared', () => {
    const pipeline = { ...declared, principal: 'system:serviceaccount:argocd:pipeline', uniqueId: null };
    const config = { ...facts().config, trustedGrantors: [{ ...pipeline, subjects: ['carol'] }] };
    const by = actor({ kind: 'service-account', name: pipeline.principal, principalArn: null, uniqueId: null });
    const finding = remembered({ subject: 'binding:ClusterRoleBinding/-/team-admins', gainers: ['carol'] });

    expect(isDeclaredGrant(finding, writeOf(role(), { actor: by, code: 200 }), config)).toBe(false);
  });

  test('does not hold for a role, of which nobody can tell who gains by it', () => {
    expect(isDeclaredGrant(remembered({ subject: 'role:ClusterRole/-/pods' }), cloudTrailEvent(), declaring())).toBe(
      false,
    );
  });
});

describe('listCommands', () => {
  const attached = cloudTrailEvent({
    eventSource: 'iam.amazonaws.com',
    eventName: 'AddUserToGroup',
    request: { groupName: 'team', userName: 'alice' },
  });

  test('gives those of the finding', () => {
    expect(listCommands(remembered({ fix: ['kubectl get nodes'] }), attached)).toEqual(['kubectl get nodes']);
  });

  test('takes out of a binding those who came, and leaves the others', () => {
    const written = binding({ subjects: [subject('Group', 'team'), subject('User', 'mallory')] });
    const finding = remembered({ subject: 'binding:ClusterRoleBinding/-/team-admins', fix: ['kubectl delete it'] });

    expect(listCommands({ ...finding, gainers: ['mallory'] }, writeOf(written))).toEqual([
      'kubectl get clusterrolebinding team-admins -o yaml',
      'kubectl patch clusterrolebinding team-admins --type=json -p \'[{"op":"test","path":"/subjects/1/name","value":"mallory"},{"op":"remove","path":"/subjects/1"}]\'',
    ]);
    expect(listCommands({ ...finding, gainers: ['group team', 'mallory'] }, writeOf(written))).toEqual([
      'kubectl delete it',
    ]);
  });

  test('gives those that undo the call where the finding has none', () => {
    expect(listCommands(remembered({ fix: [] }), attached)).toEqual([
      'aws iam remove-user-from-group --group-name team --user-name alice',
    ]);
    expect(listCommands(remembered({ fix: [] }), null)).toEqual([]);
  });
});

describe('narrowGainers', () => {
  const now = remembered({ gainers: ['group team', 'mallory'] });

  test.each([
    ['those who came since', remembered({ gainers: ['group team'] }), ['mallory']],
    ['all of a new finding', null, ['group team', 'mallory']],
    ['all where nobody came', now, ['group team', 'mallory']],
    ['all where it is not known who was there', remembered(), ['group team', 'mallory']],
  ])('names %s', (_name, before, gainers) => {
    expect(narrowGainers(before, now).gainers).toEqual(gainers);
  });
});

describe('hasNewGainers', () => {
  test.each([
    [['alice'], ['alice', 'mallory'], true],
    [['alice', 'mallory'], ['alice'], false],
    [undefined, ['mallory'], false],
    [[], undefined, false],
  ])('from %j to %j: %j', (before, after, isLarger) => {
    const having = (gainers: readonly string[] | undefined) => (gainers === undefined ? {} : { gainers });

    expect(hasNewGainers(having(before), having(after))).toBe(isLarger);
  });
});
