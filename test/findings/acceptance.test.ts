import { describe, expect, test } from 'vitest';
import { listAcceptances } from '../../shared/findings/acceptance.ts';
import { facts, NOW } from '../support/facts.ts';
import { finding } from '../support/report.ts';

const risk = (fingerprint: string, expires: string) => ({
  finding: fingerprint,
  owner: 'alice',
  reason: 'migration until spring',
  expires,
  line: 3,
});

describe('listAcceptances', () => {
  test.each([
    ['in-force', 'a1', '2027-01-01T00:00:00Z'],
    ['expired', 'a1', '2026-11-01T00:00:00Z'],
    ['unmatched', 'b2', '2027-01-01T00:00:00Z'],
  ] as const)('says that an acceptance is %s', (status, fingerprint, expires) => {
    const config = { ...facts().config, acceptedRisks: [risk(fingerprint, expires)] };

    const [acceptance] = listAcceptances(config, [finding({ fingerprint: 'a1' })], NOW);

    expect(acceptance?.status).toBe(status);
  });
});
