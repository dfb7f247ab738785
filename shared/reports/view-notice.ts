/** A notice into the words that every message shares; `show` makes harmless what others chose, in each message its own way. */
import type { Notice, Telling } from '../model/notice.ts';
import type { ChangeKind } from '../model/remembered.ts';
import { escapeText } from './escape.ts';
import { shortenArn, shortenSubject, tellDay, tellList, tellMoment } from './words.ts';

export type Show = (text: string) => string;

/** Longer names say no more to a reader, and would push out what does. */
const MOST_CHARACTERS = 200;
const MOST_NAMED = 3;

const PREFIX: Readonly<Partial<Record<ChangeKind, string>>> = {
  worsened: 'Worse: ',
  reopened: 'Again: ',
  expired: 'No longer accepted: ',
};

/** WHO can now administer CLUSTER, given by WHOM from WHERE at WHEN. */
export function tellHeadline(notice: Notice, account: string, show: Show): string {
  const { finding, origin, gainers, isGrant, title } = notice;
  const name = (text: string): string => nameAs(show, cut(shortenArn(text, account), MOST_CHARACTERS));
  const subject = show(cut(shortenSubject(finding.subject, account), MOST_CHARACTERS));
  const place = finding.cluster === null ? `account ${account}` : show(cut(finding.cluster.name, MOST_CHARACTERS));
  const who =
    gainers.length === 0 ? `Whoever ${subject.replace('binding:', '')} names` : tellList(gainers.map(name), MOST_NAMED);
  const what = isGrant ? `${who} can now administer ${place}` : `${place}: ${title} (${subject})`;
  const session = origin.session === null ? '' : ` (session ${show(cut(origin.session, MOST_CHARACTERS))})`;
  const whom = origin.actor === null ? 'somebody whom no record names' : `${name(origin.actor)}${session}`;
  const where = origin.sourceIp === null ? 'an unknown address' : show(cut(origin.sourceIp, MOST_CHARACTERS));
  const by = finding.change.kind === 'expired' ? '' : `, ${isGrant ? 'given by' : 'by'} ${whom} from ${where}`;
  return `${PREFIX[finding.change.kind] ?? ''}${what}${by} at ${tellWhen(finding.change.at, show)}`;
}

function tellWhen(at: string, show: Show): string {
  return tellDay(at) === at ? show(at) : tellMoment(at);
}

/** The kind is a word of ours. */
function nameAs(show: Show, text: string): string {
  const [, kind = '', name = ''] = /^(group )?(.*)$/s.exec(text) ?? [];
  return `${kind}${show(name)}`;
}

/** The lines that a reader pastes, when the risk is one to live with. */
export function tellAcceptance(fingerprint: string, filled: Partial<AcceptanceFields> = {}): readonly string[] {
  const { owner = '<who answers for it>', reason = '<why it may stay>', expires = '<YYYY-MM-DD>' } = filled;
  return [
    'acceptedRisks:',
    `  - finding: ${fingerprint}`,
    `    owner: ${quoteYaml(owner)}`,
    `    reason: ${quoteYaml(reason)}`,
    `    expires: ${quoteYaml(expires)}`,
  ];
}

export interface AcceptanceFields {
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

/** JSON's strings are YAML's too. */
function quoteYaml(text: string): string {
  return JSON.stringify(text);
}

/** What subscribers filter by. */
export function listAttributes({
  head,
  severity,
  account,
  deduplicationId,
}: Telling): Readonly<Record<string, string>> {
  const { detection, cluster, change } = head.finding;
  return {
    severity,
    // SNS refuses a message with an attribute that is empty.
    cluster: cut(escapeText(cut(cluster?.name || 'none', MOST_CHARACTERS)), MOST_CHARACTERS),
    account,
    detection,
    kind: change.kind,
    deduplicationId,
  };
}

/** SNS takes less than 100 characters. */
const MOST_OF_SUBJECT = 99;
/** Of a longer word the beginning says more than a blank. */
const LONGEST_WORD = 40;

/** The subject of a message: it ends with a whole word, where one ends near. */
export function cutSubject(text: string): string {
  if (text.length <= MOST_OF_SUBJECT) return text;
  const end = text.lastIndexOf(' ', MOST_OF_SUBJECT - 2);
  const shown = text.slice(0, Math.max(end, 0)).trimEnd();
  return shown.length < MOST_OF_SUBJECT - LONGEST_WORD ? cut(text, MOST_OF_SUBJECT) : `${shown} …`;
}

/** At most so many UTF-16 units, and never half a character; says that something is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
