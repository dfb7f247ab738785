/** What is done to many principals into groups of which each is done, and looked at, before the next. */

/** So few that whoever looks after each can be asked; in a large cluster more, or nobody would come to the end. */
const SIZE = 5;
const MOST_GROUPS = 20;

export function formGroups<T>(items: readonly T[]): readonly (readonly T[])[] {
  const size = Math.max(SIZE, Math.ceil(items.length / MOST_GROUPS));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
