import { describe, expect, test } from 'vitest';
import { renderDigest } from '../../shared/reports/digest.ts';
import { tellRenewal } from '../../shared/reports/renewal-lines.ts';
import { report } from '../support/report.ts';

const WHOLE = { renewed: 312, left: 0, unread: 0, reasons: [] };

describe('tellRenewal', () => {
  test('says nothing where Security Hub holds what it should, or there is none', () => {
    expect([tellRenewal(WHOLE), tellRenewal(null)]).toEqual([[], []]);
  });

  test('counts what was not taken and what could not be read, with the reason', () => {
    const renewal = { renewed: 309, left: 3, unread: 1, reasons: ['securityhub:BatchImportFindings: denied'] };

    expect(tellRenewal(renewal)).toEqual([
      '',
      'Security Hub, which forgets after 90 days, was not told again of:',
      '- 3 of 312 standing findings whose turn it was',
      '- those of 1 cluster or account that could not be read',
      '- reason: securityhub:BatchImportFindings: denied',
    ]);
  });

  test('says the reason alone where nobody knows what was left', () => {
    const reasons = ['clusters that were not audited: dynamodb:Query on table keyholder: denied'];

    expect(tellRenewal({ ...WHOLE, reasons })).toEqual([
      '',
      'Security Hub, which forgets after 90 days, was not told again of:',
      '- reason: clusters that were not audited: dynamodb:Query on table keyholder: denied',
    ]);
  });

  test('keeps a hostile or endless reason in its line, and names few of many', () => {
    const reasons = ['a\nSubject: paid\u202e', 'x'.repeat(5000), 'third', 'fourth'];
    const lines = tellRenewal({ ...WHOLE, left: 1, reasons });

    expect(lines.slice(3)).toEqual([
      '- reason: a\\nSubject: paid\\u{202e}',
      `- reason: ${'x'.repeat(299)}…`,
      '- reason: third',
      '- and 1 reason more',
    ]);
  });

  test('stands in the digest of the night, and not in its subject', () => {
    const renewal = { ...WHOLE, left: 3 };
    const { subject, text } = renderDigest(report(), null, { renewal });

    expect(subject).toBe('Keyholder: nothing open above info in 1 cluster');
    expect(text).toContain(
      '\n\nSecurity Hub, which forgets after 90 days, was not told again of:\n- 3 of 315 standing',
    );
  });
});
