/** Values inside records that others wrote, read by their own keys alone and never believed to have a shape. */

export function fieldIn(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

/** null when it is no text, or an empty one. */
export function textIn(value: unknown, key: string): string | null {
  const text = fieldIn(value, key);
  return typeof text === 'string' && text !== '' ? text : null;
}

export function textsIn(value: unknown, key: string): readonly string[] {
  const list = fieldIn(value, key);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

/** null when it is no number; texts of digits, as query parameters and some SDKs give them, are numbers. */
export function numberIn(value: unknown, key: string): number | null {
  const number = fieldIn(value, key);
  if (typeof number === 'number') return Number.isFinite(number) ? number : null;
  return typeof number === 'string' && /^\d{1,15}$/.test(number) ? Number(number) : null;
}
