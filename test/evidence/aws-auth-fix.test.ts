import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mendAwsAuth } from '../../shared/evidence/aws-auth-fix.ts';
import { configMapJson, configMapYaml, readAwsAuth } from '../support/aws-auth.ts';

const IAM = 'arn:aws:iam::111122223333:';
const GOOD = `- rolearn: ${IAM}role/good # stays\n  username: good\n  groups: ["a"]\n`;

/** A section before and after: in both forms of kubectl, and nothing else in the file may change. */
function expectMended(before: string, after: string, codes: readonly string[]): void {
  for (const wrap of [configMapYaml, configMapJson]) {
    const { text, mended, left } = mendAwsAuth(wrap({ mapRoles: before }), 'aws-auth.yaml');

    expect(text).toBe(wrap({ mapRoles: after }));
    expect(mended.map(({ code }) => code)).toEqual(codes);
    expect(left).toEqual([]);
  }
}

function expectLeft(text: string, codes: readonly string[]): void {
  const result = mendAwsAuth(text, 'aws-auth.yaml');

  expect(result.text).toBe(text);
  expect(result.mended).toEqual([]);
  expect(result.left.map(({ code }) => code)).toEqual(codes);
}

describe('mendAwsAuth', () => {
  it.each([
    ['a path', 'role/team/a/payments', 'role/payments'],
    [
      'the path of an SSO role',
      'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0123456789abcdef',
      'role/AWSReservedSSO_A_0123456789abcdef',
    ],
    [
      'the path of an SSO role with its region',
      'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_A_0123456789abcdef',
      'role/AWSReservedSSO_A_0123456789abcdef',
    ],
  ])('takes out %s', (_name, before, after) => {
    const row = (arn: string) =>
      `# top\n${GOOD}- username: x\n  rolearn:  "${IAM}${arn}"   # why\n\n${GOOD.replaceAll('good', 'last')}`;

    expectMended(row(before), row(after), ['arn-path']);
  });

  it('turns a session into its role', () => {
    const row = (arn: string) => `- rolearn: ${arn}\n  username: x\n${GOOD}`;

    expectMended(row('arn:aws:sts::111122223333:assumed-role/Admin/alice'), row(`${IAM}role/Admin`), [
      'arn-assumed-role',
    ]);
  });

  it.each([
    ['system:masters', '["system:masters"]'],
    ['"system:masters"', '["system:masters"]'],
    ["'system:masters'  # why", "['system:masters']  # why"],
  ])('makes a list of groups: %s', (before, after) => {
    const row = (groups: string) => `- rolearn: ${IAM}role/x\n  groups: ${groups}\n  username: x\n${GOOD}`;

    expectMended(row(before), row(after), ['groups-lost']);
  });

  it('parts groups that were folded into one', () => {
    const row = (indent: string) =>
      `- rolearn: ${IAM}role/x\n  username: x\n  groups:\n    - a\n${indent}- b\n${indent}- c\n`;

    expectMended(row('      '), row('    '), ['group-suspicious']);
  });

  it('quotes templates that lose the section', () => {
    const row = (name: string, group: string) =>
      `${GOOD}- rolearn: ${IAM}role/x\n  username: ${name} # who\n  groups:\n  - ${group}\n`;

    expectMended(row('{{SessionName}}', '{{AccountID}}:x'), row('"{{SessionName}}"', '"{{AccountID}}:x"'), [
      'section-lost',
    ]);
  });

  it.each([
    ['behind a dash', `-\trolearn: ${IAM}role/x\n  username: x\n`, `- rolearn: ${IAM}role/x\n  username: x\n`],
    [
      'in front of a key',
      `- rolearn: ${IAM}role/x\n\tusername: x\n  groups: []\n`,
      `- rolearn: ${IAM}role/x\n  username: x\n  groups: []\n`,
    ],
    [
      'in front of items',
      `- rolearn: ${IAM}role/x\n  username: x\n  groups:\n\t- a\n\t- b\n`,
      `- rolearn: ${IAM}role/x\n  username: x\n  groups:\n  - a\n  - b\n`,
    ],
    [
      'in front of everything',
      `-\trolearn: ${IAM}role/x\n\tusername: x\n\tgroups:\n\t\t- a\n`,
      `- rolearn: ${IAM}role/x\n  username: x\n  groups:\n    - a\n`,
    ],
  ])('makes blanks of tabs %s', (_name, before, after) => {
    const { text, mended, left } = mendAwsAuth(configMapYaml({ mapRoles: before }), 'f');

    expect(text).toBe(configMapYaml({ mapRoles: after }));
    expect([mended.map(({ code }) => code), left]).toEqual([['section-lost'], []]);
  });

  it('renames keys in the wrong case, then mends what stands below them', () => {
    const before = configMapYaml({ maproles: GOOD.replace('role/', 'role/p/'), MAPUSERS: '- userarn: x\n' });
    const { text, mended, left } = mendAwsAuth(before, 'f');

    expect(text).toBe(configMapYaml({ mapRoles: GOOD, mapUsers: '- userarn: x\n' }));
    expect(mended.map(({ code, position }) => [code, position.line])).toEqual([
      ['key-case', 3],
      ['key-case', 7],
      ['arn-path', 4],
    ]);
    expect(left.map(({ code }) => code)).toEqual(['username-missing', 'arn-malformed']);
  });

  it('takes out a row that a later one repeats, and leaves what stands between', () => {
    const before = configMapYaml({ mapRoles: `# one\n${GOOD}# two\n\n- username: z\n  rolearn: z\n# three\n${GOOD}` });
    const { text, mended, left } = mendAwsAuth(before, 'f');

    expect(text).toBe(configMapYaml({ mapRoles: `# one\n# two\n\n- username: z\n  rolearn: z\n# three\n${GOOD}` }));
    expect([mended, left].map((list) => list.map(({ code }) => code))).toEqual([['duplicate-arn'], ['arn-malformed']]);
  });

  it.each([
    ['rows of one ARN that grant otherwise', `${GOOD}${GOOD.replace('"a"', '"b"')}`, ['duplicate-arn']],
    ['a wildcard', `- rolearn: ${IAM}role/*\n  username: x\n`, ['arn-malformed']],
    ['groups with a comma', `- rolearn: ${IAM}role/x\n  username: x\n  groups: a, b\n`, ['groups-lost']],
    ['a misspelt key', `- rolearn: ${IAM}role/x\n  username: x\n  group: [a]\n`, ['groups-lost']],
    ['a broken quote', `- rolearn: "${IAM}role/x\n  username: {{x}}\n`, ['section-lost']],
    [
      'a tab that may mean two things',
      `- rolearn: ${IAM}role/x\n  groups:\n    - a\n\t- b\n  username: x\n`,
      ['section-lost'],
    ],
    ['an ARN behind an alias', `- &r {username: x, rolearn: ${IAM}role/x}\n- rolearn: *r\n`, ['row-invalid']],
    [
      'two folded groups on one line',
      `- rolearn: ${IAM}role/x\n  username: x\n  groups:\n  - a - b\n`,
      ['group-suspicious'],
    ],
  ])('leaves to people: %s', (_name, mapRoles, codes) => {
    expectLeft(configMapYaml({ mapRoles }), codes);
  });

  it('mends once what two rows share by an alias', () => {
    const row = (arn: string, groups: string) => `- &r {rolearn: ${IAM}${arn}, groups: ${groups}, username: x}\n- *r\n`;
    const { text, mended } = mendAwsAuth(configMapYaml({ mapRoles: row('role/p/x', 'a') }), 'f');

    expect(text).toBe(configMapYaml({ mapRoles: row('role/x', '["a"]') }));
    expect(mended.map(({ code }) => code).sort()).toEqual(['arn-path', 'arn-path', 'groups-lost', 'groups-lost']);
  });

  it('leaves two keys alone that would become one', () => {
    expectLeft(configMapYaml({ maproles: GOOD, MAPROLES: GOOD }), ['key-case', 'key-case']);
  });

  it('leaves a repeated row of a JSON file, whose lines are none', () => {
    expectLeft(configMapJson({ mapRoles: GOOD + GOOD }), ['duplicate-arn']);
  });

  it('leaves what is no ConfigMap, and says so', () => {
    expectLeft('kind: Secret\n', ['not-a-config-map']);
  });
});

/** Rows that are mended, rows that are left, and rows that are good, each with its mended form. */
const ROWS: readonly (readonly [before: string, after: string])[] = [
  ...['role/p/', 'role/a/b/'].map(
    (path) =>
      [
        `- rolearn: ${IAM}${path}N\n  username: x{{SessionName}}\n`,
        `- rolearn: ${IAM}role/N\n  username: x{{SessionName}}\n`,
      ] as const,
  ),
  [
    '- rolearn: arn:aws:sts::111122223333:assumed-role/N/alice\n  username: x\n',
    `- rolearn: ${IAM}role/N\n  username: x\n`,
  ],
  [
    `- groups: system:masters\n  rolearn: ${IAM}role/N\n  username: x # y\n`,
    `- groups: ["system:masters"]\n  rolearn: ${IAM}role/N\n  username: x # y\n`,
  ],
  [
    `- rolearn: ${IAM}role/N\n  username: x\n  groups:\n  - a\n   - b\n`,
    `- rolearn: ${IAM}role/N\n  username: x\n  groups:\n  - a\n  - b\n`,
  ],
  ...[
    `- rolearn: ${IAM}role/N\n  username: x\n  groups: [a, "b"]\n`,
    `- {rolearn: ${IAM}role/N, username: x}\n`,
    `- rolearn: >-\n    ${IAM}role/N\n  username: 12\n`,
    `- rolearn: ${IAM}role/*/N\n  username: x\n`,
    '- N\n',
    `- username: x\n  role: ${IAM}role/N\n`,
    '# N\n',
    '\n',
  ].map((row) => [row, row] as const),
];

describe('every byte outside of what is mended', () => {
  const rows = fc.array(fc.constantFrom(...ROWS), { maxLength: 12 });
  const numbered = (parts: readonly string[]) => parts.map((part, index) => part.replaceAll('N', `n${index}`)).join('');

  it.each([
    ['YAML', configMapYaml],
    ['JSON', configMapJson],
  ])('stays, and mending again changes nothing, in %s', (_name, wrap) => {
    fc.assert(
      fc.property(rows, (parts) => {
        const before = wrap({ mapRoles: numbered(parts.map(([row]) => row)), mapAccounts: '- 12\n' });
        const after = wrap({ mapRoles: numbered(parts.map(([, row]) => row)), mapAccounts: '- 12\n' });
        const { text, mended, left } = mendAwsAuth(before, 'f');

        expect(text).toBe(after);
        expect(mendAwsAuth(text, 'f')).toEqual({ text, mended: [], left });
        expect(readAwsAuth(text).problems).toEqual(left);
        expect(mended).toHaveLength(parts.filter(([row, other]) => row !== other).length);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('stays when nothing is mended, whatever the bytes', () => {
    const piece = fc.constantFrom(
      ...[`- rolearn: ${IAM}role/a/b\n`, `  username: {{x}}\n`, '  groups: a\n', '  groups:\n  - a\n   - b\n', GOOD],
      ...['\t', '- ', '  ', '\n', '"', "'", '{', '}', '&a ', '*a', '|', '\r\n', '#', '---\n', '\ufeff', 'x'],
    );
    const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const files = fc.tuple(
      texts,
      fc.constantFrom(configMapYaml, configMapJson, ({ mapRoles = '' }) => mapRoles),
    );
    fc.assert(
      fc.property(files, ([mapRoles, wrap]) => {
        const before = wrap({ mapRoles });
        const { text, mended, left } = mendAwsAuth(before, 'f');

        if (mended.length === 0) expect(text).toBe(before);
        expect(mendAwsAuth(text, 'f')).toEqual({ text, mended: [], left });
      }),
      { numRuns: 120, seed: 11 },
    );
  });
});
