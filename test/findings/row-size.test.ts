import { describe, expect, test } from 'vitest';
import { cutFinding, cutGrant, sizeOf } from '../../shared/findings/row-size.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { RememberedGrant } from '../../shared/model/remembered.ts';

const LONG = '\u0000ü'.repeat(150_000);
const ref = { source: 'rbac', id: LONG, at: null, file: LONG, line: 1 } as const;

const finding: Finding = {
  fingerprint: 'f',
  detection: 'wildcard-role',
  cluster: null,
  severity: 'high',
  subject: `user:${LONG}`,
  summary: LONG,
  status: 'open',
  firstSeenAt: '2026-11-20T10:00:00Z',
  lastSeenAt: '2026-11-20T10:00:00Z',
  actor: LONG,
  at: null,
  fix: Array.from({ length: 500 }, () => LONG),
  evidence: Array.from({ length: 500 }, () => ref),
  acceptance: { owner: LONG, reason: LONG, expires: null, isInForce: true },
};

const grant: RememberedGrant = {
  holder: { kind: 'kubernetes-user', name: LONG },
  principalArn: `arn:aws:iam::111122223333:role/${LONG}`,
  via: 'rbac',
  detail: LONG,
  steps: Array.from({ length: 50 }, () => ({ kind: 'group', name: LONG })),
  scope: 'cluster',
  level: 'cluster-admin',
  reason: LONG,
  evidence: [ref],
  from: '2026-11-20T10:00:00Z',
  isFromKnown: true,
  until: null,
  grantedBy: LONG,
};

describe('cutFinding', () => {
  test('makes it fit, says how long each text was and how many commands there were', () => {
    const cut = cutFinding(finding);
    expect(sizeOf(cut)).toBeLessThanOrEqual(90_000);
    expect(cut.subject).toMatch(/^user:.*… \(300005 characters\)$/su);
    expect(cut.summary).toMatch(/… \(300000 characters\)$/u);
    expect(cut.fix.at(-1)).toBe('# and 480 more');
    // Half a command is another command.
    expect(cut.fix[0]).toBe('# left out: a command of 300000 characters, which an audit prints');
  });

  test('changes nothing a second time, and nothing that fits', () => {
    const cut = cutFinding(finding);
    expect(cutFinding(cut)).toBe(cut);
    const small = {
      ...finding,
      subject: 'cluster',
      summary: '',
      actor: null,
      fix: [],
      evidence: [],
      acceptance: null,
    } as const;
    expect(cutFinding(small)).toBe(small);
  });
});

describe('cutGrant', () => {
  test('makes it fit, and says how long each text was', () => {
    const cut = cutGrant(grant);
    expect(sizeOf(cut)).toBeLessThanOrEqual(90_000);
    expect(cut.holder.name).toMatch(/… \(300000 characters\)$/u);
    expect(cut.steps).toHaveLength(20);
    expect(cutGrant(cut)).toBe(cut);
  });
});
