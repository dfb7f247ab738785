import { describe, expect, test } from 'vitest';
import {
  isBroad,
  isUncharted,
  isWholeAdmin,
  isWideScope,
  readsSecrets,
  wordScope,
} from '../../shared/rules/policy-reach.ts';
import { CLUSTER, held, namespaces } from '../support/grants.ts';

const ADMIN = 'AmazonEKSClusterAdminPolicy';

describe('policies', () => {
  test.each([
    [ADMIN, CLUSTER, 'whole'],
    [ADMIN, namespaces('dev'), 'broad'],
    ['AmazonEKSAdminPolicy', CLUSTER, 'broad'],
    ['AmazonEKSAdminPolicy', namespaces('dev'), 'secrets'],
    ['AmazonEKSAdminViewPolicy', CLUSTER, 'broad'],
    ['AmazonEKSAdminViewPolicy', namespaces('dev'), 'secrets'],
    ['AmazonEKSSecretReaderPolicy', CLUSTER, 'secrets'],
    ['AmazonEKSArgoCDPolicy', namespaces('argocd'), 'secrets'],
    ['AmazonEKSViewPolicy', CLUSTER, 'none'],
    ['AmazonEKSComputePolicy', CLUSTER, 'none'],
    ['AmazonEKSEventPolicy', CLUSTER, 'uncharted'],
    ['NotYetKnown', CLUSTER, 'uncharted'],
  ])('%s, %o, is reported as %s and as nothing else', (name, scope, expected) => {
    const policy = held(name, scope);
    const kinds = [
      ...(isWholeAdmin(policy) ? ['whole'] : []),
      ...(isBroad(policy) ? ['broad'] : []),
      ...(readsSecrets(policy) ? ['secrets'] : []),
      ...(isUncharted(policy) ? ['uncharted'] : []),
    ];

    expect(kinds.length === 0 ? ['none'] : kinds).toEqual([expected]);
  });
});

describe('isWideScope', () => {
  test.each([
    [CLUSTER, true],
    [namespaces('*'), true],
    [namespaces('dev', 'kube-*'), true],
    [namespaces('def*'), true],
    [namespaces('dev', 'default-2'), false],
    [namespaces(), false],
  ])('of %o is %s', (scope, expected) => {
    expect(isWideScope(scope)).toBe(expected);
  });
});

describe('wordScope', () => {
  test.each([
    [CLUSTER, 'at cluster scope'],
    [namespaces('dev'), 'in namespace dev'],
    [namespaces('a', 'b', 'c', 'd', 'e'), 'in namespaces a, b, c and 2 more'],
  ])('of %o is "%s"', (scope, expected) => {
    expect(wordScope(scope)).toBe(expected);
  });
});
