import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { AUDIT_ROLE, listActions, readRoles } from '../scripts/roles.ts';
import { type KubernetesDocument, listRights, readDocuments } from './support/kubernetes-documents.ts';

const ROOT = join(import.meta.dirname, '..');
const RESOURCES = join(ROOT, 'resources');
const ACCESS = join(RESOURCES, 'auditor-access');
const COLLECTOR = join(RESOURCES, 'in-cluster-collector');
const GROUP = 'keyholder-audit';
/** Between two audits: whoever audits by hand asks nothing then. */
const OF_THE_QUERY = 'logs:DescribeSubscriptionFilters';

const RIGHTS = [
  ...['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'].flatMap((resource) => [
    `get ${resource} * in all`,
    `list ${resource} * in all`,
  ]),
  'get configmaps aws-auth in kube-system',
];

function refersRightly(documents: readonly KubernetesDocument[]): boolean {
  const names = new Set(documents.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  return documents.every(({ roleRef }) => roleRef === undefined || names.has(`${roleRef.kind}/${roleRef.name}`));
}

describe('resources/auditor-access', () => {
  it('lets the group read RBAC objects and the one ConfigMap, and nothing else', () => {
    const documents = readDocuments(join(ACCESS, 'rbac.yaml'));

    expect([...listRights(documents)].sort()).toEqual([...RIGHTS].sort());
    expect(refersRightly(documents)).toBe(true);
    expect(documents.flatMap(({ subjects = [] }) => subjects.map(({ kind, name }) => `${kind} ${name}`))).toEqual([
      `Group ${GROUP}`,
      `Group ${GROUP}`,
    ]);
  });

  it('puts the auditor into that group by every way there is, and into no other', () => {
    const groupsOf = (file: string): unknown => {
      const text = readFileSync(join(ACCESS, file), 'utf8');
      return text.match(/(?:KubernetesGroups|kubernetesGroups|groups):\n\s+- (\S+)\n$/)?.[1];
    };

    expect(groupsOf('cloudformation.yaml')).toBe(GROUP);
    expect(groupsOf('eksctl.yaml')).toBe(GROUP);
    expect(groupsOf('aws-auth-row.yaml')).toBe(GROUP);
    expect(readFileSync(join(ACCESS, 'main.tf'), 'utf8')).toContain(`kubernetes_groups = ["${GROUP}"]`);
    expect(parse(readFileSync(join(ACCESS, 'eksctl.yaml'), 'utf8'))).toMatchObject({ kind: 'ClusterConfig' });
  });

  it('has a policy that only reads', () => {
    const policy: { Statement: { Action: string[] }[] } = JSON.parse(
      readFileSync(join(ACCESS, 'iam-policy.json'), 'utf8'),
    );
    const actions = policy.Statement.flatMap(({ Action }) => Action);

    expect(
      actions.filter((action) => !/:(?:Describe|Get|List|Lookup|Filter|StartQuery|StopQuery)/.test(action)),
    ).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
  });

  it('allows what the audit role of a stack allows, but for buckets that only some have', () => {
    const policy: { Statement: { Action: string[] }[] } = JSON.parse(
      readFileSync(join(ACCESS, 'iam-policy.json'), 'utf8'),
    );
    const deployed = listActions(readRoles(ROOT).get(AUDIT_ROLE) ?? { name: '', statements: [] });

    expect(policy.Statement.flatMap(({ Action }) => Action).sort()).toEqual(
      deployed.filter((action) => !action.startsWith('s3:') && action !== OF_THE_QUERY),
    );
  });
});

describe('resources/in-cluster-collector', () => {
  const documents = readDocuments(join(COLLECTOR, 'collector.yaml'));

  it('reads RBAC objects and the one ConfigMap, and nothing else', () => {
    expect([...listRights(documents)].sort()).toEqual([...RIGHTS].sort());
    expect(refersRightly(documents)).toBe(true);
  });

  it('runs its job as the service account that the role is for', () => {
    const [job] = documents.filter(({ kind }) => kind === 'CronJob');
    const role = readFileSync(join(COLLECTOR, 'role.yaml'), 'utf8');

    expect(job).toMatchObject({
      apiVersion: 'batch/v1',
      spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: 'keyholder-collector' } } } } },
    });
    expect(role).toContain('ServiceAccount: keyholder-collector');
    expect(role.match(/s3:\w+/g)).toEqual(['s3:PutObject']);
    expect(role).toMatch(/\/in-cluster\/\$\{AWS::AccountId\}\/\$\{AWS::Region\}\/\$\{ClusterName\}\/\*$/m);
  });

  it('is YAML that the templates of CloudFormation are too', () => {
    for (const file of [join(COLLECTOR, 'role.yaml'), join(ACCESS, 'cloudformation.yaml')]) {
      const [document] = parseAllDocuments(readFileSync(file, 'utf8'), { logLevel: 'silent' });

      expect(document?.errors).toEqual([]);
    }
  });
});
