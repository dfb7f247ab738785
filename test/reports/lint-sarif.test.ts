import { describe, expect, it } from 'vitest';
import type { LintedFile } from '../../shared/model/lint.ts';
import { renderLintSarif } from '../../shared/reports/lint-sarif.ts';
import { configMapYaml } from '../support/aws-auth.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { lintReport, lintText, remark } from '../support/lint.ts';
import { listSarifProblems } from '../support/sarif-schema.ts';

function linted(more: Partial<LintedFile> = {}): LintedFile {
  return { file: 'aws-auth.yaml', rows: 1, accounts: 0, remarks: [remark()], fix: null, ...more };
}

function renderRun(more: Parameters<typeof lintReport>[0] = {}) {
  const text = renderLintSarif(lintReport(more));
  expect(listSarifProblems(text)).toEqual([]);
  return JSON.parse(text).runs[0];
}

describe('renderLintSarif', () => {
  it('puts a result at the line and column of each remark, under the id of its detection', () => {
    expect(renderRun().results).toEqual([
      {
        ruleId: 'aws-auth-arn-never-matches',
        ruleIndex: 0,
        level: 'error',
        message: {
          text: '"arn:aws:iam::111122223333:role/team/alice" holds the path "/team/". The row matches nobody. Write arn:aws:iam::111122223333:role/alice.',
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'aws-auth.yaml' },
              region: { startLine: 7, startColumn: 16 },
            },
          },
        ],
        partialFingerprints: { 'keyholder/v1': 'f0e1d2c3b4a5968778695a4b3c2d1e0f' },
        properties: {
          severity: 'medium',
          subject: 'aws-auth:arn:aws:iam::111122223333:role/team/alice',
          losesAccess: true,
          problem: 'arn-path',
        },
      },
    ]);
  });

  it('describes each rule once, in the words of the detection', () => {
    expect(renderRun().tool.driver).toEqual({
      name: 'Keyholder',
      semanticVersion: '0.1.0',
      rules: [
        {
          id: 'aws-auth-arn-never-matches',
          shortDescription: { text: 'aws-auth row with an ARN that never matches' },
          fullDescription: { text: 'The row looks right.' },
          help: { text: 'Write the ARN without its path. A mistyped name.' },
          helpUri: 'https://example.com/aws-auth',
          defaultConfiguration: { level: 'warning' },
          properties: { tags: ['security', 'eks', 'aws-auth'], 'security-severity': '5.5' },
        },
      ],
    });
  });

  it('is whole for a real file with every kind of remark', async () => {
    const text = renderLintSarif(
      await lintText(
        configMapYaml({
          mapRoles: '- rolearn: arn:aws:iam::111122223333:role/a/b\n  username: "{{SessionName}}"\n- x\n',
          mapUsers: '- userarn: arn:aws:iam::111122223333:root\n  username: r\n  groups: [system:masters]\n',
          mapAccounts: '- "111122223333"\n',
        }),
      ),
    );

    expect(listSarifProblems(text)).toEqual([]);
    const ids = JSON.parse(text).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
    expect(new Set(ids).size).toBeGreaterThanOrEqual(5);
  });

  it('names files that were not checked as failures of the run', () => {
    const unreadable = [
      { file: 'values.yaml', position: { line: 3, column: 1 }, reason: 'expected a ConfigMap, got a list' },
      { file: 'noise', position: null, reason: 'expected UTF-8, got bytes that are none' },
    ];

    const [invocation] = renderRun({ files: [], unreadable }).invocations;

    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toEqual([
      {
        level: 'error',
        message: { text: 'values.yaml: expected a ConfigMap, got a list' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'values.yaml' },
              region: { startLine: 3, startColumn: 1 },
            },
          },
        ],
      },
      {
        level: 'error',
        message: { text: 'noise: expected UTF-8, got bytes that are none' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'noise' } } }],
      },
    ]);
  });

  it('says what was mended, and where it lies', () => {
    const fix = { file: 'aws-auth.yaml.fixed', mended: [], left: [] };

    const [invocation] = renderRun({
      files: [linted({ fix }), linted({ file: 'b', fix: { ...fix, file: null } })],
    }).invocations;

    expect(invocation.executionSuccessful).toBe(true);
    expect(
      invocation.toolExecutionNotifications.map(({ message }: { message: { text: string } }) => message.text),
    ).toEqual([
      'aws-auth.yaml: 0 mended, 0 left, written to aws-auth.yaml.fixed',
      'b: 0 mended, 0 left, nothing was written',
    ]);
  });

  it.each([
    ['./clusters/blue/aws-auth.yaml', 'clusters/blue/aws-auth.yaml'],
    ['/srv/a b/aws-auth.yaml', 'file:///srv/a%20b/aws-auth.yaml'],
    ['c:x?#%.yaml', 'c%3Ax%3F%23%25.yaml'],
    ['../élan/aws-auth.yaml', '../%C3%A9lan/aws-auth.yaml'],
    ['-', 'stdin'],
  ])('makes a URI of the path %s', (file, uri) => {
    const { artifacts, results } = renderRun({ files: [linted({ file })] });

    expect(artifacts).toEqual([{ location: { uri } }]);
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri });
  });

  it('makes no link of a name', () => {
    const { results } = renderRun({ files: [linted({ remarks: [remark({ message: '[x](https://example.com)' })] })] });

    expect(results[0].message.text).toMatch(/^\\\[x\\\]\(https:/);
  });

  it.each(HOSTILE_NAMES)('shows every character of a hostile name: %s', (_what, name) => {
    const text = renderLintSarif(
      lintReport({
        files: [
          linted({
            file: `x${name}`,
            remarks: [remark({ message: name, effect: name, mend: name, subject: `user:${name}` })],
          }),
        ],
        unreadable: [{ file: `y${name}`, position: null, reason: name }],
      }),
    );

    expect(listSarifProblems(text)).toEqual([]);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(text).runs[0].results[0].message.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text.length).toBeLessThan(150_000);
  });
});
