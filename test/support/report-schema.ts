/** Holds a report against the schema that ships: the list of what breaks it, empty when it conforms. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/report.v1.json', import.meta.url), 'utf8'));

export function listSchemaErrors(report: unknown): readonly string[] {
  if (schema === null || typeof schema !== 'object') throw new Error('expected the report schema to be an object');
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  ajvFormats.default(ajv);
  const validate = ajv.compile(schema);
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
