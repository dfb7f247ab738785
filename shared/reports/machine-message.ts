/** A telling into JSON for programs: the facts as they are, each text and list bounded. */
import type { Notice, Telling } from '../model/notice.ts';
import type { AlertMessage } from './alert-message.ts';
import { escapeJson, escapeName } from './escape.ts';
import { cut, cutSubject, listAttributes, tellHeadline } from './view-notice.ts';

/** In characters of JSON, which are four bytes each at most, and SNS takes 262,144 bytes. */
const MOST_CHARACTERS = 50_000;
const MOST_OF_TEXT = 2000;
const MOST_OF_LIST = 10;
const LONGEST_LEFT = 200;

export function renderMachine(telling: Telling): AlertMessage {
  const { head, account, severity } = telling;
  return {
    subject: cutSubject(`[${severity}] ${tellHeadline(head, account, escapeName)}`),
    text: writeFitting(telling),
    attributes: listAttributes(telling),
  };
}

/** As many findings in full as fit; the others by their ids. */
function writeFitting(telling: Telling): string {
  const { deduplicationId, severity, account, region } = telling;
  const notices = [telling.head, ...telling.others];
  const changes: unknown[] = [];
  let length = 0;
  for (const [index, notice] of notices.entries()) {
    const isLeft = index > 0 && length > MOST_CHARACTERS;
    const told = isLeft ? nameChange(notice) : describeChange(notice);
    changes.push(told);
    length += escapeJson(JSON.stringify(told)).length;
  }
  const message = { schema: 'keyholder.message/v1', deduplicationId, severity, account, region, changes };
  return escapeJson(JSON.stringify(message));
}

function nameChange({ finding }: Pick<Notice, 'finding'>) {
  const { fingerprint, detection, severity, change } = finding;
  // A cause may be the line of a log.
  return {
    fingerprint,
    detection,
    severity,
    change: { ...change, cause: cut(change.cause, LONGEST_LEFT) },
    shortened: true,
  };
}

function describeChange({ finding, gainers, origin, isGrant, title }: Notice) {
  const { cluster, subject, summary, status, actor, at, firstSeenAt, fix, evidence } = finding;
  const texts = [subject, summary, ...gainers, ...fix, actor ?? '', origin.session ?? ''];
  const isLong = texts.some((text) => text.length > MOST_OF_TEXT);
  const isMany = [gainers, fix, evidence].some((list) => list.length > MOST_OF_LIST);
  return {
    ...nameChange({ finding }),
    shortened: isLong || isMany,
    ...{ title, status, isGrant, firstSeenAt, at },
    cluster: cluster === null ? null : { ...cluster, arn: clip(cluster.arn), name: clip(cluster.name) },
    subject: clip(subject),
    summary: clip(summary),
    gainers: gainers.slice(0, MOST_OF_LIST).map(clip),
    actor: actor === null ? null : clip(actor),
    origin: {
      actor: origin.actor === null ? null : clip(origin.actor),
      session: origin.session === null ? null : clip(origin.session),
      sourceIp: origin.sourceIp === null ? null : clip(origin.sourceIp),
    },
    // A command that was cut is worse than none.
    fix: fix.filter((command) => command.length <= MOST_OF_TEXT).slice(0, MOST_OF_LIST),
    evidence: evidence.slice(0, MOST_OF_LIST).map(({ source, id, at: recordedAt }) => ({
      source,
      id: id === null ? null : cut(id, LONGEST_LEFT),
      at: recordedAt,
    })),
  };
}

function clip(text: string): string {
  return cut(text, MOST_OF_TEXT);
}
