/** The small estate, changed as a test wants it, audited and remembered as one run after another would do it. */
import type { Report } from '../../shared/model/report.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { readWithState, recallState } from '../../shared/pipeline/recall-state.ts';
import { type RememberedRunResult, rememberRun } from '../../shared/pipeline/remember-run.ts';
import type { FindingStore, ObjectStore } from '../../shared/ports.ts';
import { openMemoryObjects } from './memory-objects.ts';
import { memoryReaders } from './memory-readers.ts';
import { CLUSTER, smallEstate } from './small-estate.ts';

export const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
export const CLUSTER_ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

export type Files = Record<string, string | Uint8Array | null>;

interface Given {
  readonly objects?: ObjectStore;
  readonly isRefresh?: boolean;
}

/** `at` is the end of the window; a file that is null is left out. */
export async function auditAt(
  store: FindingStore,
  at: string,
  files: Files = {},
  { objects = openMemoryObjects(), isRefresh = false }: Given = {},
): Promise<{ readonly report: Report; readonly remembered: readonly RememberedRunResult[] }> {
  const manifest = { schema: 'keyholder.evidence/v1', window: { from: '2026-01-01T00:00:00Z', to: at } };
  // Without IAM, which would say that the roles of the tests do not exist.
  const withoutIam = { ...smallEstate(), '111122223333/iam.json': null };
  const all: Files = { ...withoutIam, 'manifest.json': JSON.stringify(manifest), ...files };
  const given = Object.entries(all).filter((entry): entry is [string, string | Uint8Array] => entry[1] !== null);
  const readers = await readWithState(memoryReaders(Object.fromEntries(given)), await recallState(store));
  const evidence = await collectEvidence(readers);
  const report = auditEvidence(evidence, at);
  return {
    report,
    remembered: await rememberRun({ store, objects }, { evidence, report, readers, isRefresh }),
  };
}

export interface Entry {
  readonly name: string;
  readonly createdAt?: string | null;
  readonly policy?: string;
}

/** access-entries.json with one entry for each role, each an admin of the cluster. */
export function entriesFile(entries: readonly Entry[]): Files {
  const accessEntries = entries.map(({ name, createdAt = '2026-01-01T00:00:00Z', policy = CLUSTER_ADMIN }) => ({
    principalArn: `arn:aws:iam::111122223333:role/${name}`,
    type: 'STANDARD',
    username: name,
    kubernetesGroups: [],
    ...(createdAt === null ? {} : { createdAt }),
    associatedAccessPolicies: [
      {
        policyArn: policy,
        accessScope: { type: 'cluster', namespaces: [] },
        ...(createdAt === null ? {} : { associatedAt: createdAt }),
      },
    ],
  }));
  return { [`${CLUSTER}/access-entries.json`]: JSON.stringify({ accessEntries }) };
}

export function clusterFile(createdAt: string): Files {
  const cluster = {
    name: 'payments',
    arn: ARN,
    createdAt,
    version: '1.31',
    accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
    logging: { clusterLogging: [{ types: ['audit', 'authenticator'], enabled: true }] },
  };
  return { [`${CLUSTER}/describe-cluster.json`]: JSON.stringify({ cluster }) };
}

export function trailFile(records: readonly Readonly<Record<string, unknown>>[]): Files {
  const Records = records.map((record, index) => ({
    eventVersion: '1.08',
    eventSource: 'eks.amazonaws.com',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/alice',
      accountId: '111122223333',
      userName: 'alice',
    },
    responseElements: null,
    ...record,
  }));
  return { '111122223333/cloudtrail/a.json': JSON.stringify({ Records }) };
}
