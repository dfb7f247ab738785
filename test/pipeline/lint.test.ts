import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintFiles, losesAccess } from '../../shared/pipeline/lint.ts';
import { LINT_FORMATS, tellLint } from '../../shared/pipeline/tell-lint.ts';
import { configMapYaml } from '../support/aws-auth.ts';
import { NOW } from '../support/facts.ts';
import { lintInput, lintOne, lintText, mendOne } from '../support/lint.ts';
import { listSarifProblems } from '../support/sarif-schema.ts';

const IAM = 'arn:aws:iam::111122223333:';
const NODES = `- rolearn: ${IAM}role/node
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
`;

function role(arn: string, more = 'username: payments\n  groups: [payments]'): string {
  return `- rolearn: ${arn}\n  ${more}\n`;
}

function summarize(remarks: Awaited<ReturnType<typeof lintOne>>['remarks']) {
  return remarks.map(({ level, detection, problem, position: { line, column } }) => [
    level,
    detection,
    problem,
    `${line}:${column}`,
  ]);
}

describe('lintFiles', () => {
  it('has nothing to say of a sound file', async () => {
    const report = await lintText(configMapYaml({ mapRoles: NODES + role(`${IAM}role/payments`) }));

    expect(report.files).toEqual([{ file: 'aws-auth.yaml', rows: 2, accounts: 0, remarks: [], fix: null }]);
    expect(losesAccess(report)).toBe(false);
  });

  it('tells problems and dangers at their line and column, in the order of the file', async () => {
    const { remarks } = await lintOne(
      configMapYaml({
        mapRoles: `${NODES}${role(`${IAM}role/team/payments`)}${role(`${IAM}role/admin`, 'username: admin\n  groups: [system:masters]')}`,
        mapAccounts: '- "444455556666"\n',
      }),
    );

    expect(summarize(remarks)).toEqual([
      ['error', 'aws-auth-arn-never-matches', 'arn-path', '7:16'],
      ['warning', 'system-masters-mapping', null, '10:7'],
      ['warning', 'map-accounts-used', null, '14:7'],
      ['note', 'aws-auth-blocks-migration', null, '14:7'],
    ]);
  });

  it('gives what a detection says of itself to a row that works as written', async () => {
    const { remarks } = await lintOne(
      configMapYaml({ mapRoles: role(`${IAM}role/admin`, 'username: admin\n  groups: [system:masters]') }),
    );

    expect(remarks).toEqual([
      {
        detection: 'system-masters-mapping',
        problem: null,
        level: 'warning',
        severity: 'critical',
        subject: `aws-auth:${IAM}role/admin`,
        losesAccess: false,
        message: `aws-auth puts ${IAM}role/admin into system:masters as admin: it may do anything, and RBAC is not asked.`,
        effect: expect.stringMatching(/^The API server asks nobody/),
        mend: expect.stringMatching(/^Map the principal to a group/),
        position: { line: 4, column: 7 },
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it('tells each problem once, and calls harmless ones notes', async () => {
    const twice = role(`${IAM}role/payments`);
    const { remarks } = await lintOne(configMapYaml({ mapRoles: `${twice}- \n${twice}- "x"\n` }));

    expect(summarize(remarks)).toEqual([
      ['note', 'aws-auth-duplicate-arn', 'duplicate-arn', '4:7'],
      ['note', 'aws-auth-malformed', 'row-not-a-mapping', '7:6'],
      ['error', 'aws-auth-malformed', 'row-not-a-mapping', '11:7'],
    ]);
  });

  it('takes the account and partition of the nodes for those of the cluster', async () => {
    const china = NODES.replace('arn:aws:iam', 'arn:aws-cn:iam');
    const { remarks } = await lintOne(
      configMapYaml({ mapRoles: china + role(`${IAM}role/payments`), mapAccounts: '- "111122223333"\n' }),
    );

    expect(summarize(remarks).slice(0, 2)).toEqual([
      ['warning', 'aws-auth-arn-never-matches', null, '7:7'],
      ['warning', 'map-accounts-used', null, '11:7'],
    ]);
    expect(remarks[1]?.message).not.toContain("cluster's own");
  });

  it('runs every detection, and says which of them a file alone cannot settle', async () => {
    const { rules, verdicts } = await lintText(configMapYaml({ mapRoles: NODES }));

    expect(rules.map(({ id }) => id)).toEqual([
      'aws-auth-arn-never-matches',
      'aws-auth-duplicate-arn',
      'aws-auth-malformed',
      'caller-controlled-identity',
      'map-accounts-used',
      'system-masters-mapping',
    ]);
    expect(verdicts.length).toBeGreaterThan(60);
    expect(verdicts.find(({ detection }) => detection === 'anonymous-binding')).toMatchObject({
      status: 'not-evaluated',
      missing: ['rbac', 'audit-log'],
    });
  });

  it('keeps a fingerprint when rows move and neighbours change', async () => {
    const bad = role(`${IAM}role/team/payments`);
    const [before] = (await lintOne(configMapYaml({ mapRoles: bad }))).remarks;
    const after = (await lintOne(configMapYaml({ mapRoles: NODES + bad }))).remarks[0];

    expect(after?.position).not.toEqual(before?.position);
    expect(after?.fingerprint).toBe(before?.fingerprint);
  });

  it('gives the same report whatever the time', async () => {
    const text = configMapYaml({ mapRoles: role(`${IAM}role/team/payments`) });

    expect(await lintText(text, { now: '2020-01-01T00:00:00Z' })).toEqual(await lintText(text, { now: NOW }));
  });
});

describe('lintFiles of what is no aws-auth', () => {
  it.each([
    ['nothing', '', '1:1', 'expected a ConfigMap, got an empty file'],
    ['another kind', 'kind: Deployment\n', '1:1', 'expected a ConfigMap, got a Deployment'],
    [
      'another ConfigMap',
      'kind: ConfigMap\nmetadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: x\n',
      '3:9',
      'expected the ConfigMap kube-system/aws-auth, got kube-system/coredns',
    ],
    [
      'a ConfigMap without a name',
      'kind: ConfigMap\ndata:\n  x: y\n',
      '1:1',
      'expected the ConfigMap kube-system/aws-auth, got one without a name',
    ],
    ['rows alone', NODES, '1:1', 'expected a ConfigMap, got a list: the rows belong into data.mapRoles of one'],
    ['bytes that are no text', Uint8Array.of(0x61, 0xff), '', 'expected UTF-8, got bytes that are none'],
    ['a huge file', Buffer.alloc(16 * 1024 * 1024 + 1, 0x20), '', 'expected at most 16777216 bytes, got more'],
  ])('says what it expected and found: %s', async (_name, content, place, reason) => {
    const { files, unreadable } = await lintText(content);

    const position = unreadable[0]?.position;
    expect(files).toEqual([]);
    expect(unreadable).toEqual([{ file: 'aws-auth.yaml', position: position ?? null, reason }]);
    expect(position == null ? '' : `${position.line}:${position.column}`).toBe(place);
  });

  it('names the place of an error in the YAML', async () => {
    const { unreadable } = await lintText('kind: ConfigMap\ndata:\n  mapRoles: |\n    - x\n bad\n');

    expect(unreadable[0]?.reason).toMatch(/^expected the ConfigMap aws-auth, got this: not YAML: /);
    expect(unreadable[0]?.position?.line).toBeGreaterThan(1);
  });

  it('checks the other files all the same', async () => {
    const good = lintInput(configMapYaml({ mapRoles: NODES }), 'good.yaml');
    const { files, unreadable } = await lintFiles([lintInput('x', 'bad.yaml'), good], { now: NOW });

    expect(unreadable.map(({ file }) => file)).toEqual(['bad.yaml']);
    expect(files.map(({ file }) => file)).toEqual(['good.yaml']);
  });

  it('takes another name for a mistake where the sections are there', async () => {
    const { remarks } = await lintOne(configMapYaml({ mapRoles: NODES }).replace('name: aws-auth', 'name: aws-atuh'));

    expect(summarize(remarks)).toEqual([['error', 'aws-auth-malformed', 'not-a-config-map', '9:9']]);
  });
});

describe('lintFiles that mends', () => {
  const BROKEN = configMapYaml({ mapRoles: `${NODES}${role(`${IAM}role/team/payments`)}- rolearn: nobody\n` });
  const MENDED = BROKEN.replace('role/team/payments', 'role/payments');

  it('stores the mended text, and says what was mended and what was left and why', async () => {
    const { text, fix } = await mendOne(BROKEN);

    expect(text).toBe(MENDED);
    expect(fix.file).toBe('aws-auth.yaml.fixed');
    expect(fix.mended.map(({ code }) => code)).toEqual(['arn-path']);
    expect(fix.left.map(({ problem: { code }, reason }) => [code, reason])).toEqual([
      ['username-missing', 'which name is meant stands nowhere in the file'],
      ['arn-malformed', 'whom it is meant for stands nowhere in the file'],
    ]);
  });

  it('stores nothing where nothing is beyond doubt', async () => {
    const { text, fix } = await mendOne(configMapYaml({ mapRoles: '- rolearn: nobody\n  username: x\n' }));

    expect([text, fix.file, fix.mended]).toEqual([null, null, []]);
  });

  it.each([
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['no line end at the end', (text: string) => text.trimEnd()],
  ])('keeps %s', async (_name, write) => {
    expect((await mendOne(write(BROKEN))).text).toBe(write(MENDED));
  });

  it('reads UTF-16, and leaves it to people to save it as UTF-8', async () => {
    const bytes = Buffer.from(`\ufeff${BROKEN}`, 'utf16le');
    const { remarks, fix } = await lintOne(bytes, { storeMended: () => Promise.reject(new Error('stored')) });

    expect(remarks.map(({ problem }) => problem)).toContain('arn-path');
    expect([fix?.file, fix?.mended, fix?.left[0]?.reason]).toEqual([
      null,
      [],
      'the file is UTF-16: save it as UTF-8 first',
    ]);
  });
});

describe('lintFiles of any bytes', () => {
  const pieces = fc.constantFrom(
    ...[
      'data:\n',
      '  mapRoles: |\n',
      '  mapUsers: ',
      '"',
      '- rolearn: ',
      `${IAM}role/a/b`,
      'username: x\n',
      'groups: a',
    ],
    ...[
      '{{',
      '    ',
      '\t',
      '\n',
      '- ',
      '&a ',
      '*a',
      '---\n',
      '{',
      '[',
      ': ',
      '\u0000',
      '\ufeff',
      'metadata: {name: aws-auth}\n',
    ],
  );
  const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
  const bytes = fc.oneof(
    texts,
    texts.map((text) => configMapYaml({ mapRoles: text })),
    fc.uint8Array({ maxLength: 200 }),
  );

  it('checks a file or says why not, mends without loss, and tells both in every format', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const report = await lintText(content, { storeMended: async (file) => `${file}.fixed` });

        expect(report.files.length + report.unreadable.length).toBe(1);
        for (const format of LINT_FORMATS) expect(tellLint(report, format)).not.toBe('');
        expect(listSarifProblems(tellLint(report, 'sarif'))).toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
