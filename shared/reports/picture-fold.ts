/** Many ways to admin into few: people to a number, and holders that go the same way to one. */
import type { Stop } from './picture-graph.ts';
import { tellCount, tellList } from './words.ts';

export interface HolderWays {
  readonly holder: Stop;
  readonly people: readonly {
    readonly key: string;
    /** From the person on, without the holder. */
    readonly stops: readonly Stop[];
    /** The person is the holder itself. */
    readonly isHolder: boolean;
  }[];
  /** What it holds, each as the stops from the door on. */
  readonly ends: readonly (readonly Stop[])[];
}

export function foldWays(holders: readonly HolderWays[]): readonly (readonly Stop[])[] {
  const groups = new Map<string, HolderWays[]>();
  for (const holder of holders) {
    const key = JSON.stringify(holder.ends.map((stops) => stops.map((stop) => stop.key)));
    const group = groups.get(key) ?? [];
    group.push(holder);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => foldGroup(group));
}

function foldGroup(group: readonly HolderWays[]): readonly (readonly Stop[])[] {
  const [first] = group;
  if (first === undefined) return [];
  const holder = group.length === 1 ? first.holder : foldHolders(group.map((member) => member.holder));
  const people = new Set(group.flatMap((member) => member.people.filter((one) => !one.isHolder).map(({ key }) => key)));
  const crowd: Stop = {
    key: `crowd ${holder.key}`,
    kind: 'person',
    lead: 'can become it',
    label: tellCount(people.size, 'person or principal', 'people and principals'),
  };
  return [...(people.size > 0 ? [[crowd, holder]] : []), ...first.ends.map((stops) => [holder, ...stops])];
}

function foldHolders(holders: readonly Stop[]): Stop {
  const leads = new Set(holders.map(({ lead }) => lead.replace(/, .*/, '')));
  const [lead = ''] = leads;
  return {
    key: `holders ${holders.map(({ key }) => key).join('\n')}`,
    kind: 'principal',
    lead: `${holders.length} ${leads.size === 1 ? `${lead}s` : 'holders'}`,
    label: tellList(
      holders.map(({ label }) => label),
      2,
    ),
  };
}
