import { describe, expect, it } from 'vitest';
import { renderLintJson } from '../../shared/reports/lint-json.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { lintReport, remark } from '../support/lint.ts';

describe('renderLintJson', () => {
  it('holds everything, with counts before it', () => {
    const report = lintReport({ unreadable: [{ file: 'x', position: null, reason: 'expected a file, got none' }] });

    expect(JSON.parse(renderLintJson(report))).toEqual({
      schema: 'keyholder.lint/v1',
      version: '0.1.0',
      summary: { files: 1, unreadable: 1, losesAccess: true, error: 1, warning: 0, note: 0 },
      files: report.files,
      unreadable: report.unreadable,
      verdicts: report.verdicts,
    });
  });

  it('says that nothing is lost when there is nothing to say', () => {
    const report = lintReport({ files: [] });

    expect(JSON.parse(renderLintJson(report)).summary).toMatchObject({ losesAccess: false, error: 0 });
  });

  it.each(HOSTILE_NAMES)('parses back to the same hostile name, and shows it: %s', (_what, name) => {
    const files = [{ file: name, rows: 1, accounts: 0, remarks: [remark({ message: name })], fix: null }];

    const text = renderLintJson(lintReport({ files }));

    expect(JSON.parse(text).files).toEqual(files);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});
