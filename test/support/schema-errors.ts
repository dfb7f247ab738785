/** What breaks a JSON Schema of test/fixtures/schemas, each with its place. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

export function listErrorsOf(schema: 'asff' | 'ocsf', text: string): readonly string[] {
  const definition = JSON.parse(readFileSync(new URL(`../fixtures/schemas/${schema}.json`, import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(definition);
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
