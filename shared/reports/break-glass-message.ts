/** The report of a use of a break-glass principal into a message of each channel. */
import type { EmergencyDeed, EmergencyReport, EmergencySession, RememberedEmergency } from '../model/break-glass.ts';
import type { AlertMessage } from './alert-message.ts';
import { CHAT_LIMITS, fillEnvelope, fitDescription, fitLabel, renderNotification } from './chat-envelope.ts';
import { escapeChat, escapeJson, escapeMessage, escapeText } from './escape.ts';
import { cut, cutSubject, type Show } from './view-notice.ts';
import { shortenArn, tellCount, tellMoment } from './words.ts';

const KIND = 'break-glass-report';
const DETECTION = 'break-glass-used';
const MOST_OF_NAME = 300;

export function renderBreakGlassAlert(told: RememberedEmergency): AlertMessage {
  const lines = [...describeUse(told, escapeMessage), '', `Message ${nameReport(told)}`];
  return { subject: tellSubject(told), text: `${lines.join('\n')}\n`, attributes: listAttributes(told) };
}

export function renderBreakGlassChat(told: RememberedEmergency): AlertMessage {
  const { finding, report, severity } = told;
  const deduplicationId = nameReport(told);
  const title = `${severity}: break-glass session over`;
  const notification = fillEnvelope({
    deduplicationId,
    finding,
    eventType: KIND,
    resource: fitLabel(report.cluster.arn || 'none', CHAT_LIMITS.title),
    title,
    summary: title,
    description: fitDescription(
      describeUse(told, escapeChat),
      () => `More in the message ${deduplicationId} for people.`,
    ),
    nextSteps: listSteps(report),
    keywords: [severity, KIND, fitLabel(report.cluster.name || 'none', CHAT_LIMITS.keyword)],
  });
  return { subject: tellSubject(told), text: renderNotification(notification), attributes: listAttributes(told) };
}

/** Of a schema of its own: a program that knows only changes passes it by. */
export function renderBreakGlassMachine(told: RememberedEmergency): AlertMessage {
  const { finding, number, severity, report } = told;
  const { account, region } = placeOf(report);
  const head = { schema: 'keyholder.break-glass/v1', deduplicationId: nameReport(told), severity, account, region };
  const message = { ...head, finding, number, report };
  const text = JSON.stringify(message, (_key, value) => (typeof value === 'string' ? cut(value, MOST_OF_NAME) : value));
  return { subject: tellSubject(told), text: escapeJson(text), attributes: listAttributes(told) };
}

/** The same for each repeat. */
export function nameReport({ finding, number }: RememberedEmergency): string {
  return `${finding}-${KIND}-${number}`;
}

function placeOf({ cluster }: EmergencyReport): { readonly account: string; readonly region: string } {
  const [, , , region, account] = cluster.arn.split(':');
  return { account: account || 'unknown', region: region || 'unknown' };
}

function listAttributes(told: RememberedEmergency): AlertMessage['attributes'] {
  const { cluster } = told.report;
  return {
    severity: told.severity,
    // SNS refuses a message with an attribute that is empty.
    cluster: cut(escapeText(cut(cluster.name || 'none', 200)), 200),
    account: placeOf(told.report).account,
    detection: DETECTION,
    kind: KIND,
    deduplicationId: nameReport(told),
  };
}

function tellSubject({ severity, report }: RememberedEmergency): string {
  const principal = shortenArn(report.principal, placeOf(report).account);
  const text = `[${severity}] ${report.cluster.name}: break-glass session over: ${principal}`;
  return cutSubject(escapeMessage(text));
}

function describeUse({ finding, number, report }: RememberedEmergency, show: Show): readonly string[] {
  const { account } = placeOf(report);
  const name: Show = (text) => show(cut(shortenArn(text, account), MOST_OF_NAME));
  const { principal, cluster, sessions, sessionsLeft, addresses, logins, requests, grant, given, unseen } = report;
  const span = `for ${tellSpan(report)}, ${tellMoment(report.from)} to ${tellMoment(report.to)}`;
  const from = addresses.length === 0 ? 'an unknown address' : addresses.map(name).join(', ');
  return [
    `${name(cluster.name)}: break-glass session over: ${name(principal)}, from ${from}, ${span}.`,
    '',
    'Who:',
    ...sessions.map((session) => `  ${describeSession(session, name)}`),
    ...(sessionsLeft === 0 ? [] : [`  and ${sessionsLeft} more`]),
    report.over === 'expired'
      ? 'Its credentials have run out.'
      : 'Nobody was seen at work for an hour; when its credentials run out was not seen.',
    '',
    `What was done: ${tellCount(logins, 'login')}, at least ${tellCount(requests, 'request')}.`,
    ...listDeeds(report, name),
    '',
    `Its grant: ${describeGrant(grant, name)}`,
    ...(given.length === 0 ? [] : ['It gave, and it still stands:', ...given.map((one) => `  ${name(one)}`)]),
    ...(unseen.length === 0 ? [] : ['What was not seen:', ...unseen.map((one) => `  ${name(one)}`)]),
    '',
    `Severity high, detection ${DETECTION}, finding ${finding}, report ${number}.`,
  ];
}

function describeSession({ name: session, by, sourceIp, from, expiresAt }: EmergencySession, name: Show): string {
  const inSession = (text: string | null) => (text === null ? '' : ` (session ${name(text)})`);
  const who = by === null ? 'somebody whom no record names' : `${name(by.name)}${inSession(by.session)}`;
  const as = session === null ? '' : `, as session ${name(session)}`;
  const where = sourceIp === null ? 'an unknown address' : name(sourceIp);
  const since = from === null ? '' : `, since ${tellMoment(from)}`;
  const until = expiresAt === null ? '' : `, credentials until ${tellMoment(expiresAt)}`;
  return `${who}${as}, from ${where}${since}${until}`;
}

function listDeeds({ deeds, deedsLeft }: EmergencyReport, name: Show): readonly string[] {
  const tell = ({ what, count, isRefused }: EmergencyDeed) =>
    `  ${count} x ${name(what)}${isRefused ? ' (refused)' : ''}`;
  return [...deeds.map(tell), ...(deedsLeft === 0 ? [] : [`  and ${deedsLeft} more kinds, in the logs`])];
}

function describeGrant({ status, detail }: EmergencyReport['grant'], name: Show): string {
  if (status === 'stands') return `it still stands: ${name(detail)}.`;
  return status === 'gone' ? 'it is gone.' : `whether it is gone is not known: ${name(detail)}.`;
}

function listSteps({ given }: EmergencyReport): readonly string[] {
  const undo = given.length === 0 ? [] : ['Take back what was given with it.'];
  return ['Ask who used it and for what emergency.', ...undo];
}

/** "43 minutes", "2 hours 5 minutes". */
function tellSpan({ from, to }: EmergencyReport): string {
  const minutes = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (minutes < 60) return tellCount(minutes, 'minute');
  const rest = minutes % 60;
  return `${tellCount(Math.floor(minutes / 60), 'hour')}${rest === 0 ? '' : ` ${tellCount(rest, 'minute')}`}`;
}
