/** What an audit saw of principals kept for emergencies into the report of each use that is over, as a row to be told. */
import {
  describeEmergencyUse,
  isUseOf,
  listEmergencyPrincipals,
  nameEmergency,
  type SeenOnCluster,
} from '../access/emergency-use.ts';
import { fingerprintOf } from '../findings/fingerprint.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { RememberedEmergency } from '../model/break-glass.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { ClusterReport } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { rememberDeclared } from './declared-index.ts';
import { keepRow } from './remembered-row.ts';

export interface AuditedUse {
  readonly evidence: Evidence;
  readonly found: ClusterEvidence;
  readonly report: ClusterReport;
  /** ISO: up to when the evidence reaches. */
  readonly at: string;
}

const USED = 'break-glass-used';

/** What follows the first alert; publish-changes is called for it: resources/messages.yml. */
export const BREAK_GLASS_PREFIX = 'break-glass#';

/** Rows that were written. The same audit again writes none: a use is reported once, up to its last moment. */
export async function rememberBreakGlass(store: FindingStore, audited: AuditedUse): Promise<number> {
  const { evidence, found } = audited;
  const principals = listEmergencyPrincipals({ config: evidence.config, cluster: found.cluster });
  let written = await rememberDeclared(store, {
    clusterArn: found.cluster.arn,
    at: audited.at,
    breakGlass: principals,
  });
  for (const { principal } of principals) {
    const seen = await gatherSeen(store, principal, audited);
    const name = fingerprintUse(principal, audited);
    const change = (stored: RememberedEmergency | null): RememberedEmergency | null => {
      const report = describeEmergencyUse(principal, seen, stored?.report.to ?? null);
      const finding = findTold(principal, audited) ?? stored?.finding ?? name;
      return report === null ? null : { number: (stored?.number ?? 0) + 1, finding, severity: 'high', report };
    };
    const key = `${BREAK_GLASS_PREFIX}${name}`;
    written += await keepRow(store, { partition: found.cluster.arn, key, kind: 'break-glass', change });
  }
  return written;
}

/** With the events that came by themselves since: an audit asks no log for who assumed a role. */
async function gatherSeen(
  store: FindingStore,
  principal: string,
  { evidence, found, report, at }: AuditedUse,
): Promise<SeenOnCluster> {
  const { cluster, coverage, usage, audit, cloudTrail } = found;
  const account = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
  const ofCluster = await listEvents(store, cluster.arn);
  const ofAccount = account === undefined ? [] : await listEvents(store, `account:${account}`);
  return {
    ...{ cluster, coverage, usage, at },
    access: report.access,
    records: [...audit, ...cloudTrail, ...ofCluster],
    accountRecords: [...evidence.accounts.flatMap((one) => one.cloudTrail), ...ofAccount],
  };
}

async function listEvents(store: FindingStore, partition: string): Promise<readonly EvidenceRecord[]> {
  const rows = await store.list(partition, 'event#');
  return rows.flatMap(({ body }) => unwrapRemembered('event', body)?.record ?? []);
}

/** Of the finding which told of the use, so that chat puts both into one thread. */
function findTold(principal: string, { report }: AuditedUse): string | null {
  const told = report.findings.find((finding) => finding.detection === USED && isUseOf(principal, finding));
  return told?.fingerprint ?? null;
}

/** The same each night, whether the use is still in the window of the logs or not. */
function fingerprintUse(principal: string, { found }: AuditedUse): string {
  const { arn, createdAt } = found.cluster;
  return fingerprintOf({ detection: USED, clusterArn: arn, life: createdAt, subject: nameEmergency(principal) });
}
