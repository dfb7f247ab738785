/** The files of serverless.yml and resources/ into plain data; a short tag (`!Sub x`) leaves its value alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  let found = value;
  for (const name of path) found = isFields(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return isFields(found) ? found : {};
}

export function readYaml(path: string): Fields {
  return fieldsAt({ read: parse(readFileSync(path, 'utf8'), { logLevel: 'error' }) }, 'read');
}

/** The functions of the home stack, by name. */
export function readFunctions(root: string): Fields {
  const parts = listed(readYaml(join(root, 'serverless.yml')).functions).filter(isFields);
  return Object.assign({}, ...parts);
}

/** The resources of every part of the home stack, by logical name. */
export function readResources(root: string): ReadonlyMap<string, Fields> {
  const files = readdirSync(join(root, 'resources')).filter((file) => file.endsWith('.yml'));
  return new Map(
    files.flatMap((file) =>
      Object.entries(fieldsAt(readYaml(join(root, 'resources', file)), 'Resources')).map(
        ([name, resource]): [string, Fields] => [name, fieldsAt(resource)],
      ),
    ),
  );
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A list, or the one value that YAML lets stand for it; what `!If` offers is all listed. */
export function listed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(listed);
  return value === undefined ? [] : [value];
}
