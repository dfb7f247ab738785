/** A changed finding, and the event that shows it, into what people are told of it. */
import { DETECTIONS } from '../detections/index.ts';
import { isGrant, listGainers } from '../findings/gained.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { Notice, NoticeOrigin } from '../model/notice.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { FindingStore } from '../ports.ts';

/** The event to which the finding points; else the only one of that moment. null where its row is gone. */
export async function findShower(
  store: FindingStore,
  partition: string,
  { change, evidence }: RememberedFinding,
): Promise<EvidenceRecord | null> {
  if (change.cause === 'audit' || change.cause === 'baseline') return null;
  const rows = await store.list(partition, `event#${change.at}#`);
  const records = rows.flatMap(({ body }) => unwrapRemembered('event', body)?.record ?? []);
  const ids = new Set(evidence.flatMap(({ id }) => id ?? []));
  const named = records.find((record) => record.evidence.id !== null && ids.has(record.evidence.id));
  return named ?? (records.length === 1 ? (records[0] ?? null) : null);
}

export function describeNotice(finding: RememberedFinding, record: EvidenceRecord | null): Notice {
  const detection = DETECTIONS.find(({ id }) => id === finding.detection);
  return {
    finding,
    title: detection?.title ?? finding.detection,
    fix: detection?.fix ?? 'See the finding in the report.',
    isGrant: isGrant(finding),
    gainers: listGainers(finding, record) ?? [],
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
