import { describe, expect, test } from 'vitest';
import { applyRecords, applyToAccount } from '../../shared/evidence/apply-record.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { accessEntry, accountEvidence, awsAuth, cluster } from '../support/facts.ts';
import { accountOf, allow, iamRole, roleArn, trusts } from '../support/iam.ts';
import { binding, deletionOf, role, writeOf } from '../support/rbac-writes.ts';
import { AWS_AUTH_OBJECT, auditEvent, cloudTrailEvent, configMapMessage } from '../support/records.ts';

const NEWCOMER = 'arn:aws:iam::111122223333:role/newcomer';
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const creation = cloudTrailEvent({ request: { principalArn: NEWCOMER, kubernetesGroups: ['ops'] } });
const association = cloudTrailEvent({
  eventName: 'AssociateAccessPolicy',
  request: { policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' } },
});

describe('applyRecords on lines of the authenticator', () => {
  test('takes an aws-auth that it could not read, or saw deleted, for one that only another read shows', () => {
    const evidence = clusterEvidence();

    expect(applyRecords(evidence, [configMapMessage()])).toEqual({
      evidence,
      unknown: ['what the authenticator found in aws-auth'],
    });
    expect(applyRecords(evidence, [configMapMessage({ kind: 'configmap-deleted' })]).unknown).toHaveLength(1);
    expect(applyRecords(evidence, [configMapMessage({ kind: 'configmap-loaded' })]).unknown).toEqual([]);
  });
});

describe('applyRecords on access entries', () => {
  test('adds an entry with what the call states and EKS fills in', () => {
    const { evidence, unknown } = applyRecords(clusterEvidence(), [creation]);
    expect(evidence.accessEntries).toMatchObject([
      {
        principal: { arn: NEWCOMER },
        type: 'STANDARD',
        username: 'arn:aws:sts::111122223333:assumed-role/newcomer/{{SessionName}}',
        groups: ['ops'],
        createdAt: '2026-11-20T08:00:00Z',
      },
    ]);
    expect(unknown).toEqual([]);
  });

  test('adds a policy to the entry, and makes the entry where its creation was not seen', () => {
    for (const records of [[creation, association], [association]]) {
      const [entry, ...others] = applyRecords(clusterEvidence(), records).evidence.accessEntries;
      expect(entry?.policies).toEqual([
        {
          policyArn: ADMIN_POLICY,
          name: 'AmazonEKSClusterAdminPolicy',
          scope: { type: 'cluster' },
          associatedAt: '2026-11-20T08:00:00Z',
          modifiedAt: '2026-11-20T08:00:00Z',
        },
      ]);
      expect(others).toEqual([]);
    }
  });

  test('takes an association twice for one', () => {
    const { evidence } = applyRecords(clusterEvidence(), [association, association]);
    expect(evidence.accessEntries[0]?.policies).toHaveLength(1);
  });

  test('keeps the groups of an entry that only gets another username', () => {
    const renamed = cloudTrailEvent({ eventName: 'UpdateAccessEntry', request: { username: 'ops:alice' } });
    const { evidence } = applyRecords(clusterEvidence(), [creation, renamed]);
    expect(evidence.accessEntries).toMatchObject([{ username: 'ops:alice', groups: ['ops'] }]);
  });

  test('takes the groups of an entry away that is updated to none', () => {
    const emptied = cloudTrailEvent({ eventName: 'UpdateAccessEntry', request: { kubernetesGroups: [] } });
    expect(applyRecords(clusterEvidence(), [creation, emptied]).evidence.accessEntries[0]?.groups).toEqual([]);
  });

  test('takes policy and entry away again', () => {
    const dissociation = cloudTrailEvent({
      eventName: 'DisassociateAccessPolicy',
      request: { policyArn: ADMIN_POLICY },
    });
    const deletion = cloudTrailEvent({ eventName: 'DeleteAccessEntry' });
    expect(applyRecords(clusterEvidence(), [association, dissociation]).evidence.accessEntries[0]?.policies).toEqual(
      [],
    );
    expect(applyRecords(clusterEvidence(), [association, deletion]).evidence.accessEntries).toEqual([]);
  });

  test('leaves the entries of others, and calls that failed, alone', () => {
    const before = clusterEvidence({ accessEntries: [accessEntry()] });
    const failed = cloudTrailEvent({ eventName: 'DeleteAccessEntry', succeeded: false, principalArn: NEWCOMER });
    const other = cloudTrailEvent({ eventName: 'DeleteAccessEntry' });
    expect(applyRecords(before, [failed, other]).evidence.accessEntries).toEqual([accessEntry()]);
  });

  test.each([
    ['an entry without a principal', cloudTrailEvent({ eventName: 'DeleteAccessEntry', principalArn: null })],
    ['a policy without a principal', cloudTrailEvent({ ...association, principalArn: null })],
    ['a policy without its ARN', cloudTrailEvent({ eventName: 'DisassociateAccessPolicy' })],
  ])('names a call about %s as one that only another read shows', (_name, call) => {
    const before = clusterEvidence({ accessEntries: [accessEntry()] });
    expect(applyRecords(before, [call])).toEqual({ evidence: before, unknown: [`what ${call.eventName} was about`] });
  });
});

describe('applyRecords on the cluster', () => {
  test('switches the mode, and says that EKS makes entries then which no event shows', () => {
    const before = clusterEvidence({ cluster: cluster({ authenticationMode: 'CONFIG_MAP' }) });
    const request = { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } };
    const { evidence, unknown } = applyRecords(before, [
      cloudTrailEvent({ eventName: 'UpdateClusterConfig', request }),
    ]);
    expect(evidence.cluster.authenticationMode).toBe('API_AND_CONFIG_MAP');
    expect(unknown).toEqual(['the switch of the authentication mode']);
  });

  test('turns log types off and leaves the others', () => {
    const before = clusterEvidence({ cluster: cluster({ logTypes: ['audit', 'authenticator'] }) });
    const request = { logging: { clusterLogging: [{ types: ['audit', 'api'], enabled: false }] } };
    const call = cloudTrailEvent({ eventName: 'UpdateClusterConfig', request });
    expect(applyRecords(before, [call]).evidence.cluster).toMatchObject({ logTypes: ['authenticator'] });
  });

  test('opens the endpoint and keeps what the call does not say', () => {
    const endpoint = { publicAccess: false, privateAccess: true, publicCidrs: ['192.0.2.0/24'] };
    const request = { resourcesVpcConfig: { endpointPublicAccess: true } };
    const call = cloudTrailEvent({ eventName: 'UpdateClusterConfig', request });
    expect(applyRecords(clusterEvidence({ cluster: cluster({ endpoint }) }), [call]).evidence.cluster.endpoint).toEqual(
      {
        publicAccess: true,
        privateAccess: true,
        publicCidrs: ['192.0.2.0/24'],
      },
    );
  });

  test('names the calls whose outcome only another read shows', () => {
    const call = cloudTrailEvent({ eventName: 'AssociateIdentityProviderConfig' });
    expect(applyRecords(clusterEvidence(), [call, call]).unknown).toEqual(['AssociateIdentityProviderConfig']);
  });
});

describe('applyRecords on RBAC and aws-auth', () => {
  test('replaces a binding and a role by what was written', () => {
    const before = clusterEvidence({ rbac: { roles: [role()], bindings: [binding()] } });
    const widened = { ...binding(), subjects: [{ kind: 'Group', name: 'ops', namespace: null } as const] };
    const changed = { ...role(), rules: [] };
    const { rbac } = applyRecords(before, [writeOf(widened), writeOf(changed)]).evidence;
    const { role: bound, subjects } = binding();
    const read = { role: bound, subjects, until: '2026-11-20T08:00:00Z' };
    expect(rbac).toEqual({ roles: [changed], bindings: [{ ...widened, before: read }] });
  });

  test('remembers how a binding was read through all writes of it, and forgets it with the binding', () => {
    const before = clusterEvidence({ rbac: { roles: [], bindings: [binding()] } });
    const named = (name: string) => ({ ...binding(), subjects: [{ kind: 'Group', name, namespace: null } as const] });
    const written = [writeOf(named('ops')), writeOf(named('all'))];
    expect(applyRecords(before, written).evidence.rbac.bindings[0]?.before?.subjects).toEqual(binding().subjects);
    expect(applyRecords(before, [deletionOf(binding()), writeOf(named('ops'))]).evidence.rbac.bindings).toEqual([
      named('ops'),
    ]);
  });

  test('removes what was deleted', () => {
    const before = clusterEvidence({ rbac: { roles: [role()], bindings: [binding()] } });
    expect(applyRecords(before, [deletionOf(binding()), deletionOf(role())]).evidence.rbac).toEqual({
      roles: [],
      bindings: [],
    });
  });

  test('passes over what was refused or only tried', () => {
    const refused = writeOf(binding(), { code: 403, decision: 'forbid' });
    const tried = writeOf(binding(), { dryRun: true });
    expect(applyRecords(clusterEvidence(), [refused, tried])).toEqual({ evidence: clusterEvidence(), unknown: [] });
  });

  test('knows that nothing is mapped once aws-auth is deleted', () => {
    const deletion = auditEvent({ verb: 'delete', object: AWS_AUTH_OBJECT });
    const { evidence, unknown } = applyRecords(clusterEvidence({ awsAuth: awsAuth() }), [deletion]);
    expect(evidence.awsAuth).toMatchObject({ rows: [], accounts: [], problems: [] });
    expect(unknown).toEqual([]);
  });

  test('says that the content of a created aws-auth is not logged', () => {
    const { evidence, unknown } = applyRecords(clusterEvidence({ awsAuth: null }), [
      auditEvent({ verb: 'create', object: AWS_AUTH_OBJECT }),
    ]);
    expect(evidence.awsAuth).toBeNull();
    expect(unknown).toEqual(['the content of configmaps/aws-auth after create']);
  });

  test('says that a deleted collection leaves what it leaves', () => {
    const object = {
      apiGroup: 'rbac.authorization.k8s.io',
      resource: 'clusterrolebindings',
      subresource: '',
      namespace: null,
      name: null,
    };
    expect(applyRecords(clusterEvidence(), [auditEvent({ verb: 'deletecollection', object })]).unknown).toEqual([
      'the deletion of a collection of clusterrolebindings',
    ]);
  });
});

describe('applyToAccount', () => {
  const iamCall = (eventName: string, more: Parameters<typeof cloudTrailEvent>[0] = {}) =>
    cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName, principalArn: roleArn('ops'), ...more });
  const before = accountOf([iamRole('ops'), iamRole('other')]);

  test('takes a deleted role away', () => {
    const { iam } = applyToAccount(before, [iamCall('DeleteRole')]);
    expect(iam?.roles.map(({ principal }) => principal.name)).toEqual(['other']);
  });

  test('gives a role that is made again its new unique id', () => {
    const created = iamCall('CreateRole', {
      response: { role: { arn: roleArn('ops'), roleId: 'AROAEXAMPLENEWROLE001', createDate: '2026-11-20T08:00:00Z' } },
    });
    const { iam } = applyToAccount(before, [iamCall('DeleteRole'), created]);
    expect(iam?.roles.find(({ principal }) => principal.name === 'ops')).toMatchObject({
      principal: { uniqueId: 'AROAEXAMPLENEWROLE001' },
      createdAt: '2026-11-20T08:00:00Z',
    });
  });

  test('replaces the trust of a role', () => {
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trusts({ AWS: '*' })] });
    const { iam } = applyToAccount(before, [iamCall('UpdateAssumeRolePolicy', { request: { policyDocument } })]);
    expect(iam?.roles.find(({ principal }) => principal.name === 'ops')?.trust.statements).toMatchObject([
      { effect: 'Allow', principals: { AWS: ['*'] } },
    ]);
  });

  test('adds an inline policy, an attached one, and one whose text nobody read', () => {
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow('eks:*')] });
    const { iam } = applyToAccount(before, [
      iamCall('PutRolePolicy', { request: { policyName: 'inline', policyDocument } }),
      iamCall('AttachRolePolicy', { request: { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } }),
      iamCall('AttachRolePolicy', { request: { policyArn: 'arn:aws:iam::111122223333:policy/own' } }),
    ]);
    const changed = iam?.roles.find(({ principal }) => principal.name === 'ops');
    expect(changed?.policies.map(({ name }) => name)).toContain('inline');
    expect(changed?.policies.map(({ arn }) => arn)).toContain('arn:aws:iam::aws:policy/AdministratorAccess');
    expect(changed?.unreadPolicies).toEqual(['own']);
  });

  test('leaves another account, and IAM that was not read, alone', () => {
    expect(applyToAccount(before, [iamCall('DeleteRole', { account: '444455556666' })])).toBe(before);
    const unread = accountEvidence({ iam: null });
    expect(applyToAccount(unread, [iamCall('DeleteRole')])).toBe(unread);
  });
});
