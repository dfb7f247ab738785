import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../shared/findings/fingerprint.ts';

const fact = {
  detection: 'anonymous-binding',
  clusterArn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
  life: '2026-03-02T09:15:00Z',
  subject: 'binding:ClusterRoleBinding/-/open',
} as const;

describe('fingerprintOf', () => {
  test('never changes for the same fact', () => {
    expect(fingerprintOf(fact)).toBe('5c2ac4238564fb7e410409b95019d33d');
  });

  test.each([
    ['detection', { detection: 'anonymous-binding-dormant' }],
    ['cluster', { clusterArn: 'arn:aws:eks:us-east-1:111122223333:cluster/payments' }],
    ['life', { life: null }],
    ['subject', { subject: 'binding:RoleBinding/dev/open' }],
  ] as const)('differs with another %s', (_name, more) => {
    expect(fingerprintOf({ ...fact, ...more })).not.toBe(fingerprintOf(fact));
  });
});
