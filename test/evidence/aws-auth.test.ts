import { describe, expect, it } from 'vitest';
import { listAwsAuthProblems, parseAwsAuth } from '../../shared/evidence/aws-auth.ts';
import { configMapJson, configMapYaml, listCodes, parseRoles, readAwsAuth } from '../support/aws-auth.ts';

const IAM = 'arn:aws:iam::111122223333:';
const ROW = `- rolearn: ${IAM}role/payments\n  username: payments\n  groups:\n    - system:masters\n`;

/** First line of mapRoles in what `configMapYaml` writes, and its indentation. */
const FIRST = { line: 4, column: 5 };

describe('parseAwsAuth', () => {
  it('reads rows and accounts, each with its place in the file', () => {
    const text = configMapYaml({
      mapRoles: ROW,
      mapUsers: `- userarn: ${IAM}user/team/alice\n  username: alice\n  groups: []\n`,
      mapAccounts: '- "444455556666"\n',
    });

    const { rows, accounts, lostSections, problems, evidence } = readAwsAuth(text);

    expect(rows).toEqual([
      {
        section: 'mapRoles',
        arn: `${IAM}role/payments`,
        username: 'payments',
        groups: ['system:masters'],
        matches: true,
        inertBecause: null,
        position: { line: 4, column: 7 },
        evidence: { source: 'aws-auth', id: 'mapRoles[0]', at: null, file: 'aws-auth.yaml', line: 4 },
      },
      {
        section: 'mapUsers',
        arn: `${IAM}user/team/alice`,
        username: 'alice',
        groups: [],
        matches: true,
        inertBecause: null,
        position: { line: 9, column: 7 },
        evidence: { source: 'aws-auth', id: 'mapUsers[0]', at: null, file: 'aws-auth.yaml', line: 9 },
      },
    ]);
    expect(accounts).toEqual([
      {
        account: '444455556666',
        position: { line: 13, column: 7 },
        evidence: { source: 'aws-auth', id: 'mapAccounts[0]', at: null, file: 'aws-auth.yaml', line: 13 },
      },
    ]);
    expect({ lostSections, problems }).toEqual({ lostSections: [], problems: [] });
    expect(evidence).toEqual({ source: 'aws-auth', id: null, at: null, file: 'aws-auth.yaml', line: 0 });
  });

  it('reads version and creation time of the object', () => {
    const metadata = { name: 'aws-auth', creationTimestamp: '2026-09-14T10:00:00Z', resourceVersion: '42' };
    const { createdAt, resourceVersion } = readAwsAuth(JSON.stringify({ kind: 'ConfigMap', metadata, data: {} }));

    expect({ createdAt, resourceVersion }).toEqual({ createdAt: '2026-09-14T10:00:00Z', resourceVersion: '42' });
  });

  it('reads a ConfigMap without data as one that lets nobody in', () => {
    expect(readAwsAuth('kind: ConfigMap\nmetadata:\n  name: aws-auth\n')).toMatchObject({
      rows: [],
      accounts: [],
      lostSections: [],
      problems: [],
    });
  });

  it('gives the same rows for YAML and JSON', () => {
    const pick = (text: string) => readAwsAuth(text).rows.map(({ arn, username, groups }) => [arn, username, groups]);

    expect(pick(configMapJson({ mapRoles: ROW }))).toEqual(pick(configMapYaml({ mapRoles: ROW })));
  });

  it('points into the line of a JSON string', () => {
    const { problems } = readAwsAuth(configMapJson({ mapRoles: ROW.replace('role/', 'role/team/') }));

    expect(problems.map(({ position }) => position)).toEqual([{ line: 4, column: 33 }]);
  });

  it.each([
    ['', 'expected a ConfigMap, got an empty file', 1],
    ['\n\n', 'expected a ConfigMap, got an empty file', 1],
    ['Error from server (NotFound): configmaps "aws-auth" not found', 'kubectl found no such ConfigMap', 1],
    [
      'Error from server (Forbidden): configmaps "aws-auth" is forbidden: User "alice" cannot get resource',
      'expected a ConfigMap, got an error message of kubectl',
      1,
    ],
    ['kind: Secret\ndata: {}\n', 'expected a ConfigMap, got a Secret', 1],
    ['mapRoles: |\n  - rolearn: x\n', /^expected a ConfigMap, got its content alone/, 1],
    ['- rolearn: x\n', /^expected a ConfigMap, got a list/, 1],
    ['kind: ConfigMap\ndata:\n  a: b: c\n', 'not YAML: mapping values are not allowed in this context', 3],
    ['{"kind": "ConfigMap", "data": {', /^not YAML: /, 1],
    ['[]', /^expected a ConfigMap, got a list/, 1],
  ])('skips %j and says why', (text, reason, line) => {
    const { awsAuth, skips } = parseAwsAuth(text, 'aws-auth.yaml');

    expect(awsAuth).toBeNull();
    expect(skips).toEqual([
      {
        reason: reason instanceof RegExp ? expect.stringMatching(reason) : reason,
        count: 1,
        sample: expect.any(String),
        file: 'aws-auth.yaml',
        line,
      },
    ]);
  });

  it('shows no token of a skipped file', () => {
    const { skips } = parseAwsAuth('error: token k8s-aws-v1.aHR0cHM6Ly9zdHMuYW1hem9uYXdzLmNvbS8 expired', 'f');

    expect(skips[0]?.sample).toBe('error: token [token] expired');
  });
});

describe('rows that match nobody', () => {
  it.each([
    ['a path', `- rolearn: ${IAM}role/team/payments\n  username: x\n`, 'arn-path', 'arn'],
    [
      'a session',
      '- rolearn: arn:aws:sts::111122223333:assumed-role/Admin/alice\n  username: x\n',
      'arn-assumed-role',
      'arn',
    ],
    ['a wildcard', `- rolearn: ${IAM}role/*\n  username: x\n`, 'arn-malformed', 'arn'],
    [
      'an sso field',
      '- sso: {accountID: "111122223333", permissionSetName: A}\n  username: x\n',
      'sso-ineffective',
      'sso',
    ],
  ])('are inert: %s', (_name, text, code, inertBecause) => {
    const awsAuth = parseRoles(text);

    expect(listCodes(awsAuth)).toEqual([code]);
    expect(awsAuth.rows).toMatchObject([{ matches: false, inertBecause }]);
    expect(awsAuth.problems).toMatchObject([{ losesAccess: true, section: 'mapRoles', arn: awsAuth.rows[0]?.arn }]);
  });

  it('name the pattern of an sso row', () => {
    const [row] = parseRoles('- sso: {accountID: "111122223333", permissionSetName: A}\n').rows;

    expect(row?.arn).toBe('arn:aws:iam::111122223333:role/AWSReservedSSO_A_*');
  });

  it('keep matching from the wrong list', () => {
    const awsAuth = parseRoles(`- rolearn: ${IAM}user/alice\n  username: alice\n`);

    expect(awsAuth.rows).toMatchObject([{ matches: true }]);
    expect(awsAuth.problems).toMatchObject([{ code: 'arn-wrong-list', losesAccess: false }]);
  });
});

describe('duplicates', () => {
  const row = (arn: string, username: string, group: string, field = 'rolearn') =>
    `- ${field}: ${IAM}${arn}\n  username: ${username}\n  groups: [${group}]\n`;

  it('of a role count from the last one, whatever the case', () => {
    const { rows, problems } = parseRoles(row('role/Payments', 'a', 'a') + row('role/payments', 'b', 'b'));

    expect(rows.map(({ inertBecause }) => inertBecause)).toEqual(['duplicate', null]);
    expect(problems).toMatchObject([
      { code: 'duplicate-arn', losesAccess: true, arn: `${IAM}role/Payments`, position: { line: 4, column: 7 } },
    ]);
    expect(problems[0]?.message).toBe(`"${IAM}role/Payments" is mapped again in line 7, and only that row counts.`);
  });

  it('that say the same take nothing from anybody', () => {
    const { problems } = parseRoles(row('role/a', 'x', 'g, h') + row('role/a', 'x', 'h, g'));

    expect(problems).toMatchObject([{ code: 'duplicate-arn', losesAccess: false }]);
  });

  it('of a user in different case are both kept', () => {
    const text = configMapYaml({
      mapUsers: row('user/alice', 'a', 'a', 'userarn') + row('user/Alice', 'b', 'b', 'userarn'),
    });
    const { rows, problems } = readAwsAuth(text);

    expect(rows.map(({ matches }) => matches)).toEqual([true, true]);
    expect(problems).toMatchObject([{ code: 'duplicate-arn', losesAccess: true }]);
  });

  it('in mapUsers give way to mapRoles', () => {
    const text = configMapYaml({
      mapRoles: row('role/payments', 'a', 'a'),
      mapUsers: row('role/payments', 'b', 'b', 'userarn'),
    });
    const { rows, problems } = readAwsAuth(text);

    expect(rows.map(({ inertBecause }) => inertBecause)).toEqual([null, 'duplicate']);
    expect(problems.map(({ code }) => code).sort()).toEqual(['arn-wrong-list', 'duplicate-arn']);
  });
});

describe('positions', () => {
  it.each([
    ['a tab behind the dash', `-\trolearn: x\n`, FIRST.line, FIRST.column + 1],
    ['a tab as indentation', `${ROW}\tusername: x\n`, FIRST.line + 4, FIRST.column],
    ['an unquoted template', `- rolearn: ${IAM}role/payments\n  username: {{SessionName}}\n`, FIRST.line + 1, 18],
    ['a second document', `${ROW}---\n${ROW}`, FIRST.line + 5, FIRST.column],
    ['a path', `\n\n- rolearn: ${IAM}role/a/b\n  username: x\n`, FIRST.line + 2, 16],
  ])('point at %s', (_name, text, line, column) => {
    expect(parseRoles(text).problems[0]?.position).toEqual({ line, column });
  });
});

describe('listAwsAuthProblems', () => {
  it('has a problem for a text that holds no ConfigMap', () => {
    expect(listAwsAuthProblems('kind: ConfigMap\ndata:\n\tmapRoles: x\n', 'f')).toMatchObject([
      { code: 'not-a-config-map', section: null, arn: null, losesAccess: true, position: { line: 3, column: 1 } },
    ]);
  });

  it('has none for a good one', () => {
    expect(listAwsAuthProblems(configMapYaml({ mapRoles: ROW }), 'f')).toEqual([]);
  });
});
