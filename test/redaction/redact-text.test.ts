import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../shared/redaction/redact-text.ts';
import { VOCABULARY } from '../../shared/redaction/vocabulary.ts';

const { redact } = createRedactor({ seed: 'seed of the tests' });

/** A name that nobody but its owner knows, as others would write it. */
const NAME = fc
  .stringMatching(/^[a-z][a-z0-9]{5,14}$/)
  .filter((name) => !VOCABULARY.has(name) && !/^[0-9a-f]+$/.test(name) && !/^v\d/.test(name));

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}

const WRITTEN = {
  plain: (name: string) => name,
  capital: (name: string) => name.toUpperCase(),
  'in an ARN': (name: string) => `arn:aws:iam::111122223333:role/${name}/x`,
  'URL-encoded': (name: string) => `role%2F${name}%2Fx`,
  'with encoded letters': (name: string) => [...name].map((letter) => `%${hexOf(letter).slice(2)}`).join(''),
  'in JSON escapes': (name: string) => JSON.stringify({ a: `x\n${name}\ty` }),
  'in JSON inside of JSON': (name: string) => JSON.stringify(JSON.stringify({ a: `\n${name}` })),
  'with escaped letters': (name: string) => [...name].map((letter) => `\\u${hexOf(letter)}`).join(''),
  'in an e-mail address': (name: string) => `${name}@${name}.example`,
  'as a field of a log line': (name: string) => `time="2026-11-01T05:00:00Z" ${name}="${name}"`,
  'with the prefix of AWS': (name: string) => `role/AmazonEKS${name} AWS${name} eks.${name}`,
  'behind system:serviceaccount': (name: string) => `system:serviceaccount:${name}:${name}`,
} as const;

describe('redact', () => {
  test.each(Object.entries(WRITTEN))('leaves nothing of a name %s', (_how, write) => {
    fc.assert(
      fc.property(NAME, (name) => {
        expect(redact(write(name)).toLowerCase()).not.toContain(name);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test.each([
    ['ирина', encodeURIComponent('ирина')],
    ['josé', encodeURIComponent('josé')],
    ['山田', encodeURIComponent('山田')],
    ['𝒶𝓁𝒾', String.raw`\ud835\udcb6\ud835\udcc1\ud835\udcbe`],
    ['jose\u0301', String.raw`jose\u0301`],
  ])('replaces %s by the same word where its letters are escaped', (name, written) => {
    expect(redact(written)).toBe(redact(name));
    expect(redact(name)).toMatch(/^[a-z]{8}$/);
  });

  test('leaves nothing of what looks like a secret', () => {
    const secrets = [
      'AKIAIOSFODNN7EXAMPLE',
      'AROAEXAMPLEID0000001',
      '111122223333',
      '198.51.100.23',
      'ip-10-11-12-13',
      '2001:db8:1:2:3:4:5:6',
      '1f0e2d3c-4b5a-4678-9abc-def012345678',
      'aHR0cHM6Ly9zdHMuZXhhbXBsZQ',
      'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzIn0.c2lnbmF0dXJl',
      'wJalrXUtnFEMI',
      'alice@corp.example',
    ];

    for (const secret of secrets) {
      for (const part of secret.split(/[.@]/).filter((piece) => piece.length > 5)) {
        expect(redact(`x="${secret}" y`)).not.toContain(part);
      }
      expect(redact(`x="${secret}" y`)).not.toContain(secret);
    }
  });

  test.each([
    '{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"create"}',
    'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    'arn:aws:iam::aws:policy/PowerUserAccess',
    'arn:aws:eks::aws:cluster-access-policy/AmazonEKSPolicyOfTomorrow',
    'role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS',
    'system:masters system:anonymous system:node-proxier eks:node-manager',
    'eu-central-1 us-gov-west-1 0.0.0.0/0 ::/0 127.0.0.1',
    'time="2026-11-01T05:00:00.123456789Z" level=info',
    '"timestamp":1763690400000,"Version":"2012-10-17","version":"1.31"',
    'system:node:{{EC2PrivateDNSName}}',
    '\\"groups\\":[\\n\\"system:masters\\"]',
  ])('keeps what is of AWS or Kubernetes: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('replaces a word by the same one wherever it stands, whatever its case', () => {
    const [role, again] = redact('role/team-Treasury and ROLE/TEAM-TREASURY').split(' and ');

    expect(role?.toLowerCase()).toBe(again?.toLowerCase());
    expect(role).not.toBe(again);
  });

  test('gives each name its own, and every seed others', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `zq${index.toString(36)}x`);
    const shown = redact(names.join(' ')).split(' ');

    expect(new Set(shown).size).toBe(5000);
    expect(createRedactor({ seed: 'another' }).redact('treasury')).not.toBe(redact('treasury'));
  });

  test('keeps the shape of ids, numbers and addresses', () => {
    expect(redact('AROAEXAMPLEID0000001')).toMatch(/^AROA[A-Z2-7]{16}$/);
    expect(redact('111122223333')).toMatch(/^[1-9]\d{11}$/);
    expect(redact('10.1.2.0/24')).toMatch(/^10\.\d+\.\d+\.0\/24$/);
    expect(redact('203.0.113.7/32')).toMatch(/^2(?:4\d|5[0-4])\.\d+\.\d+\.\d+\/32$/);
    expect(redact('AWSReservedSSO_Treasury_0a1b2c3d4e5f6a7b')).toMatch(/^AWSReservedSSO_[A-Z][a-z]{7}_[0-9a-f]{16}$/);
  });
});
