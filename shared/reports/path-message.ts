/** A test, or letters that lie dead in an account, into a message of each channel that nobody takes for an alert. */
import type { PathPlace } from '../model/alert-path.ts';
import type { AlertMessage } from './alert-message.ts';
import { fillEnvelope, renderNotification } from './chat-envelope.ts';
import { tellMoment } from './words.ts';

/** Every text is ours: who sends a test chooses nothing but its id. */
export interface PathNews extends PathPlace {
  readonly kind: 'test' | 'dead-letters';
  /** ISO */
  readonly at: string;
  /** The same for each repeat. */
  readonly deduplicationId: string;
}

interface Words {
  readonly severity: 'info' | 'high';
  readonly subject: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly nextSteps: readonly string[];
}

export function renderPathAlert(news: PathNews): AlertMessage {
  const { subject, lines, nextSteps } = wordNews(news);
  const steps = nextSteps.length === 0 ? [] : ['', 'What to do:', ...nextSteps.map((step) => `  ${step}`)];
  const text = [...lines, ...steps, '', `Message ${news.deduplicationId}`].join('\n');
  return { subject, text: `${text}\n`, attributes: listPathAttributes(news) };
}

export function renderPathChat(news: PathNews): AlertMessage {
  const { subject, title, lines, nextSteps } = wordNews(news);
  const { kind, account, region, deduplicationId } = news;
  const notification = fillEnvelope({
    deduplicationId,
    finding: null,
    eventType: kind,
    resource: `account ${account}`,
    title,
    summary: title,
    description: lines.join('\n'),
    nextSteps,
    keywords: [kind, account, region],
  });
  return { subject, text: renderNotification(notification), attributes: listPathAttributes(news) };
}

/** Of a schema of its own: a program that knows only changes passes it by. */
export function renderPathMachine(news: PathNews): AlertMessage {
  const { subject, severity } = wordNews(news);
  const { kind, deduplicationId, account, region, at } = news;
  const message = { schema: 'keyholder.path/v1', kind, deduplicationId, severity, account, region, at };
  return { subject, text: JSON.stringify(message), attributes: listPathAttributes(news) };
}

function listPathAttributes(news: PathNews): Readonly<Record<string, string>> {
  const { kind, account, deduplicationId } = news;
  return { severity: wordNews(news).severity, cluster: 'none', account, detection: 'none', kind, deduplicationId };
}

function wordNews({ kind, account, region, at }: PathNews): Words {
  const moment = tellMoment(at);
  if (kind === 'test')
    return {
      severity: 'info',
      subject: `[test] Keyholder: TEST, nothing happened in ${account} ${region}`,
      title: `TEST: nothing happened in ${account} ${region}`,
      lines: [
        `TEST. Nothing happened: at ${moment} somebody asked whether alerts from account ${account}, region ${region}, arrive here. They do.`,
        'No alert looks like this: its first line names a cluster or an account and what is new about it.',
      ],
      nextSteps: [],
    };
  return {
    severity: 'high',
    subject: `[high] Keyholder: events of ${account} ${region} could not be sent home`,
    title: `high: events of ${account} ${region} could not be sent home`,
    lines: [
      `Since ${moment} events lie in the queue of dead letters of account ${account}, region ${region}: changes of access there that nobody judged, and that no alert tells of.`,
    ],
    nextSteps: ['Runbook, member-dead-letters. What stands there is found by the next audit: start it now.'],
  };
}
