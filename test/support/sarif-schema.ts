/** The part of SARIF 2.1.0 that code hosts ask for, in our own words: what must be there, and in which form. */
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';

const MESSAGE = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1 } },
};
const LEVEL = { enum: ['none', 'note', 'warning', 'error'] };
const ARTIFACT = {
  type: 'object',
  required: ['uri'],
  additionalProperties: false,
  properties: { uri: { type: 'string', format: 'uri-reference', minLength: 1 } },
};
const REGION = {
  type: 'object',
  required: ['startLine'],
  additionalProperties: false,
  properties: { startLine: { type: 'integer', minimum: 1 }, startColumn: { type: 'integer', minimum: 1 } },
};
const PHYSICAL = {
  type: 'object',
  required: ['artifactLocation'],
  additionalProperties: false,
  properties: { artifactLocation: ARTIFACT, region: REGION },
};
const LOCATIONS = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['physicalLocation'],
    additionalProperties: false,
    properties: { physicalLocation: PHYSICAL },
  },
};
const RULE = {
  type: 'object',
  required: ['id', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z-]+$' },
    shortDescription: MESSAGE,
    fullDescription: MESSAGE,
    help: MESSAGE,
    helpUri: { type: 'string', format: 'uri' },
    defaultConfiguration: {
      type: 'object',
      required: ['level'],
      additionalProperties: false,
      properties: { level: LEVEL },
    },
    properties: {
      type: 'object',
      required: ['tags', 'security-severity'],
      properties: {
        tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        'security-severity': { type: 'string', pattern: '^(?:10\\.0|\\d\\.\\d)$' },
      },
    },
  },
};
const RESULT = {
  type: 'object',
  required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations'],
  additionalProperties: false,
  properties: {
    ruleId: { type: 'string' },
    ruleIndex: { type: 'integer', minimum: 0 },
    level: LEVEL,
    message: MESSAGE,
    locations: LOCATIONS,
    partialFingerprints: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
    properties: { type: 'object' },
  },
};
const NOTIFICATION = {
  type: 'object',
  required: ['message'],
  additionalProperties: false,
  properties: { message: MESSAGE, level: LEVEL, locations: LOCATIONS },
};
const RUN = {
  type: 'object',
  required: ['tool', 'results'],
  additionalProperties: false,
  properties: {
    tool: {
      type: 'object',
      required: ['driver'],
      additionalProperties: false,
      properties: {
        driver: {
          type: 'object',
          required: ['name'],
          additionalProperties: false,
          properties: {
            name: { type: 'string' },
            semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
            rules: { type: 'array', items: RULE, uniqueItems: true },
          },
        },
      },
    },
    invocations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['executionSuccessful'],
        additionalProperties: false,
        properties: {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: { type: 'array', items: NOTIFICATION },
        },
      },
    },
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    artifacts: {
      type: 'array',
      uniqueItems: true,
      items: { type: 'object', required: ['location'], properties: { location: ARTIFACT } },
    },
    results: { type: 'array', items: RESULT },
  },
};

const LOG = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: { type: 'array', items: RUN },
  },
};

const ajv = new Ajv({ allErrors: true });
ajvFormats.default(ajv);
const validate = ajv.compile(LOG);

/** What is wrong with a SARIF file: its form, and references that lead nowhere. */
export function listSarifProblems(text: string): readonly string[] {
  const log = JSON.parse(text);
  const isWellFormed: boolean = validate(log);
  if (!isWellFormed) return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return log.runs.flatMap(listDangling);
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
}

function listDangling({ tool, results }: Run): readonly string[] {
  const { rules } = tool.driver;
  const wrong = results.filter(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId);
  const ids = new Set(rules.map(({ id }) => id));
  return [...wrong.map(({ ruleId }) => `no rule ${ruleId}`), ...(ids.size < rules.length ? ['a rule twice'] : [])];
}
