import { describe, expect, it } from 'vitest';
import type { AwsAuthProblem } from '../../shared/model/aws-auth.ts';
import type { LintedFile } from '../../shared/model/lint.ts';
import { renderLintText } from '../../shared/reports/lint-text.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { lintReport, remark } from '../support/lint.ts';

const PLAIN = { colour: false, width: 80 };

function linted(more: Partial<LintedFile> = {}): LintedFile {
  return { file: 'aws-auth.yaml', rows: 2, accounts: 0, remarks: [remark()], fix: null, ...more };
}

const DANGER = remark({
  detection: 'system-masters-mapping',
  problem: null,
  level: 'warning',
  severity: 'critical',
  losesAccess: false,
  message: 'aws-auth puts alice into system:masters.',
  effect: 'Nothing limits a member.',
  mend: 'Map another group.',
});

const PROBLEM: AwsAuthProblem = {
  code: 'arn-path',
  section: 'mapRoles',
  arn: null,
  message: 'It holds a path.',
  effect: 'The row matches nobody.',
  mend: 'Take it out.',
  losesAccess: true,
  position: { line: 7, column: 16 },
};

describe('renderLintText', () => {
  it('reads like the output of a compiler, with what comes of it and the mend below', () => {
    expect(renderLintText(lintReport(), PLAIN)).toBe(
      [
        'aws-auth.yaml:7:16: error: "arn:aws:iam::111122223333:role/team/alice" holds the path "/team/". [aws-auth-arn-never-matches: arn-path]',
        '    The row matches nobody.',
        '    Mend: Write arn:aws:iam::111122223333:role/alice.',
        '',
        'Access is lost: 1 error in 1 file.',
        'A file alone lets 1 of 2 detections judge in whole; the others need RBAC, IAM or',
        'logs as well, which keyholder audit reads.',
        '',
      ].join('\n'),
    );
  });

  it('says once why a danger is one', () => {
    const again = { ...DANGER, position: { line: 12, column: 7 } };

    expect(renderLintText(lintReport({ files: [linted({ remarks: [DANGER, again] })] }), PLAIN)).toContain(
      [
        'aws-auth.yaml:7:16: warning: aws-auth puts alice into system:masters. [system-masters-mapping]',
        '    Nothing limits a member.',
        '    Mend: Map another group.',
        'aws-auth.yaml:12:7: warning: aws-auth puts alice into system:masters. [system-masters-mapping]',
        '    As in line 7.',
        '',
        'No access is lost: 2 warnings in 1 file.',
      ].join('\n'),
    );
  });

  it('names a file without remarks, and what was read of it', () => {
    const text = renderLintText(lintReport({ files: [linted({ remarks: [], accounts: 1 })] }), PLAIN);

    expect(text).toMatch(/^aws-auth\.yaml: 2 rows, 1 account, no remark\n\nNo access is lost: no remark in 1 file\.\n/);
  });

  it('lists what was mended, and what was left and why', () => {
    const fix = {
      file: 'aws-auth.yaml.fixed',
      mended: [PROBLEM],
      left: [{ problem: { ...PROBLEM, message: 'It is twice there.' }, reason: 'only people know' }],
    };

    expect(renderLintText(lintReport({ files: [linted({ fix })] }), PLAIN)).toContain(
      [
        'aws-auth.yaml.fixed: 1 mended, 1 left',
        '    mended: line 7: It holds a path.',
        '    left, since only people know: line 7: It is twice there.',
      ].join('\n'),
    );
  });

  it('says when nothing could be mended', () => {
    const fix = { file: null, mended: [], left: [] };

    expect(renderLintText(lintReport({ files: [linted({ fix })] }), PLAIN)).toContain(
      'aws-auth.yaml: nothing was mended, no file was written\n',
    );
  });

  it('names files that were not checked, and never counts them as sound', () => {
    const unreadable = [{ file: 'x.yaml', position: { line: 2, column: 1 }, reason: 'expected this, got that' }];

    const text = renderLintText(lintReport({ unreadable }), PLAIN);

    expect(text).toContain('\nx.yaml:2:1: error: not checked: expected this, got that\n');
    expect(text).toContain('\nAccess is lost: 1 error in 1 file, 1 file not checked.\n');
    expect(renderLintText(lintReport({ files: [], unreadable }), PLAIN)).toContain(
      '\nno remark in 0 files, 1 file not checked.\n',
    );
  });

  it('names the files that the reports were written to', () => {
    expect(renderLintText(lintReport(), { ...PLAIN, files: ['out/lint.txt'] })).toMatch(/\nWritten: out\/lint\.txt\n$/);
  });

  it('colours levels on a terminal alone', () => {
    expect(renderLintText(lintReport(), { colour: true, width: 80 })).toContain('\u001b[31merror\u001b[39m: ');
    expect(renderLintText(lintReport(), PLAIN)).not.toContain('\u001b');
  });

  it.each(HOSTILE_NAMES)('keeps a hostile name on its line, with every character shown: %s', (_what, name) => {
    const hostile = remark({ message: name, effect: name, mend: name });
    const problem = { ...PROBLEM, message: name };
    const fix = { file: name, mended: [problem], left: [{ problem, reason: name }] };
    const report = lintReport({
      files: [linted({ file: `x${name}`, remarks: [hostile], fix })],
      unreadable: [{ file: name, position: null, reason: name }],
    });

    const text = renderLintText(report, PLAIN);

    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text.split('\n').filter((line) => / error: /.test(line)).length).toBe(2);
    expect(text.length).toBeLessThan(60_000);
  });
});
