/** Reads fields whose name may be written with a capital, as the AWS command line prints it, or without one. */
import { isRecord } from './json-fields.ts';

export function looseField(value: unknown, name: string): unknown {
  if (!isRecord(value)) return undefined;
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const key = [name, capital].find((candidate) => Object.hasOwn(value, candidate));
  return key === undefined ? undefined : value[key];
}

/** null when the field is absent, empty, or no text. */
export function looseText(value: unknown, name: string): string | null {
  const field = looseField(value, name);
  return typeof field === 'string' && field !== '' ? field : null;
}

/** null when the field is absent or no list. */
export function looseItems(value: unknown, name: string): readonly unknown[] | null {
  const field = looseField(value, name);
  return Array.isArray(field) ? field : null;
}
