/** What a healthy cluster shows of Kubernetes and of automation says nothing; what only bears the same names is told. */
import { describe, expect, test } from 'vitest';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { parsePrincipal } from '../shared/rules/arn.ts';
import { clusterEvidence, clusterRole, evidence } from './support/evidence.ts';
import { accessEntry, associatedPolicy, awsAuth, NOW, policyRule, subject } from './support/facts.ts';
import { association, pipeline } from './support/grants.ts';
import { bound, by, creation, HOME, iam, listLoud, rbac, STAR } from './support/quiet.ts';
import { binding, role, writeOf } from './support/rbac-writes.ts';
import { actor, auditEvent, cloudTrailEvent, login } from './support/records.ts';

describe('F3: what strangers may see by default', () => {
  const PUBLIC = 'system:public-info-viewer';
  const paths = policyRule({
    apiGroups: [],
    nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
    verbs: ['get'],
  });
  const everybody = [subject('Group', 'system:authenticated'), subject('Group', 'system:unauthenticated')];

  test('is quiet as Kubernetes ships it, and when a stranger asks after the health', () => {
    expect(
      listLoud({
        ...rbac([clusterRole(PUBLIC, paths)], [bound(PUBLIC, PUBLIC, ...everybody)]),
        audit: [
          auditEvent({ ...by('system:anonymous'), verb: 'get', object: null, requestUri: '/livez?verbose', code: 200 }),
        ],
      }),
    ).toEqual([]);
  });

  test('is told where the binding carries others', () => {
    const input = rbac([clusterRole(PUBLIC, paths)], [bound(PUBLIC, PUBLIC, ...everybody, subject('User', 'mallory'))]);

    expect(listLoud(input)).toContainEqual(
      expect.stringMatching(/^public-info-viewer-widened .*\/system:public-info-viewer$/),
    );
  });

  test('is told where the role holds more', () => {
    const secrets = policyRule({ resources: ['secrets'], verbs: ['get', 'list'] });
    const input = rbac([clusterRole(PUBLIC, paths, secrets)], [bound(PUBLIC, PUBLIC, ...everybody)]);

    expect(listLoud(input)).toContainEqual(expect.stringMatching(/^public-info-viewer-widened /));
  });

  test('is told where the binding leads to another role', () => {
    const input = rbac([clusterRole('cluster-admin', STAR)], [bound(PUBLIC, 'cluster-admin', ...everybody)]);

    expect(listLoud(input)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^anonymous-binding .*\/system:public-info-viewer$/),
        expect.stringMatching(/^admin-cluster-role-binding critical .*\/system:public-info-viewer$/),
      ]),
    );
  });

  test('is told where a binding of kubeadm opens a ConfigMap, for EKS has none', () => {
    const reader = role({
      kind: 'Role',
      name: 'kubeadm:bootstrap-signer-clusterinfo',
      namespace: 'kube-public',
      rules: [policyRule({ resources: ['configmaps'], verbs: ['get'], resourceNames: ['cluster-info'] })],
    });
    const opened = binding({
      kind: 'RoleBinding',
      name: reader.name,
      namespace: 'kube-public',
      role: { kind: 'Role', name: reader.name },
      subjects: [subject('User', 'system:anonymous')],
    });

    expect(listLoud(rbac([reader], [opened]))).toContainEqual(expect.stringMatching(/^anonymous-binding/));
  });
});

describe('F4: automation', () => {
  const narrow = { type: 'namespace', namespaces: ['payments'] } as const;

  test('is quiet while it gives what a team needs', () => {
    const cloudTrail = [
      cloudTrailEvent({ actor: pipeline, principalArn: `${HOME}/newcomer` }),
      association('AmazonEKSViewPolicy', narrow, { principalArn: `${HOME}/newcomer` }),
    ];
    const accessEntries = [
      accessEntry({
        principal: parsePrincipal(`${HOME}/newcomer`),
        policies: [associatedPolicy({ name: 'AmazonEKSViewPolicy', scope: narrow })],
      }),
    ];

    expect(listLoud({ cloudTrail, accessEntries })).toEqual([]);
  });

  test('is told where it makes an admin, whatever its session and tool are called', () => {
    const terraform = actor({ ...pipeline, sessionName: 'terraform', userAgent: 'APN/1.0 HashiCorp/1.0 Terraform' });
    const cloudTrail = [association('AmazonEKSClusterAdminPolicy', undefined, { actor: terraform })];

    expect(listLoud({ cloudTrail })).toContainEqual(expect.stringMatching(/^admin-policy-at-cluster-scope critical /));
  });

  test('is approved by its exact ARN, and a namesake of another account is not', () => {
    const masters = (arn: string) => ({
      authenticator: [login({ arn, username: 'pipeline', groups: ['system:masters'], sessionName: 'terraform' })],
    });
    const config = {
      ...evidence().config,
      approvedAdmins: [{ principal: `${HOME}/pipeline`, clusters: [], reason: null }],
    };
    const findings = (arn: string) => {
      const one = clusterEvidence({ ...masters(arn), awsAuth: awsAuth(), cloudTrail: [creation] });
      return auditEvidence(evidence({ clusters: [one], accounts: [iam], config }), NOW)
        .clusters.flatMap((report) => report.findings)
        .map(({ detection }) => detection);
    };

    expect(findings(`${HOME}/pipeline`)).not.toContain('unexpected-system-masters-session');
    expect(findings('arn:aws:iam::444455556666:role/pipeline')).toContain('unexpected-system-masters-session');
    expect(findings(`${HOME}/pipeline-2`)).toContain('unexpected-system-masters-session');
  });
});

describe('F6: defaults of Kubernetes', () => {
  const masters = bound('cluster-admin', 'cluster-admin', subject('Group', 'system:masters'));
  const nodeRole = role({
    name: 'system:node',
    rules: [policyRule({ resources: ['nodes'], verbs: ['create', 'get'] })],
  });

  test('are quiet, however they are kept', () => {
    const admin = clusterRole(
      'cluster-admin',
      STAR,
      policyRule({ apiGroups: [], nonResourceURLs: ['*'], verbs: ['*'] }),
    );
    const aggregation = 'system:serviceaccount:kube-system:clusterrole-aggregation-controller';

    expect(
      listLoud({
        ...rbac([admin, nodeRole], [masters]),
        audit: [
          writeOf(role({ name: 'system:node' }), { verb: 'update', ...by('system:apiserver') }),
          writeOf(role({ name: 'admin' }), { verb: 'patch', ...by(aggregation) }),
        ],
      }),
    ).toEqual([]);
  });

  test('are told where the binding of the masters carries a group of its own', () => {
    const input = rbac(
      [clusterRole('cluster-admin', STAR)],
      [{ ...masters, subjects: [...masters.subjects, subject('Group', 'developers')] }],
    );

    expect(listLoud(input)).toContain('admin-cluster-role-binding critical binding:ClusterRoleBinding/-/cluster-admin');
  });

  test.each(['cluster-admin-readonly', 'system:cluster-admin', 'system:controller:extra'])(
    'are told where a role named %s holds everything',
    (name) => {
      const input = rbac([clusterRole(name, STAR)], [bound('team', name, subject('Group', 'developers'))]);

      expect(listLoud(input)).toEqual(
        expect.arrayContaining([
          'admin-cluster-role-binding critical binding:ClusterRoleBinding/-/team',
          `wildcard-role high role:ClusterRole/-/${name}`,
        ]),
      );
    },
  );

  test.each(['system:apiserver', 'system:kube-controller-manager'])(
    'are told where %s is a name that an IAM role took',
    (username) => {
      const audit = [writeOf(role({ name: 'system:node' }), { verb: 'update', ...by(username, `${HOME}/newcomer`) })];

      expect(listLoud({ audit })).toContain('built-in-rbac-changed critical role:ClusterRole/-/system:node');
    },
  );
});
