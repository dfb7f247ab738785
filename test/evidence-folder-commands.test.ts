import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PAGE = readFileSync(new URL('../docs/evidence-folder.md', import.meta.url), 'utf8');
const SCRIPT = [...PAGE.matchAll(/```bash\n(.*?)```/gs)].map(([, block]) => block).join('\n');
const canRun = ['bash', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0);

/** What `aws` and `kubectl` print, by the beginning of their arguments; anything else fails. */
const ANSWERS = {
  'sts get-caller-identity': '111122223333',
  'eks describe-cluster': { cluster: { name: 'payments' } },
  'eks list-access-entries': {
    accessEntries: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'],
  },
  'eks describe-access-entry': { accessEntry: { principalArn: 'arn:aws:iam::111122223333:role/a' } },
  'eks list-associated-access-policies': {
    associatedAccessPolicies: [{ policyArn: 'arn:x' }],
    clusterName: 'payments',
  },
  'eks list-nodegroups': { nodegroups: ['blue', 'green'] },
  'eks describe-nodegroup': { nodegroup: { nodegroupName: 'blue' } },
  'eks list-fargate-profiles': { fargateProfileNames: [] },
  'eks list-pod-identity-associations': { associations: [{ associationId: 'a-1' }] },
  'eks describe-pod-identity-association': { association: { associationId: 'a-1' } },
  'eks list-identity-provider-configs': { identityProviderConfigs: [{ type: 'oidc', name: 'corp' }] },
  'eks describe-identity-provider-config': { identityProviderConfig: { oidc: {} } },
  'logs describe-log-groups': { logGroups: [] },
  'logs filter-log-events': { events: [] },
  'cloudtrail lookup-events': { Events: [] },
  'cloudtrail describe-trails': { trailList: [] },
  'guardduty list-detectors': { DetectorIds: [] },
  'iam get-account-authorization-details': { RoleDetailList: [] },
  'organizations describe-organization': { Organization: { Id: 'o-example' } },
  'organizations list-accounts': { Accounts: [{ Id: '111122223333' }] },
  'sso-admin list-instances': 'arn:instance d-1',
  'sso-admin list-permission-sets': { PermissionSets: ['arn:one', 'arn:two'] },
  'sso-admin describe-permission-set': { PermissionSet: { Name: 'Admin' } },
  'sso-admin list-account-assignments': { AccountAssignments: [{ PrincipalId: 'g-1' }] },
  'identitystore list-users': { Users: [{ UserId: 'u-1' }] },
  'identitystore list-groups': { Groups: [{ GroupId: 'g-1', DisplayName: 'Ops team' }] },
  'identitystore list-group-memberships': { GroupMemberships: [{ MemberId: { UserId: 'u-1' } }] },
  '-n kube-system get': 'kind: ConfigMap',
  'get clusterroles,clusterrolebindings,roles,rolebindings -A': { items: [] },
};

const CASES = Object.entries(ANSWERS).map(([begin, answer]) => {
  const printed = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return `'${begin}'*) echo '${printed}' ;;`;
});
const STAND_IN = `#!/usr/bin/env bash
case "$*" in
${CASES.join('\n')}
*) echo "denied: $*" >&2; exit 254 ;;
esac
`;

describe.skipIf(!canRun)('commands of docs/evidence-folder.md', () => {
  let folder = '';
  let errors = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyholder-'));
    mkdirSync(join(folder, 'bin'));
    for (const tool of ['aws', 'kubectl']) {
      writeFileSync(join(folder, 'bin', tool), STAND_IN);
      chmodSync(join(folder, 'bin', tool), 0o755);
    }
    writeFileSync(join(folder, 'fill.sh'), SCRIPT);
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
    errors = spawnSync('bash', ['fill.sh', 'payments', 'eu-central-1'], { cwd: folder, env, encoding: 'utf8' }).stderr;
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function read(path: string): unknown {
    return JSON.parse(readFileSync(join(folder, 'evidence/111122223333', path), 'utf8'));
  }

  test('are valid bash', () => {
    expect(execFileSync('bash', ['-n', join(folder, 'fill.sh')], { encoding: 'utf8' })).toBe('');
  });

  test('join access entries with their policies', () => {
    const entry = {
      principalArn: 'arn:aws:iam::111122223333:role/a',
      associatedAccessPolicies: [{ policyArn: 'arn:x' }],
    };

    expect(read('eu-central-1/payments/access-entries.json')).toEqual({ accessEntries: [entry, entry] });
  });

  test('describe what a list only names, and give an empty list where there is nothing', () => {
    const node = { nodegroup: { nodegroupName: 'blue' } };

    expect(read('eu-central-1/payments/node-groups.json')).toEqual([node, node]);
    expect(read('eu-central-1/payments/fargate-profiles.json')).toEqual([]);
    expect(read('eu-central-1/payments/identity-providers.json')).toEqual([{ identityProviderConfig: { oidc: {} } }]);
    expect(read('eu-central-1/payments/pod-identity.json')).toEqual([{ association: { associationId: 'a-1' } }]);
  });

  test('leave no file behind when a command fails, and say so', () => {
    expect(() => read('eu-central-1/payments/capabilities.json')).toThrow('ENOENT');
    expect(errors.match(/^not read: .*$/gm)).toEqual([
      'not read: evidence/111122223333/eu-central-1/payments/capabilities.json',
    ]);
  });

  test('join what Identity Center and Organizations answer', () => {
    expect(read('organization.json')).toEqual({
      Organization: { Id: 'o-example' },
      Accounts: [{ Id: '111122223333' }],
    });
    expect(read('identity-center.json')).toEqual({
      permissionSets: [{ Name: 'Admin' }, { Name: 'Admin' }],
      accountAssignments: [{ PrincipalId: 'g-1' }, { PrincipalId: 'g-1' }],
      users: [{ UserId: 'u-1' }],
      groups: [{ GroupId: 'g-1', DisplayName: 'Ops team', members: ['u-1'] }],
    });
  });

  test('ask CloudTrail for every event by name', () => {
    expect(read('cloudtrail/eu-central-1-CreateCluster.json')).toEqual({ Events: [] });
    expect(read('cloudtrail/us-east-1-UpdateAssumeRolePolicy.json')).toEqual({ Events: [] });
  });
});

test.runIf(!canRun)('commands of docs/evidence-folder.md were not run: bash or jq is missing', () => {});
