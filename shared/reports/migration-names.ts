/** Planned entries into names that infrastructure code takes, each of them once. */
import type { PlannedEntry } from '../model/migration.ts';

/** `glue` stands between words; without one each word begins with a capital. */
export function nameEntries(
  entries: readonly PlannedEntry[],
  glue: '_' | '',
): readonly (readonly [name: string, entry: PlannedEntry])[] {
  const taken = new Set<string>();
  return entries.map((entry) => {
    const words = (entry.principalArn.split('/').at(-1) ?? '').match(/[A-Za-z0-9]+/g) ?? [];
    const base = (glue === '' ? words.map(capitalize) : words.map((word) => word.toLowerCase()))
      .join(glue)
      .slice(0, 60);
    const start = /^[A-Za-z]/.test(base) ? base : glue === '' ? `Entry${base}` : `entry${glue}${base}`;
    let name = start;
    for (let number = 2; taken.has(name); number += 1) name = `${start}${glue}${number}`;
    taken.add(name);
    return [name, entry];
  });
}

function capitalize(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
