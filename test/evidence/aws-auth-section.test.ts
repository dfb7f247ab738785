import { describe, expect, it } from 'vitest';
import { isSkipped, readAccounts, readRows } from '../../shared/evidence/aws-auth-section.ts';

function listComplaints({ complaints }: { complaints: ReturnType<typeof readRows>['complaints'] }) {
  return complaints.map(({ wording, at }) => [wording.code, wording.message, at]);
}

describe('isSkipped', () => {
  it.each(['', ' \n\t', '""', " ''\n", '``', '\u00a0\u3000', '\u0085'])('passes over %j', (text) => {
    expect(isSkipped(text)).toBe(true);
  });

  it.each(['`', '"', "'", '"" x', '\ufeff', '# x', '[]'])('looks at %j', (text) => {
    expect(isSkipped(text)).toBe(false);
  });
});

describe('readRows', () => {
  it.each([
    ['a: b', 'mapRoles is a set of fields, not a list.', 0],
    [' {"a": 1}', 'mapRoles is a set of fields, not a list.', 1],
    ['text', 'mapRoles is a text, not a list.', 0],
    ['- {{x}}', 'mapRoles is no YAML that the authenticator can read: invalid map key: a map or a list.', 3],
    ['- a: .nan', 'mapRoles is no YAML that the authenticator can read: json: unsupported value: .nan.', 5],
    ['- a: *x', "mapRoles is no YAML that the authenticator can read: unknown anchor 'x' referenced.", 5],
    ['- "a', 'mapRoles is no YAML that the authenticator can read: found unexpected end of stream.', 2],
  ])('loses the section of %j', (text, message, at) => {
    const read = readRows('mapRoles', text);

    expect([read.isLost, read.drafts]).toEqual([true, []]);
    expect(listComplaints(read)).toEqual([['section-lost', message, at]]);
  });

  it.each([
    ['- username: {{SessionName}}', /double quotes/],
    ['-\trolearn: x', /spaces/],
    ['-\u00a0rolearn: x\nb', /no ordinary space/],
    ['- a: b: c', /only the first mistake/],
  ])('knows how to mend %j', (text, mend) => {
    expect(readRows('mapRoles', text).complaints[0]?.wording.mend).toMatch(mend);
  });

  it.each([
    ['  - a: b\n- c: d\n', 9],
    ['- a: b\n---\n# note\n- c: d\n', 18],
    ['- a: b\n...\n x', 12],
    ['---\n---\n- a: b\n', 8],
  ])('says that the rest of %j is not read', (text, at) => {
    const read = readRows('mapRoles', text);

    expect(read.isLost).toBe(false);
    expect(listComplaints(read).map(([code, , offset]) => [code, offset])).toEqual([['section-lost', at]]);
  });

  it.each(['# nobody', '~', '---\n', '- a: b\n---\n# note\n', '- a: b\n...\n'])('is content with %j', (text) => {
    expect(readRows('mapUsers', text).complaints).toEqual([]);
  });
});

describe('readAccounts', () => {
  it('keeps numbers as they are written', () => {
    const { accounts, complaints } = readAccounts('- "111122223333"\n- 444455556666\n- 000000000012\n');

    expect(accounts.map(({ text, start }) => [text, start])).toEqual([
      ['111122223333', 2],
      ['444455556666', 19],
      ['000000000012', 34],
    ]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['- 1111-2222-3333', 'arn-malformed', '"1111-2222-3333" is no account id: those have 12 digits.'],
    ['- [a]', 'row-invalid', 'This item of mapAccounts is a list, not an account id.'],
    ['- a: b', 'row-invalid', 'This item of mapAccounts is a set of fields, not an account id.'],
    ['-', 'row-invalid', 'This item of mapAccounts is nothing, not an account id.'],
    ['111122223333', 'section-lost', 'mapAccounts is a number, not a list.'],
    ['a: b', 'section-lost', 'mapAccounts is a set of fields, not a list.'],
  ])('complains of %j', (text, code, message) => {
    expect(listComplaints(readAccounts(text)).map((complaint) => complaint.slice(0, 2))).toEqual([[code, message]]);
  });

  it('keeps what stands before an item that spoils the rest', () => {
    const { accounts, complaints, isLost } = readAccounts('- "111122223333"\n- !!int x\n- "444455556666"\n');

    expect(accounts.map(({ text }) => text)).toEqual(['111122223333']);
    expect([isLost, complaints.length]).toEqual([false, 1]);
  });

  it('loses all when the first item spoils the rest', () => {
    expect(readAccounts('- !!int x\n- "444455556666"\n')).toMatchObject({ accounts: [], isLost: true });
  });
});
