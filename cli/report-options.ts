/** The flags that answering commands share, into checked values. */
import { type Command, Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import type { World } from './world.ts';

export interface ReportOptions<Format extends string> {
  readonly evidence?: string;
  readonly format?: Format;
  readonly out?: string;
  readonly now?: string;
}

/** Of a command that reads an evidence folder. */
export function addReportOptions(command: Command, formats: readonly string[]): Command {
  const folder = new Option('--evidence <dir>', 'the evidence folder to read').argParser(parseFolder('--evidence'));
  return addAnswerOptions(command.addOption(folder), formats);
}

/** Of a command whose answer depends on when it is asked. */
export function addAnswerOptions(command: Command, formats: readonly string[]): Command {
  const now = new Option('--now <time>', 'take this ISO time for the present (now, unless given)').argParser(parseNow);
  return addFormatOptions(command, formats).addOption(now);
}

export function addFormatOptions(command: Command, formats: readonly string[]): Command {
  const format = new Option('--format <format>', `print one format and write no files: ${formats.join(', ')}`);
  return command
    .addOption(format.argParser(parseChoice('--format', formats)))
    .addOption(new Option('--out <dir>', 'write the files into this folder').argParser(parseFolder('--out')));
}

export function parseChoice<Choice extends string>(flag: string, choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((known) => known === text);
    if (choice !== undefined) return choice;
    throw new KeyholderError('usage', `expected one of ${choices.join(', ')} for ${flag}, got ${JSON.stringify(text)}`);
  };
}

export function parseFolder(flag: string, what = 'folder'): (text: string) => string {
  return (text) => {
    if (text.trim() !== '') return text;
    throw new KeyholderError('usage', `expected a ${what} for ${flag}, got nothing`);
  };
}

const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** A day stands for its first moment in UTC. */
export function parseTime(flag: string): (text: string) => string {
  return (text) => {
    const [, day = ''] = ISO_TIME.exec(text) ?? [];
    const ms = isDayOfCalendar(day) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(ms)) return renderTime(ms);
    const expected = 'an ISO time such as 2026-11-21T00:00:00Z';
    throw new KeyholderError('usage', `expected ${expected} for ${flag}, got ${JSON.stringify(text)}`);
  };
}

/** Date.parse takes 30 February for a day in March. */
function isDayOfCalendar(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

export const parseNow = parseTime('--now');

export function resolveNow(now: string | undefined, { clock }: World): string {
  return now ?? renderTime(Date.parse(clock.now()));
}

function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
