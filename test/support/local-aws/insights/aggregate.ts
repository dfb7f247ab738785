/** Turns events into the rows of a `stats` command: one for each combination of the fields behind `by`. */
import { compareValues, evaluate } from './evaluate.ts';
import type { EventFields } from './log-event.ts';
import type { Aggregate, Column } from './syntax.ts';

export function aggregate(
  events: readonly EventFields[],
  { aggregates, by }: { readonly aggregates: readonly Aggregate[]; readonly by: readonly Column[] },
): readonly EventFields[] {
  const groups = new Map<string, EventFields[]>();
  for (const event of events) {
    // A field that an event lacks makes a group of its own, whose rows leave it out.
    const key = JSON.stringify(by.map(({ expression }) => evaluate(expression, event) ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()].map((group) => {
    const row: EventFields = new Map();
    for (const { expression, name } of by) setField(row, name, group[0] && evaluate(expression, group[0]));
    for (const one of aggregates) setField(row, one.name, fold(one, group));
    return row;
  });
}

function setField(row: EventFields, name: string, value: string | undefined): void {
  if (value !== undefined) row.set(name, value);
}

function fold({ function: name, argument }: Aggregate, events: readonly EventFields[]): string | undefined {
  if (argument === null) return String(events.length);
  const present = events.filter((event) => evaluate(argument, event) !== undefined);
  const values = present.map((event) => evaluate(argument, event));
  switch (name) {
    case 'count':
      return String(values.length);
    case 'sum':
      return String(values.reduce((sum, value) => sum + Number(value), 0));
    case 'min':
      return values.toSorted(compareValues)[0];
    case 'max':
      return values.toSorted(compareValues).at(-1);
    default: {
      const byTime = present.toSorted((a, b) => compareValues(a.get('@timestamp'), b.get('@timestamp')));
      const event = name === 'latest' ? byTime.at(-1) : byTime[0];
      return event && evaluate(argument, event);
    }
  }
}
