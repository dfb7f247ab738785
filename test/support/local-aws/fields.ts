/** Values of unknown shape, and the guards that take them apart. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A member that the model requires: the request was checked before anybody asks for it. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`expected text in ${name}, got ${typeof value}`);
  return value;
}

export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

export function optionalNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' ? value : undefined;
}

export function textsOf(fields: Fields, name: string): readonly string[] {
  return listOf(fields[name]).filter((item) => typeof item === 'string');
}

/** Without members that are null or undefined: AWS leaves those out. */
export function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (!isFields(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, present(item)]));
}
