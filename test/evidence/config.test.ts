import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig, resolveConfig } from '../../shared/evidence/config.ts';

const PRINT = '0123456789abcdef0123456789abcdef';

function refusals(text: string): readonly string[] {
  return parseConfig(text).problems.map(({ line, column, key, message }) => `${line}:${column} ${key}: ${message}`);
}

describe('parseConfig', () => {
  it('refuses a grantor of IAM without its unique id', () => {
    const text = 'trustedGrantors:\n  - principal: arn:aws:iam::111122223333:role/pipeline\n    subjects: []\n';

    expect(parseConfig(text).problems).toMatchObject([
      { line: 2, key: 'trustedGrantors[0]', message: 'expected the uniqueId of an IAM principal, got a map' },
    ]);
  });

  it('reads every declaration', () => {
    const text = `# who may do what
approvedAdmins:
  - principal: arn:aws:iam::111122223333:role/platform/admins
    clusters: [payments]
    reason: runs the platform
  - principal: system:serviceaccount:argocd:argocd
breakGlass:
  - principal: arn:aws:iam::111122223333:user/fire
trustedGrantors:
  - principal: arn:aws:iam::111122223333:role/pipeline
    uniqueId: AROAEXAMPLEPIPELINE01
    subjects: [system:serviceaccount:apps:deployer]
  - principal: system:serviceaccount:argocd:argocd
    subjects: [group operators]
    clusters: [payments]
temporaryGrants:
  - principal: arn:aws:iam::111122223333:role/contractor
    until: 2026-12-01
    reason: the migration
  - {principal: bob, until: "2026-12-01T18:00:00+01:00", clusters: [payments]}
acceptedRisks:
  - finding: ${PRINT}
    owner: alice
    reason: known until the migration
    expires: 2027-01-31
tags:
  production: {env: [prod, live], tier: [1]}
  required: [owner]
`;

    expect(parseConfig(text)).toEqual({
      problems: [],
      config: {
        approvedAdmins: [
          {
            principal: 'arn:aws:iam::111122223333:role/platform/admins',
            clusters: ['payments'],
            reason: 'runs the platform',
          },
          { principal: 'system:serviceaccount:argocd:argocd', clusters: [], reason: null },
        ],
        breakGlass: [{ principal: 'arn:aws:iam::111122223333:user/fire', clusters: [] }],
        trustedGrantors: [
          {
            principal: 'arn:aws:iam::111122223333:role/pipeline',
            uniqueId: 'AROAEXAMPLEPIPELINE01',
            subjects: ['system:serviceaccount:apps:deployer'],
            clusters: [],
          },
          {
            principal: 'system:serviceaccount:argocd:argocd',
            uniqueId: null,
            subjects: ['group operators'],
            clusters: ['payments'],
          },
        ],
        temporaryGrants: [
          {
            principal: 'arn:aws:iam::111122223333:role/contractor',
            clusters: [],
            until: '2026-12-01T00:00:00Z',
            reason: 'the migration',
          },
          { principal: 'bob', clusters: ['payments'], until: '2026-12-01T17:00:00Z', reason: null },
        ],
        acceptedRisks: [
          {
            finding: PRINT,
            owner: 'alice',
            reason: 'known until the migration',
            expires: '2027-01-31T00:00:00Z',
            line: 22,
          },
        ],
        tags: { production: { env: ['prod', 'live'], tier: ['1'] }, required: ['owner'] },
      },
    });
  });

  it('reads a file with a byte order mark and Windows line ends', () => {
    expect(parseConfig('\uFEFFtags:\r\n  required: [owner]\r\n').config.tags.required).toEqual(['owner']);
  });

  it.each([
    [
      'an expiry in words',
      `acceptedRisks:\n  - finding: ${PRINT}\n    owner: a\n    reason: b\n    expires: soon`,
      '5:14 acceptedRisks[0].expires: expected an ISO date, got "soon"',
    ],
    [
      'a key that is nearly right',
      'approvedAdmin: []',
      '1:1 approvedAdmin: expected one of approvedAdmins, breakGlass, trustedGrantors, temporaryGrants, acceptedRisks, tags, got "approvedAdmin" (did you mean approvedAdmins?)',
    ],
    [
      'a key that is like no other',
      'tags:\n  colour: red',
      '2:3 tags.colour: expected one of production, required, got "colour"',
    ],
    ['a missing key', 'breakGlass:\n  - clusters: [a]', '2:5 breakGlass[0].principal: expected a value, got nothing'],
    [
      'a key without its value',
      'breakGlass:\n  - principal:',
      '2:15 breakGlass[0].principal: expected the ARN of one IAM principal, or a Kubernetes user, got nothing',
    ],
    [
      'a text that YAML takes for a number',
      'approvedAdmins:\n  - principal: 0x10',
      '2:16 approvedAdmins[0].principal: expected the ARN of one IAM principal, or a Kubernetes user, got 0x10, which is text only in quotes',
    ],
    ['a list where a map belongs', 'tags: [owner]', '1:7 tags: expected a map, got a list'],
    [
      'an alias',
      'tags:\n  required: &r [a]\n  production:\n    env: *r',
      '4:10 tags.production.env: expected a list, got the alias *r, which is not followed here',
    ],
    ['a key given twice', 'tags: {}\ntags: {}', '2:1 : expected YAML, got an error in it: Map keys must be unique'],
    [
      'a tab for indentation',
      'tags:\n\trequired: [a]',
      '2:1 : expected YAML, got an error in it: Tabs are not allowed as indentation',
    ],
    ['a second document', 'tags:\n---\ntags:', '2:1 : expected one YAML document, got a second'],
    ['a tag of its own', 'tags: !env x', '1:7 : expected YAML, got an error in it: Unresolved tag: !env'],
    ['a list without end', '['.repeat(10_000), '1:1 : expected YAML of ordinary depth, got deeper nesting'],
  ])('names line, column and key of %s', (_name, text, message) => {
    expect(refusals(text)).toContain(message);
  });

  it('refuses a second acceptance of one finding', () => {
    const risk = `  - {finding: ${PRINT}, owner: a, reason: b, expires: 2027-01-31}\n`;

    expect(refusals(`acceptedRisks:\n${risk}${risk}`)).toEqual([
      '3:5 acceptedRisks[1]: expected one acceptance for a finding (line 2 has it), got a map',
    ]);
  });

  it('follows no alias of a bomb of them', () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      return level === 0 ? 'l0: &l0 [x, x]' : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`;
    });
    const text = `${levels.join('\n')}\ntags: {required: *l29}`;

    expect(refusals(text)).toContain(
      '31:18 tags.required: expected a list, got the alias *l29, which is not followed here',
    );
  });

  it('refuses a file of more than half a megabyte', () => {
    expect(refusals('#'.repeat(524_289))).toEqual(['1:1 : expected at most 524288 characters, got 524289']);
  });

  it('keeps a tag named __proto__ a tag', () => {
    const { production } = parseConfig('tags: {production: {__proto__: [x]}}').config.tags;

    expect(Object.entries(production)).toEqual([['__proto__', ['x']]]);
  });

  it('gives declarations or problems, and never throws, for any text', () => {
    const line = fc.constantFrom(
      'tags:',
      '  required: [a]',
      '- {',
      '}',
      '  - principal: x',
      'acceptedRisks:',
      '? [',
      '&a',
      '*a',
      '"',
      '\t',
      '---',
      '%YAML 1.1',
      '  env: |',
      '!!map',
    );
    const text = fc.oneof(
      fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
      fc.string({ unit: 'binary' }),
    );

    fc.assert(
      fc.property(text, (content) => {
        for (const { line: at, message } of parseConfig(content).problems) {
          expect([at > 0, message.startsWith('expected ')]).toEqual([true, true]);
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});

describe('resolveConfig', () => {
  it('names file, line and key of every problem in one usage error, in the order of the file', () => {
    const text = `tags: 1\nacceptedRisks:\n  - finding: ${PRINT}\n    owner: a\n    reason: b\n    expires: soon`;

    expect(() => resolveConfig(text, 'keyholder.yml')).toThrowError(
      expect.objectContaining({
        code: 'usage',
        message:
          'keyholder.yml:1: tags: expected a map, got "1"; keyholder.yml:6: acceptedRisks[0].expires: expected an ISO date, got "soon"',
      }),
    );
  });

  it('counts the problems after the fifth', () => {
    expect(() => resolveConfig('a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1', 'keyholder.yml')).toThrow(/; and 2 more$/);
  });

  it('gives the declarations of a good file', () => {
    expect(resolveConfig('tags: {required: [owner]}', 'keyholder.yml').tags.required).toEqual(['owner']);
  });
});
