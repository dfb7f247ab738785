import { describe, expect, test } from 'vitest';
import { renderFormat } from '../../shared/pipeline/tell.ts';
import { auditEstate } from '../support/estate.ts';
import { listSchemaErrors } from '../support/report-schema.ts';

const FILES = {
  text: 'report.txt',
  json: 'report.json',
  csv: 'access.csv',
  compliance: 'compliance.csv',
  scope: 'scope.md',
  markdown: 'report.md',
} as const;
const FORMATS = ['text', 'json', 'csv', 'compliance', 'scope', 'markdown'] as const;

/** Written by `npm run golden`, and reviewed like code: a change here is a change that users see. */
describe('the reports of the sample estate', () => {
  test.each(FORMATS)('are as they were reviewed: %s', async (format) => {
    const rendered = renderFormat(await auditEstate(), format);

    await expect(rendered).toMatchFileSnapshot(`../fixtures/golden/estate/${FILES[format]}`);
  });

  test('conform to the schema that ships', async () => {
    const report: unknown = JSON.parse(renderFormat(await auditEstate(), 'json'));

    expect(listSchemaErrors(report)).toEqual([]);
  });
});
