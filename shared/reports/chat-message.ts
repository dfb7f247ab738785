/** A telling into a custom notification of Amazon Q Developer in chat applications, one thread a finding. */
import type { Notice, Telling } from '../model/notice.ts';
import type { AlertMessage } from './alert-message.ts';
import { escapeChat, escapeJson, escapeLabel, escapeName, escapeText } from './escape.ts';
import { cut, listAttributes, tellHeadline } from './view-notice.ts';

/** What the receiver takes; longer ones it refuses as a whole. */
const LIMITS = { title: 250, description: 8000, nextStep: 350, keyword: 75 } as const;
const MOST_OF_SUMMARY = 700;
const MOST_STEPS = 3;

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

export function renderChat(telling: Telling): AlertMessage {
  const { head, account, severity } = telling;
  return {
    subject: cut(`[${severity}] ${tellHeadline(head, account, escapeName)}`, 99),
    text: escapeJson(JSON.stringify(toNotification(telling))),
    attributes: listAttributes(telling),
  };
}

export function toNotification(telling: Telling): ChatNotification {
  const { head, others, account, severity, deduplicationId } = telling;
  const { fingerprint, detection, cluster, change } = head.finding;
  const resource =
    cluster === null ? `account ${account}` : cut(escapeLabel(cut(cluster.arn, LIMITS.title)), LIMITS.title);
  return {
    version: '1.0',
    source: 'custom',
    id: deduplicationId,
    content: {
      textType: 'client-markdown',
      title: `${severity}: ${head.title}`.slice(0, LIMITS.title),
      description: describe(telling),
      nextSteps: [
        ...listSteps(head),
        `Or accept it: \`keyholder accept ${fingerprint} --owner … --reason … --until …\` prints the lines of keyholder.yml.`,
      ],
      keywords: [severity, detection, cut(escapeLabel(cut(cluster?.name || account, LIMITS.keyword)), LIMITS.keyword)],
    },
    metadata: {
      threadId: fingerprint,
      summary: `${detection} (${change.kind})${others.length === 0 ? '' : ` and ${others.length} more`}`,
      eventType: change.kind,
      relatedResources: [resource],
      additionalContext: { deduplicationId, finding: fingerprint },
    },
  };
}

/** Whole lines as far as they fit; what does not is counted, and the ids lead to it. */
function describe({ head, others, account, deduplicationId }: Telling): string {
  const lines = [
    `${tellHeadline(head, account, escapeChat)}.`,
    `New: ${escapeChat(cut(head.finding.summary, MOST_OF_SUMMARY))}`,
    ...others.map((notice) => tellOther(notice, account)),
  ];
  const shown: string[] = [];
  let length = 200;
  for (const line of lines) {
    length += line.length + 1;
    if (length > LIMITS.description) break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  const rest = left === 0 ? [] : [`And ${left} more in the message ${deduplicationId} for people.`];
  return [...shown, ...rest].join('\n');
}

/** The headline of a grant says who and not how. */
function tellOther(notice: Notice, account: string): string {
  const what = notice.isGrant ? `${notice.title}: ` : '';
  return `${what}${tellHeadline(notice, account, escapeChat)}. Finding ${notice.finding.fingerprint}.`;
}

/** A command only where chat shows it as it is. */
function listSteps({ finding, fix }: Notice): readonly string[] {
  const steps = finding.fix
    .filter((command) => command.length <= LIMITS.nextStep)
    .map((command) => ({ command, shown: escapeChat(command) }))
    .filter(({ command, shown }) => shown === `\`${command}\`` && shown.length <= LIMITS.nextStep)
    .map(({ shown }) => shown)
    .slice(0, MOST_STEPS);
  return steps.length > 0 ? steps : [cut(escapeText(fix), LIMITS.nextStep)];
}
