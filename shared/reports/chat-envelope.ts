/** What a message says into a custom notification of Amazon Q Developer in chat applications. */
import { escapeJson, escapeLabel } from './escape.ts';
import { cut } from './view-notice.ts';

/** What the receiver takes; longer ones it refuses as a whole. */
export const CHAT_LIMITS = { title: 250, description: 8000, nextStep: 350, keyword: 75 } as const;
/** Of a description, for the line that says what was left out. */
const ROOM_FOR_REST = 200;

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

export interface ChatMessage {
  readonly deduplicationId: string;
  /** Its messages are one thread; null: the message stands alone. */
  readonly finding: string | null;
  readonly eventType: string;
  readonly resource: string;
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly nextSteps: readonly string[];
  readonly keywords: readonly string[];
}

export function fillEnvelope(message: ChatMessage): ChatNotification {
  const { deduplicationId, finding, eventType, resource, title, summary, description, nextSteps, keywords } = message;
  return {
    version: '1.0',
    source: 'custom',
    id: deduplicationId,
    content: { textType: 'client-markdown', title, description, nextSteps, keywords },
    metadata: {
      threadId: finding ?? deduplicationId,
      summary,
      eventType,
      relatedResources: [resource],
      additionalContext: { deduplicationId, ...(finding === null ? {} : { finding }) },
    },
  };
}

export function renderNotification(notification: ChatNotification): string {
  return escapeJson(JSON.stringify(notification));
}

/** Whole lines as far as they fit; `tellRest` says how many do not. */
export function fitDescription(lines: readonly string[], tellRest: (left: number) => string): string {
  const shown: string[] = [];
  let length = ROOM_FOR_REST;
  for (const line of lines) {
    length += line.length + 1;
    if (length > CHAT_LIMITS.description) break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  return [...shown, ...(left === 0 ? [] : [tellRest(left)])].join('\n');
}

/** A name of any length and any characters, where no code can stand. */
export function fitLabel(name: string, most: number): string {
  return cut(escapeLabel(cut(name, most)), most);
}
