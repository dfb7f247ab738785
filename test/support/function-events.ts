/** The files of events/, each with the function that it invokes and what shows that it did something. */
import { readdirSync, readFileSync } from 'node:fs';

const EVENTS = new URL('../../events/', import.meta.url);
const FUNCTIONS = new URL('../../functions/', import.meta.url);

export const FUNCTION_NAMES: readonly string[] = readdirSync(FUNCTIONS).map((file) => file.replace(/\.ts$/, ''));
export const EVENT_FILES: readonly string[] = readdirSync(EVENTS).filter((file) => file.endsWith('.json'));

/** The longest name that the file's begins with; undefined for a file that invokes nothing. */
export function findFunction(file: string): string | undefined {
  const name = file.replace(/\.json$/, '');
  const fitting = FUNCTION_NAMES.filter((candidate) => name === candidate || name.startsWith(`${candidate}-`));
  return fitting.sort((a, b) => b.length - a.length)[0];
}

export function readEvent(file: string): unknown {
  const event: unknown = JSON.parse(readFileSync(new URL(file, EVENTS), 'utf8'));
  return event;
}

/** In the order in which a night goes through them; the others stand alone. */
export const NIGHT = [
  'plan-audit.json',
  'collect-region.json',
  'audit-cluster.json',
  'audit-cluster-given-up.json',
  'publish-report.json',
];
