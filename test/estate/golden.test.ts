import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOLDEN_FOLDER, renderEstateJson, renderGoldens } from '../support/goldens.ts';
import { listSchemaErrors } from '../support/report-schema.ts';

describe('the golden reports of the sample estate', async () => {
  const goldens = await renderGoldens();

  test.each([...goldens.keys()])('%s is what the estate gives, byte for byte', (name) => {
    expect(goldens.get(name)).toBe(readFileSync(join(GOLDEN_FOLDER, name), 'utf8'));
  });

  test('keeps to the schema', async () => {
    expect(listSchemaErrors(JSON.parse(await renderEstateJson()))).toEqual([]);
  });
});
