/** A telling into a custom notification of Amazon Q Developer in chat applications, one thread a finding. */
import type { Notice, Telling } from '../model/notice.ts';
import type { AlertMessage } from './alert-message.ts';
import {
  CHAT_LIMITS,
  type ChatNotification,
  fillEnvelope,
  fitDescription,
  fitLabel,
  renderNotification,
} from './chat-envelope.ts';
import { escapeChat, escapeName, escapeText } from './escape.ts';
import { cut, cutSubject, listAttributes, tellHeadline } from './view-notice.ts';

const MOST_OF_SUMMARY = 700;
const MOST_STEPS = 3;

export function renderChat(telling: Telling): AlertMessage {
  const { head, account, severity } = telling;
  return {
    subject: cutSubject(`[${severity}] ${tellHeadline(head, account, escapeName)}`),
    text: renderNotification(toNotification(telling)),
    attributes: listAttributes(telling),
  };
}

export function toNotification(telling: Telling): ChatNotification {
  const { head, others, account, severity, deduplicationId } = telling;
  const { fingerprint, detection, cluster, change } = head.finding;
  return fillEnvelope({
    deduplicationId,
    finding: fingerprint,
    eventType: change.kind,
    resource: cluster === null ? `account ${account}` : fitLabel(cluster.arn, CHAT_LIMITS.title),
    title: `${severity}: ${head.title}`.slice(0, CHAT_LIMITS.title),
    summary: `${detection} (${change.kind})${others.length === 0 ? '' : ` and ${others.length} more`}`,
    description: describe(telling),
    nextSteps: [
      ...listSteps(head),
      `Or accept it: \`keyholder accept ${fingerprint} --owner … --reason … --until …\` prints the lines of keyholder.yml.`,
    ],
    keywords: [severity, detection, fitLabel(cluster?.name || account, CHAT_LIMITS.keyword)],
  });
}

/** What does not fit is counted, and the ids lead to it. */
function describe({ head, others, account, deduplicationId }: Telling): string {
  const lines = [
    `${tellHeadline(head, account, escapeChat)}.`,
    `New: ${escapeChat(cut(head.finding.summary, MOST_OF_SUMMARY))}`,
    ...others.map((notice) => tellOther(notice, account)),
  ];
  return fitDescription(lines, (left) => `And ${left} more in the message ${deduplicationId} for people.`);
}

/** The headline of a grant says who and not how. */
function tellOther(notice: Notice, account: string): string {
  const what = notice.isGrant ? `${notice.title}: ` : '';
  return `${what}${tellHeadline(notice, account, escapeChat)}. Finding ${notice.finding.fingerprint}.`;
}

/** A command only where chat shows it as it is. */
function listSteps({ finding, fix }: Notice): readonly string[] {
  const steps = finding.fix
    .filter((command) => command.length <= CHAT_LIMITS.nextStep)
    .map((command) => ({ command, shown: escapeChat(command) }))
    .filter(({ command, shown }) => shown === `\`${command}\`` && shown.length <= CHAT_LIMITS.nextStep)
    .map(({ shown }) => shown)
    .slice(0, MOST_STEPS);
  return steps.length > 0 ? steps : [cut(escapeText(fix), CHAT_LIMITS.nextStep)];
}
