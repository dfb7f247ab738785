/** The story of remembering: what an audit found on a cluster into the rows that history, alerts and the next run read. */
import { createHash } from 'node:crypto';
import { listAdminKeys } from '../access/admin-keys.ts';
import { listPeopleKeys } from '../findings/admin-people.ts';
import { listResolvable } from '../findings/evaluate.ts';
import { type GrantRead, isShownWhole, isWholeRead, listShownWhole } from '../findings/grant-lifecycle.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { listStandIns } from '../findings/remembered-lives.ts';
import { sizeOf } from '../findings/row-size.ts';
import { listSeenGrants } from '../findings/seen-grants.ts';
import { joinWindows } from '../findings/sight.ts';
import type { Ref } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { RememberedFirstAudit, RememberedLife, RememberedRun } from '../model/remembered.ts';
import type { ClusterReport } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { rememberAdmins } from './admin-index.ts';
import { DETECTION_RULES } from './detection-rules.ts';
import { rememberFindings } from './remember-findings.ts';
import { rememberGrants } from './remember-grants.ts';
import { rememberPeople } from './remember-people.ts';
import { rememberSight } from './remember-sight.ts';
import { keepRow, readRow } from './remembered-row.ts';

export interface AuditedCluster {
  readonly report: ClusterReport;
  /** ISO: up to when its evidence reaches. */
  readonly at: string;
  /** Those of the cluster, which may show who took a grant away and what the creator's unique id is. */
  readonly records: readonly EvidenceRecord[];
  /** Who was at work. */
  readonly usage: readonly Usage[];
  /** The data of its aws-auth, where that parsed without loss. */
  readonly awsAuth: Readonly<Record<string, string>> | null;
  /** Somebody asked for another read of it, beside the nightly run. */
  readonly isRefresh?: boolean;
}

export interface Remembering {
  /** Rows; 0 when the same audit is remembered again. */
  readonly written: number;
  /** When the cluster was audited later than this already: then nothing is written. */
  readonly supersededBy: string | null;
}

/** The row of the run comes last: what broke off is done again, and writes only what is missing. */
export async function rememberAudit(store: FindingStore, audited: AuditedCluster): Promise<Remembering> {
  const { report, at } = audited;
  const before = await readRow(store, { partition: report.arn, key: 'run', kind: 'run' });
  if (before !== null && Date.parse(before.at) > Date.parse(at)) return { written: 0, supersededBy: before.at };
  const firstAudit = await readRow(store, { partition: report.arn, key: 'first-audit', kind: 'first-audit' });
  const isBaseline = firstAudit === null || Date.parse(firstAudit.at) >= Date.parse(at);
  const read = describeRead(audited, before);
  const counts = [
    await rememberPlace(store, audited),
    await rememberLife(store, audited),
    await rememberCreator(store, audited),
    await rememberAwsAuth(store, audited),
    await rememberGrants(store, {
      clusterArn: report.arn,
      grants: listSeenGrants(report.access),
      records: audited.records,
      read,
    }),
    await rememberFindings(
      store,
      {
        clusterArn: report.arn,
        life: report.createdAt,
        findings: report.findings,
        // Without the life no fingerprint is that of an earlier run, and every finding would seem to be gone.
        standIns: await readStandIns(store, report),
        resolvable: report.createdAt === null ? new Set() : listTrusted(report),
      },
      {
        origin: 'audit',
        cause: isBaseline ? 'baseline' : audited.isRefresh === true ? 'refresh' : 'audit',
        at,
        basis: at,
      },
    ),
    await rememberPeople(store, report, at),
    await rememberSight(store, audited),
    await rememberAdmins(store, {
      clusterArn: report.arn,
      at,
      admins: listAdminKeys(report.access),
      isWhole: listPeopleKeys(report) !== null,
    }),
    await rememberFirstAudit(store, audited),
    await rememberRun(store, audited, read),
  ];
  return { written: counts.reduce((sum, count) => sum + count, 0), supersededBy: null };
}

function describeRead({ report, at }: AuditedCluster, before: RememberedRun | null): GrantRead {
  const { coverage, createdAt, authenticationMode, creator } = report;
  // Who the creator was rests on records that run out, unless they proved it.
  const isCreatorKnown = authenticationMode === 'API' || creator.confidence === 'proven';
  return {
    at,
    life: createdAt,
    lastReadAt: (via) => before?.viaReadAt?.[via] ?? null,
    wouldShow: ({ via }) => isShownWhole(via, coverage) && (via !== 'cluster-creator' || isCreatorKnown),
  };
}

/** Where something lacked that a detection compares with, its silence ends nothing. */
export function listTrusted({ coverage, verdicts }: ClusterReport): ReadonlySet<string> {
  const lacking = new Set(verdicts.flatMap(({ detection, lack }) => (lack === undefined ? [] : [detection])));
  return new Set([...listResolvable(DETECTION_RULES, coverage)].filter((id) => !lacking.has(id)));
}

async function readStandIns(store: FindingStore, { arn, createdAt }: ClusterReport): Promise<readonly string[]> {
  if (createdAt === null) return [];
  const lives = (await store.list(arn, 'life#')).flatMap(({ body }) => unwrapRemembered('life', body) ?? []);
  return listStandIns(lives, createdAt);
}

function rememberPlace(store: FindingStore, { report, at }: AuditedCluster): Promise<number> {
  const { arn, name, account, region, createdAt: life } = report;
  const value = { arn, name, account, region, at, life };
  return keepRow(store, { partition: 'estate', key: `cluster#${arn}`, kind: 'cluster', change: () => value });
}

/** A life that stood before this one is over: nobody can create a cluster whose name is taken. */
async function rememberLife(store: FindingStore, { report }: AuditedCluster): Promise<number> {
  const { arn, createdAt } = report;
  if (createdAt === null) return 0;
  let written = await keepRow(store, {
    partition: arn,
    key: `life#${createdAt}`,
    kind: 'life',
    change: (stored) => stored ?? { createdAt, until: null },
  });
  for (const row of await store.list(arn, 'life#')) {
    const life = unwrapRemembered('life', row.body);
    if (life === null || life.until !== null || !isBefore(life, createdAt)) continue;
    const change = (stored: RememberedLife | null) => (stored === null ? null : { ...stored, until: createdAt });
    written += await keepRow(store, { partition: arn, key: row.key, kind: 'life', change });
  }
  return written;
}

/** A name that an alert gave to this very life is over with it, though the record came after the cluster. */
function isBefore(life: RememberedLife, createdAt: string): boolean {
  return listStandIns([life], createdAt).length > 0 || Date.parse(life.createdAt) < Date.parse(createdAt);
}

async function rememberCreator(store: FindingStore, { report, records }: AuditedCluster): Promise<number> {
  const { arn, createdAt, creator } = report;
  const { principalArn, confidence } = creator;
  if (createdAt === null || principalArn === null || confidence !== 'proven') return 0;
  const uniqueId = findIdAtCreation(records, creator.evidence);
  return keepRow(store, {
    partition: arn,
    key: `creator#${createdAt}`,
    kind: 'creator',
    change: (stored) => ({ ...(stored ?? { life: createdAt, principalArn }), uniqueId: stored?.uniqueId ?? uniqueId }),
  });
}

function findIdAtCreation(records: readonly EvidenceRecord[], evidence: readonly Ref[]): string | null {
  const ids = new Set(evidence.map(({ id }) => id));
  for (const record of records) {
    if (record.source !== 'cloudtrail' || record.eventName !== 'CreateCluster' || !ids.has(record.evidence.id))
      continue;
    if (record.actor.uniqueId !== null) return record.actor.uniqueId;
  }
  return null;
}

const MOST_AWS_AUTH_BYTES = 90_000;

function rememberAwsAuth(store: FindingStore, { report, awsAuth: data, at }: AuditedCluster): Promise<number> {
  if (data === null) return Promise.resolve(0);
  const sha256 = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  const value = { at, sha256, data: sizeOf(data) > MOST_AWS_AUTH_BYTES ? null : data };
  return keepRow(store, {
    partition: report.arn,
    key: 'aws-auth',
    kind: 'aws-auth',
    change: (stored) => (stored !== null && Date.parse(stored.at) > Date.parse(at) ? stored : value),
  });
}

function rememberFirstAudit(store: FindingStore, { report, at }: AuditedCluster): Promise<number> {
  if (!isWholeRead(report.coverage)) return Promise.resolve(0);
  const change = (stored: RememberedFirstAudit | null) => stored ?? { at };
  return keepRow(store, { partition: report.arn, key: 'first-audit', kind: 'first-audit', change });
}

const STREAMS: ReadonlySet<string> = new Set(['authenticator-log', 'audit-log', 'cloudtrail']);

function rememberRun(store: FindingStore, { report, at }: AuditedCluster, grants: GrantRead): Promise<number> {
  const { arn, verdicts, coverage } = report;
  const read = coverage.flatMap(({ source, status, window }): [string, string][] =>
    STREAMS.has(source) && status === 'complete' && window !== null ? [[source, window.to]] : [],
  );
  const change = (stored: RememberedRun | null): RememberedRun => {
    if (stored !== null && Date.parse(stored.at) > Date.parse(at)) return stored;
    return {
      at,
      verdicts: Object.fromEntries(verdicts.map(({ detection, status }) => [detection, status])),
      grantsReadAt: isWholeRead(coverage) ? at : (stored?.grantsReadAt ?? null),
      viaReadAt: { ...stored?.viaReadAt, ...Object.fromEntries(listShownWhole(grants).map((via) => [via, at])) },
      logsReadTo: { ...stored?.logsReadTo, ...Object.fromEntries(read) },
      logsSeen: joinWindows(stored?.logsSeen, coverage),
    };
  };
  return keepRow(store, { partition: arn, key: 'run', kind: 'run', change });
}
