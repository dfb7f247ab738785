import { describe, expect, it } from 'vitest';
import { parseRoles } from '../support/aws-auth.ts';

const ARN = 'rolearn: arn:aws:iam::111122223333:role/payments';

/** Problems of a row with these fields besides its ARN: code, whether access is lost, line, column, message. */
function listProblems(...fields: readonly string[]) {
  const { problems } = parseRoles(`- ${[ARN, ...fields].join('\n  ')}\n`);
  return problems.map(({ code, losesAccess, position, message }) => [
    code,
    losesAccess,
    position.line,
    position.column,
    message,
  ]);
}

describe('groups', () => {
  it.each([
    ['a text', ['groups: system:masters'], ['groups-lost', true, 6, 15, 'groups is a text, not a list.']],
    ['a number', ['groups: 12'], ['groups-lost', true, 6, 15, 'groups is a number, not a list.']],
    ['a mapping', ['groups:', '  a: b'], ['groups-lost', true, 7, 9, 'groups is a set of fields, not a list.']],
    [
      'a misspelt key',
      ['group: [a]'],
      ['groups-lost', true, 6, 7, 'The key "group" is unknown; groups was most likely meant.'],
    ],
    [
      'a number in the list',
      ['groups: [a, 12]'],
      ['groups-lost', true, 6, 19, 'The group "12" is a number, not a text.'],
    ],
    [
      'a mapping in the list',
      ['groups:', '- system: a'],
      ['groups-lost', true, 7, 9, 'The group is a set of fields, not a text.'],
    ],
    [
      'two lists',
      ['groups: [a]', 'groups: [b]'],
      ['groups-lost', true, 6, 7, 'groups is written twice in this row, and this is not the last of them.'],
    ],
    [
      'items folded into one',
      ['groups:', '  - a', '   - b'],
      ['group-suspicious', true, 7, 11, 'Several lines of groups were read as one group, "a - b".'],
    ],
    [
      'a comma',
      ['groups: ["a,b"]'],
      ['group-suspicious', true, 6, 16, 'The group "a,b" holds a comma, or a blank at its end.'],
    ],
    [
      'a blank at the end',
      ['groups: ["a "]'],
      ['group-suspicious', true, 6, 16, 'The group "a " holds a comma, or a blank at its end.'],
    ],
    ['an empty item', ['groups: [a, ""]'], ['group-suspicious', false, 6, 19, 'An item of groups is empty.']],
    ['a null item', ['groups: [a, ~]'], ['group-suspicious', false, 6, 19, 'An item of groups is empty.']],
  ])('complain of %s', (_name, fields, problem) => {
    expect(listProblems('username: x', ...fields)).toEqual([problem]);
  });

  it.each([
    ['blanks inside of a name', ['groups: ["dev ops"]']],
    ['no groups at all', []],
    ['an empty list', ['groups: []']],
    ['templates', ['groups: ["x:{{AccountID}}"]']],
  ])('are content with %s', (_name, fields) => {
    expect(listProblems('username: x', ...fields)).toEqual([]);
  });
});

describe('username', () => {
  it.each([
    ['none', [], ['username-missing', false, 4, 7, 'This row has no username.']],
    ['an empty one', ['username: ""'], ['username-missing', false, 5, 17, 'This row has no username.']],
    ['a number', ['username: 12'], ['username-missing', true, 5, 17, 'username is a number, not a text.']],
    ['a yes', ['username: yes'], ['username-missing', true, 5, 17, 'username is a yes or no, not a text.']],
    [
      'a misspelt key',
      ['user_name: x'],
      ['username-missing', true, 5, 7, 'The key "user_name" is unknown; username was most likely meant.'],
    ],
    [
      'two of them',
      ['username: a', 'username: b'],
      ['username-missing', false, 5, 7, 'username is written twice in this row, and "a" is not the last of them.'],
    ],
  ])('complains of %s', (_name, fields, problem) => {
    expect(listProblems(...fields)).toEqual([problem]);
  });
});

describe('other keys', () => {
  it.each([
    ['a misspelt one', ['username: x', 'usrid: y'], 'A row knows no key "usrid"; userid was most likely meant.'],
    ['a strange one', ['username: x', 'comment: y'], 'A row knows no key "comment".'],
    ['one of every object', ['username: x', '__proto__: y'], 'A row knows no key "__proto__".'],
  ])('are named: %s', (_name, fields, message) => {
    expect(listProblems(...fields)).toEqual([['unknown-key', false, 6, 7, message]]);
  });

  it('may be userid, of whatever type', () => {
    expect(listProblems('username: x', 'userid: 12')).toEqual([]);
  });

  it('say which ARN is lost when a dash is missing', () => {
    const { problems } = parseRoles(`- ${ARN}\n  username: x\n  rolearn: arn:aws:iam::111122223333:role/late\n`);

    expect(problems).toMatchObject([
      { code: 'row-invalid', arn: 'arn:aws:iam::111122223333:role/payments', position: { line: 4, column: 7 } },
    ]);
  });

  it('that differ in case alone set one field, of which the others are lost', () => {
    expect(listProblems('username: x', 'Groups: [a]', 'groups: [b]')).toEqual([
      ['groups-lost', true, 6, 7, 'groups is written twice in this row, and this is not the last of them.'],
    ]);
  });

  it('that are merged in as defaults are not repeated', () => {
    expect(listProblems('<<: {username: base}', 'username: x')).toEqual([]);
  });
});
