/** A plan as it was written to a file back into the entries that it was to make. */
import { KeyholderError } from '../errors.ts';
import type { AccessScope } from '../model/eks.ts';
import type { PlannedEntry, PlannedPolicy } from '../model/migration.ts';

type Fields = ReadonlyMap<string, unknown>;

/** Throws KeyholderError('unreadable-input') for what is no plan. */
export function parsePlannedEntries(text: string, file: string): readonly PlannedEntry[] {
  const plan = fieldsOf(parse(text, file));
  const entries = plan.get('entries');
  if (plan.get('schema') !== 'keyholder.migrate/v1' || !Array.isArray(entries)) {
    throw new KeyholderError(
      'unreadable-input',
      `expected a plan of keyholder migrate (migrate.json) in ${file}, got something else`,
    );
  }
  return entries.map((entry: unknown, index) => parseEntry(fieldsOf(entry), `${file}: entry ${index + 1}`));
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KeyholderError('unreadable-input', `expected JSON in ${file}, got something else`, { cause: error });
  }
}

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function parseEntry(fields: Fields, what: string): PlannedEntry {
  const [principalArn, type] = [textOf(fields, 'principalArn'), textOf(fields, 'type')];
  if (principalArn === null || type === null) {
    throw new KeyholderError('unreadable-input', `expected a principal and a type in ${what}, got neither or one`);
  }
  const policies = fields.get('policies');
  return {
    principalArn,
    type,
    username: textOf(fields, 'username'),
    groups: textsOf(fields.get('groups')),
    policies: Array.isArray(policies) ? policies.map((policy: unknown) => parsePolicy(fieldsOf(policy))) : [],
  };
}

function parsePolicy(fields: Fields): PlannedPolicy {
  const scope = fieldsOf(fields.get('scope'));
  const parsed: AccessScope =
    scope.get('type') === 'cluster'
      ? { type: 'cluster' }
      : { type: 'namespace', namespaces: textsOf(scope.get('namespaces')) };
  return { policyArn: textOf(fields, 'policyArn') ?? '', name: textOf(fields, 'name') ?? '', scope: parsed };
}

function textOf(fields: Fields, name: string): string | null {
  const value = fields.get(name);
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
