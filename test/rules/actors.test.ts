import { describe, expect, test } from 'vitest';
import { isControlPlane, isKubelet, isOutsider, nameActor } from '../../shared/rules/actors.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { accessEntry, cluster, facts, mapping } from '../support/facts.ts';
import { actor, auditEvent } from '../support/records.ts';

const WESLEY = 'arn:aws:iam::999988887777:role/AWSWesleyClusterManagerLambda-Example';
const LINKED = 'arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonEKS';
const by = (username: string, principalArn: string | null, groups: readonly string[] = []) =>
  auditEvent({
    user: { username, uid: null, groups },
    actor: actor({ kind: principalArn === null ? 'kubernetes-user' : 'role', name: username, principalArn }),
  });

describe('nameActor', () => {
  test('prefers the ARN, which nobody chooses, and never gives an empty name', () => {
    expect(nameActor(actor())).toBe('arn:aws:iam::111122223333:role/platform-admin');
    expect(nameActor(actor({ principalArn: null, name: 'alice' }))).toBe('alice');
    expect(nameActor(actor({ principalArn: null, name: '' }))).toBe('a caller without a name');
  });
});

describe('isControlPlane', () => {
  test.each([
    ['the API server', by('system:apiserver', null)],
    ['a controller', by('system:serviceaccount:kube-system:generic-garbage-collector', null)],
    ['EKS without an ARN', by('eks:node-manager', null)],
    ['EKS with a role of AWS', by('eks:node-manager', WESLEY)],
    ['EKS with its service-linked role', by('eks:addon-manager', LINKED)],
    ['the event service', by('eks-event-service:event-controller', null)],
  ])('believes %s', (_, event) => {
    expect(isControlPlane(event, null)).toBe(true);
    expect(isControlPlane(event, facts())).toBe(true);
  });

  test.each([
    ['the API server with an ARN', by('system:apiserver', 'arn:aws:iam::111122223333:role/dev')],
    ['EKS with a role of a customer', by('eks:node-manager', 'arn:aws:iam::111122223333:role/dev')],
    ['another controller of kube-system', by('system:serviceaccount:kube-system:deployer', null)],
    ['a name that only begins like one of EKS', by('eksctl', null)],
  ])('does not believe %s', (_, event) => {
    expect(isControlPlane(event, null)).toBe(false);
  });

  test('does not believe a role of the cluster account, whatever it is called', () => {
    const own = WESLEY.replace('999988887777', '111122223333');

    expect(isControlPlane(by('eks:node-manager', own), facts())).toBe(false);
  });

  test('does not believe a principal that the customer has mapped himself', () => {
    const mapped = facts({ mappings: [mapping({ principal: parsePrincipal(WESLEY), via: 'aws-auth' })] });

    expect(isControlPlane(by('eks:node-manager', WESLEY), mapped)).toBe(false);
  });

  test('believes the entry that EKS makes for its service-linked role', () => {
    const principal = parsePrincipal(
      'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS',
    );
    const mapped = facts({
      cluster: cluster(),
      mappings: [mapping({ principal, entry: accessEntry({ principal, username: 'eks:addon-manager' }) })],
    });

    expect(isControlPlane(by('eks:addon-manager', LINKED), mapped)).toBe(true);
  });
});

describe('isKubelet', () => {
  test('asks for the group as well as the name', () => {
    expect(isKubelet(by('system:node:ip-10-0-0-1', null, ['system:nodes']))).toBe(true);
    expect(isKubelet(by('system:node:ip-10-0-0-1', null, ['system:authenticated']))).toBe(false);
    expect(isKubelet(by('alice', null, ['system:nodes']))).toBe(false);
  });
});

describe('isOutsider', () => {
  test.each([
    ['a role', by('platform-admin', 'arn:aws:iam::111122223333:role/platform-admin'), true],
    ['an OIDC user', by('oidc:alice', null), true],
    ['a name of Kubernetes without an ARN', by('system:kube-proxy', null), false],
    ['a name of Kubernetes with an ARN', by('system:kube-proxy', 'arn:aws:iam::111122223333:role/dev'), true],
    ['a node', by('system:node:x', 'arn:aws:iam::111122223333:role/nodes', ['system:nodes']), false],
    ['a service account', { ...by('x', null), actor: actor({ kind: 'service-account' }) }, false],
  ])('judges %s', (_, event, expected) => {
    expect(isOutsider(event, null)).toBe(expected);
  });
});
