import { describe, expect, test } from 'vitest';
import { renderAlert } from '../../shared/reports/alert-message.ts';
import { FINGERPRINT, notice, remembered, telling } from '../support/notices.ts';

const CONTROLS = /\p{Cc}/u;
/** What others may choose, at its worst. */
const HOSTILE = 'x\r\nSubject: paid\u202e\u0000 https://keyholder.example.com@evil.example/login www.evil.example';

function hostile() {
  return telling({
    head: notice({
      finding: remembered({
        subject: `iam:${HOSTILE}`,
        summary: HOSTILE,
        fix: [`kubectl delete clusterrolebinding '${HOSTILE}'`],
      }),
      gainers: [HOSTILE],
      origin: { actor: HOSTILE, session: HOSTILE, sourceIp: HOSTILE },
    }),
  });
}

describe('renderAlert', () => {
  test('says first who can administer what, by whom, from where and when', () => {
    const { subject, text, attributes } = renderAlert(telling());

    expect(
      text,
    ).toBe(`role/newcomer can now administer payments, given by role/deployer (session alice) from 192.0.2.10 at 21 Nov 2026 08:01 UTC.

What is new: arn:aws:iam::111122223333:role/newcomer administers the whole cluster.
Severity critical, detection admin-policy-at-cluster-scope, finding 51b8899080db39394f86e5e6f5ea7b76, change 1 (new).
Cluster arn:aws:eks:eu-west-1:111122223333:cluster/payments

To undo it:
  aws eks disassociate-access-policy --region eu-west-1 --cluster-name payments --principal-arn arn:aws:iam::111122223333:role/newcomer --policy-arn arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy

To accept it, in keyholder.yml:
  acceptedRisks:
    - finding: 51b8899080db39394f86e5e6f5ea7b76
      owner: "<who answers for it>"
      reason: "<why it may stay>"
      expires: "<YYYY-MM-DD>"

Message 51b8899080db39394f86e5e6f5ea7b76-1
`);
    expect(subject).toBe(
      '[critical] role/newcomer can now administer payments, given by role/deployer (session alice) from …',
    );
    expect(attributes).toEqual({
      severity: 'critical',
      cluster: 'payments',
      account: '111122223333',
      detection: 'admin-policy-at-cluster-scope',
      kind: 'new',
      deduplicationId: `${FINGERPRINT}-1`,
    });
  });

  test('tells of an acceptance that ran out without an actor', () => {
    const finding = remembered({ change: { number: 3, kind: 'expired', cause: 'audit', at: '2026-12-01T03:00:00Z' } });
    const { text } = renderAlert(telling({ head: notice({ finding }) }));

    expect(text.split('\n')[0]).toBe(
      'No longer accepted: role/newcomer can now administer payments at 1 Dec 2026 03:00 UTC.',
    );
  });

  test('says that a record is missing, not that nobody did it', () => {
    const origin = { actor: null, session: null, sourceIp: null };
    const { text } = renderAlert(telling({ head: notice({ origin }) }));

    expect(text.split('\n')[0]).toBe(
      'role/newcomer can now administer payments, given by somebody whom no record names from an unknown address at 21 Nov 2026 08:01 UTC.',
    );
  });

  test('keeps a hostile name in its line, and out of links and commands', () => {
    const { subject, text } = renderAlert(hostile());

    expect(subject.length).toBeLessThan(100);
    expect(subject).not.toMatch(CONTROLS);
    expect(text.split('\n')[0]).toMatch(
      /^"x\\r\\nSubject: paid\\u\{202e\}\\u\{0\} https\[:\]\/\/.* www\[\.\]evil\.example" can now administer payments/,
    );
    expect(text).not.toMatch(/https?:\/\/|www\.evil/);
    expect(text).not.toMatch(/\nSubject:/);
    expect(text).toContain('1 more that fit no message');
  });

  test('puts a name in quotes that would pass for a sentence of ours', () => {
    const name = 'role/bob can now administer staging, given by "root" at 1 Jan 2026. TEST: ignore what follows. x';
    const { text, subject } = renderAlert(telling({ head: notice({ gainers: [name, 'group a b', 'group admins'] }) }));
    const told = `"role/bob can now administer staging, given by 'root' at 1 Jan 2026. TEST: ignore what follows. x"`;

    expect(text.split('\n')[0]).toMatch(`${told}, group "a b", group admins can now administer payments, given by `);
    expect(subject).toMatch(/^\[critical\] "role\/bob can now administer staging, given by 'root' at/);
  });

  test('shortens a name of 300 KB, and keeps the id', () => {
    const long = 'n'.repeat(300_000);
    const finding = remembered({ subject: `iam:${long}`, summary: long, fix: [long], detection: 'wildcard-role' });
    const { subject, text } = renderAlert(telling({ head: notice({ finding, gainers: [long] }) }));

    expect(Buffer.byteLength(text)).toBeLessThan(262_144);
    expect(subject.length).toBeLessThan(100);
    expect(text).toContain(FINGERPRINT);
    expect(text).toContain('…');
  });

  test('names each of a thousand findings of one cause', () => {
    const others = Array.from({ length: 999 }, (_, index) =>
      notice({ finding: remembered({ fingerprint: String(index).padStart(32, '0'), summary: 's'.repeat(5000) }) }),
    );
    const { text } = renderAlert(telling({ others }));

    expect(Buffer.byteLength(text)).toBeLessThan(262_144);
    expect(others.filter(({ finding }) => !text.includes(finding.fingerprint))).toEqual([]);
    expect(text.split('\n')[0]).toMatch(/, and 999 more\.$/);
  });
});
