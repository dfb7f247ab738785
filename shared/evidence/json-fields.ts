/** Reads fields out of parsed JSON whose shape nobody has vouched for; only own properties count. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldIn(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** null when the field is absent, empty, or no text. */
export function textIn(value: unknown, key: string): string | null {
  const field = fieldIn(value, key);
  return typeof field === 'string' && field !== '' ? field : null;
}

export function booleanIn(value: unknown, key: string): boolean | null {
  const field = fieldIn(value, key);
  return typeof field === 'boolean' ? field : null;
}

/** null when the field is absent or no list. */
export function itemsIn(value: unknown, key: string): readonly unknown[] | null {
  const field = fieldIn(value, key);
  return Array.isArray(field) ? field : null;
}

/** The texts of a list; whatever else lies in it is left out. */
export function textsIn(value: unknown, key: string): readonly string[] {
  return (itemsIn(value, key) ?? []).filter((item) => typeof item === 'string');
}

/** Tags, labels and other maps of text to text. Built by definition, not assignment, so that `__proto__` is only a key. */
export function textMapIn(value: unknown, key: string): Readonly<Record<string, string>> {
  const field = fieldIn(value, key);
  if (!isRecord(field)) return {};
  const pairs: [string, string][] = [];
  for (const [name, text] of Object.entries(field)) if (typeof text === 'string') pairs.push([name, text]);
  return Object.fromEntries(pairs);
}
