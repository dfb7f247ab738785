/** A changed finding, and the event that shows it, into what people are told of it. */
import { isOfRead } from '../findings/changes.ts';
import { isGrant, listCommands, listGainers } from '../findings/gained.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { Notice, NoticeOrigin } from '../model/notice.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { FindingStore } from '../ports.ts';
import { NOTICE_TEXTS } from './notice-texts.ts';

/** A state that an event made may be dated otherwise than the event: the records pointed at have times of their own. */
const MOST_TIMES = 4;

/** The event to which the finding points; else the only one of that moment. null where its row is gone. */
export async function findShower(
  store: FindingStore,
  partition: string,
  { change, evidence }: RememberedFinding,
): Promise<EvidenceRecord | null> {
  if (isOfRead(change)) return null;
  const ids = new Set(evidence.flatMap(({ id }) => id ?? []));
  const times = new Set([change.at, ...evidence.flatMap(({ at }) => at ?? [])]);
  let only: EvidenceRecord | null = null;
  for (const at of [...times].slice(0, MOST_TIMES)) {
    const rows = await store.list(partition, `event#${at}#`);
    const records = rows.flatMap(({ body }) => unwrapRemembered('event', body)?.record ?? []);
    const named = records.find((record) => record.evidence.id !== null && ids.has(record.evidence.id));
    if (named !== undefined) return named;
    if (at === change.at && records.length === 1) only = records[0] ?? null;
  }
  return only;
}

export function describeNotice(finding: RememberedFinding, record: EvidenceRecord | null): Notice {
  const texts = NOTICE_TEXTS.find(({ id }) => id === finding.detection);
  return {
    finding: { ...finding, fix: listCommands(finding, record) },
    title: texts?.title ?? finding.detection,
    fix: texts?.fix ?? 'See the finding in the report.',
    isGrant: isGrant(finding),
    gainers: isGrant(finding) ? (listGainers(finding, record) ?? []) : [],
    origin: describeOrigin(finding, record),
  };
}

function describeOrigin({ actor }: RememberedFinding, record: EvidenceRecord | null): NoticeOrigin {
  if (record === null) return { actor, session: null, sourceIp: null };
  if (record.source === 'authenticator-log')
    return { actor, session: record.kind === 'granted' ? record.sessionName : null, sourceIp: null };
  const { principalArn, name, sessionName, sourceIp } = record.actor;
  return { actor: actor ?? principalArn ?? (name === '' ? null : name), session: sessionName, sourceIp };
}
