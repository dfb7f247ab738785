/** Holds an answer against the schema that ships for its command: the list of what breaks it, empty when it conforms. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

export type AnswerSchema =
  | 'explain'
  | 'who-can'
  | 'recover'
  | 'migrate'
  | 'report'
  | 'preflight'
  | 'first-answer'
  | 'history'
  | 'diff'
  | 'test-alert'
  | 'path';

export function readSchema(name: AnswerSchema): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`../../schema/${name}.v1.json`, import.meta.url), 'utf8'));
}

const validators = new Map<AnswerSchema, ValidateFunction>();

export function listAnswerErrors(name: AnswerSchema, answer: unknown): readonly string[] {
  const validate = validators.get(name) ?? compile(name);
  validators.set(name, validate);
  validate(answer);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compile(name: AnswerSchema): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  ajvFormats.default(ajv);
  return ajv.compile(readSchema(name));
}
