/** A telling into a message for people: plain text, the news in the first line, the command that undoes it below. */
import type { Notice, Telling } from '../model/notice.ts';
import { escapeMessage, escapeName } from './escape.ts';
import { cut, cutSubject, listAttributes, tellAcceptance, tellHeadline } from './view-notice.ts';

export interface AlertMessage {
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const MOST_OF_SUMMARY = 1000;
/** A command that was cut is worse than none. */
const MOST_OF_COMMAND = 2000;
const MOST_COMMANDS = 5;
const MOST_IN_FULL = 10;
/** SNS takes 262,144: the ids of those that are not told in full have a part of them. */
const MOST_BYTES = 150_000;

export function renderAlert(telling: Telling): AlertMessage {
  const { head, others, account, severity, deduplicationId } = telling;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const headline = tellHeadline(head, account, escapeName);
  const first = [`${headline}${more}.`, ...tellNotice(head)];
  const inFull = listFitting(first, others, account);
  const lines = [
    ...first,
    ...inFull.flat(),
    ...tellRest(others.slice(inFull.length)),
    '',
    `Message ${deduplicationId}`,
  ];
  return {
    subject: cutSubject(`[${severity}] ${tellHeadline(head, account, escapeName)}`),
    text: `${lines.join('\n')}\n`,
    attributes: listAttributes(telling),
  };
}

/** The lines of as many as fit, in their order. */
function listFitting(
  first: readonly string[],
  others: readonly Notice[],
  account: string,
): readonly (readonly string[])[] {
  const fitting: (readonly string[])[] = [];
  let bytes = Buffer.byteLength(first.join('\n'));
  for (const notice of others.slice(0, MOST_IN_FULL)) {
    const lines = ['', `${tellHeadline(notice, account, escapeName)}.`, ...tellNotice(notice)];
    bytes += Buffer.byteLength(lines.join('\n'));
    if (bytes > MOST_BYTES) break;
    fitting.push(lines);
  }
  return fitting;
}

function tellNotice({ finding, fix, isGrant }: Notice): readonly string[] {
  const { summary, severity, detection, fingerprint, cluster, change } = finding;
  return [
    '',
    `What is new: ${escapeMessage(cut(summary, MOST_OF_SUMMARY))}`,
    `Severity ${severity}, detection ${detection}, finding ${fingerprint}, change ${change.number} (${change.kind}).`,
    ...(cluster === null ? [] : [`Cluster ${escapeMessage(cut(cluster.arn, MOST_OF_SUMMARY))}`]),
    '',
    isGrant ? 'To undo it:' : 'What to do:',
    ...tellCommands(finding.fix, fix).map((line) => `  ${line}`),
    '',
    'To accept it, in keyholder.yml:',
    ...tellAcceptance(fingerprint).map((line) => `  ${line}`),
  ];
}

/** As they are, or not at all: what is pasted must be what was meant. */
function tellCommands(commands: readonly string[], fix: string): readonly string[] {
  const whole = commands.filter((command) => isPasteable(command)).slice(0, MOST_COMMANDS);
  const left = commands.length - whole.length;
  const rest = left === 0 ? [] : [`${left} more that fit no message: keyholder audit prints them.`];
  return whole.length === 0 ? [escapeMessage(cut(fix, MOST_OF_SUMMARY)), ...rest] : [...whole, ...rest];
}

/** Several lines are indented as one command is. */
function isPasteable(command: string): boolean {
  return command.length <= MOST_OF_COMMAND && escapeMessage(command) === command;
}

/** By their ids: nothing that was found is left out. */
function tellRest(rest: readonly Notice[]): readonly string[] {
  if (rest.length === 0) return [];
  return [
    '',
    `${rest.length} more findings of the same cause:`,
    ...rest.map(({ finding }) => `  ${finding.fingerprint} ${finding.detection}`),
  ];
}
