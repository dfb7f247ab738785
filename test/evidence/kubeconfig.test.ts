import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKubeconfigEntry, parseKubeconfig } from '../../shared/evidence/kubeconfig.ts';
import type { KubeconfigEntry } from '../../shared/model/first-answer.ts';

const ARN = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';

const AWS_CLI = `
apiVersion: v1
kind: Config
current-context: ${ARN}
clusters:
- name: ${ARN}
  cluster:
    server: https://ABC.gr7.eu-central-1.eks.amazonaws.com
    certificate-authority-data: Q0E=
contexts:
- name: ${ARN}
  context: {cluster: "${ARN}", user: "${ARN}"}
users:
- name: ${ARN}
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: /usr/local/bin/aws
      args: [--region, eu-central-1, eks, get-token, --cluster-name, payments, --role-arn=arn:aws:iam::111122223333:role/ops]
      env: [{name: AWS_PROFILE, value: ops}]
`;

const EKSCTL = `
clusters: [{name: payments.eu-west-1.eksctl.io, cluster: {server: "https://x"}}]
contexts: [{name: alice@payments.eu-west-1.eksctl.io, context: {cluster: payments.eu-west-1.eksctl.io, user: u}}]
users: [{name: u, user: {exec: {command: aws-iam-authenticator, args: [token, -i, payments]}}}]
`;

describe('parseKubeconfig', () => {
  it('reads what aws eks update-kubeconfig writes', () => {
    expect(parseKubeconfig(AWS_CLI, 'config')).toEqual([
      {
        file: 'config',
        context: ARN,
        isCurrent: true,
        server: 'https://ABC.gr7.eu-central-1.eks.amazonaws.com',
        ca: 'CA',
        command: 'aws',
        cluster: 'payments',
        region: 'eu-central-1',
        profile: 'ops',
        roleArn: 'arn:aws:iam::111122223333:role/ops',
        account: '111122223333',
      },
    ]);
  });

  it('reads what eksctl writes, which names the region in the context alone', () => {
    expect(parseKubeconfig(EKSCTL, 'config')).toMatchObject([
      { command: 'aws-iam-authenticator', cluster: 'payments', region: 'eu-west-1', account: null, isCurrent: false },
    ]);
  });

  it.each(['', 'x', '{', 'contexts: 7', 'contexts: [7, {name: a}]', `${'['.repeat(500)}`, 'a: &a [*a]'])(
    'finds no entry in %j',
    (text) => {
      expect(parseKubeconfig(text, 'config')).toEqual([]);
    },
  );

  it('throws on no text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseKubeconfig(text, 'config');
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('findKubeconfigEntry', () => {
  const entry = (more: Partial<KubeconfigEntry>): KubeconfigEntry => ({
    file: 'config',
    context: 'a',
    isCurrent: false,
    server: null,
    ca: null,
    command: null,
    cluster: 'payments',
    region: 'eu-west-1',
    profile: null,
    roleArn: null,
    account: null,
    ...more,
  });
  const wanted = { cluster: 'payments', region: null, account: null };

  it('takes the current context before others of the cluster', () => {
    const found = findKubeconfigEntry([entry({}), entry({ context: 'b', isCurrent: true })], wanted);

    expect(found?.context).toBe('b');
  });

  it('takes the region that is asked for before the current context', () => {
    const entries = [entry({ isCurrent: true }), entry({ context: 'b', region: 'us-east-1' })];

    expect(findKubeconfigEntry(entries, { ...wanted, region: 'us-east-1' })?.context).toBe('b');
  });

  it('takes one of another region rather than none: the difference is the answer', () => {
    expect(findKubeconfigEntry([entry({})], { ...wanted, region: 'us-east-1' })?.context).toBe('a');
    expect(findKubeconfigEntry([entry({})], { ...wanted, cluster: 'orders' })).toBeNull();
  });
});
