/** A telling into JSON for programs: the facts as they are, each text and list bounded. */
import type { Notice, Telling } from '../model/notice.ts';
import type { AlertMessage } from './alert-message.ts';
import { escapeJson, escapeName } from './escape.ts';
import { cut, cutSubject, listAttributes, tellHeadline } from './view-notice.ts';

/** Of findings that are told in full: SNS takes 262,144 bytes, and the names of the others have a part of them. */
const MOST_BYTES = 150_000;
/** How long the texts of a finding may be: where names take too many bytes so, they are cut further. */
const SHORTEST = 100;
const LENGTHS = [2000, SHORTEST];
/** With less than that left, none is tried. */
const LEAST_BYTES = 5000;
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
  let left = MOST_BYTES;
  const changes = [telling.head, ...telling.others].map((notice) => {
    for (const most of left < LEAST_BYTES ? [] : LENGTHS) {
      const told = describeChange(notice, most);
      const size = Buffer.byteLength(escapeJson(JSON.stringify(told)));
      if (size > left) continue;
      left -= size;
      return told;
    }
    return nameChange(notice, SHORTEST);
  });
  const message = { schema: 'keyholder.message/v1', deduplicationId, severity, account, region, changes };
  return escapeJson(JSON.stringify(message));
}

function nameChange({ finding }: Pick<Notice, 'finding'>, most: number) {
  const { fingerprint, detection, severity, change } = finding;
  // A cause may be the line of a log.
  return {
    fingerprint,
    detection,
    severity,
    change: { ...change, cause: cut(change.cause, Math.min(most, LONGEST_LEFT)) },
    shortened: true,
  };
}

function describeChange({ finding, gainers, origin, isGrant, title }: Notice, most: number) {
  const clip = (text: string): string => cut(text, most);
  const { cluster, subject, summary, status, actor, at, firstSeenAt, fix, evidence } = finding;
  const texts = [subject, summary, ...gainers, ...fix, actor ?? '', origin.session ?? ''];
  const isLong = texts.some((text) => text.length > most);
  const isMany = [gainers, fix, evidence].some((list) => list.length > MOST_OF_LIST);
  return {
    ...nameChange({ finding }, most),
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
    fix: fix.filter((command) => command.length <= most).slice(0, MOST_OF_LIST),
    evidence: evidence.slice(0, MOST_OF_LIST).map(({ source, id, at: recordedAt }) => ({
      source,
      id: id === null ? null : cut(id, Math.min(most, LONGEST_LEFT)),
      at: recordedAt,
    })),
  };
}
