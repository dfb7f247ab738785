import { describe, expect, test } from 'vitest';
import type { AccountEvidence, ClusterEvidence, Evidence } from '../shared/model/evidence.ts';
import type { CloudTrailEvent } from '../shared/model/records.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../shared/offline/evidence-recorder.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { collectLive } from '../shared/pipeline/collect-live.ts';
import { ESTATE } from './support/estate.ts';
import { NOW, openLiveAws, PLACE } from './support/live-aws.ts';
import { makeFolder } from './support/temp-folder.ts';

const { account, region } = PLACE;
const BUCKET = 'example-trail';
/** When the event history begins, at the moment of the run. */
const HISTORY_FROM = Date.parse('2026-08-23T03:00:00Z');

/** Reads the estate as AWS would show it, and then what was recorded. */
async function readBack(): Promise<Evidence> {
  const { open, task, aws } = await openLiveAws({ trail: { bucket: BUCKET } });
  const dir = makeFolder();
  await collectLive([{ name: 'the caller', account, open: async () => open({ trailBucket: BUCKET }) }], {
    sink: await openEvidenceRecorder(dir),
    regions: [region],
    account: null,
    cluster: null,
    window: task.window,
    now: NOW,
    signal: task.signal,
    progress: task.progress,
    copies: [],
  });
  expect(aws.problems).toEqual([]);
  return collectEvidence(openEvidenceFolder(dir));
}

/** The same record lies in another file, and on another line. */
function withoutPlace(value: unknown): unknown {
  const text = JSON.stringify(value, (name, field) => (name === 'file' || name === 'line' ? undefined : field));
  return JSON.parse(text);
}

function byName(records: readonly unknown[]): readonly string[] {
  return records.map((record) => JSON.stringify(withoutPlace(record))).sort();
}

function findAccount({ accounts }: Evidence): AccountEvidence | undefined {
  return accounts.find((one) => one.account === account);
}

function describeCluster(evidence: ClusterEvidence): unknown {
  const { cluster, accessEntries, identityProviders, workloadRoles } = evidence;
  return {
    cluster: withoutPlace(cluster),
    accessEntries: byName(accessEntries),
    identityProviders: byName(identityProviders),
    workloadRoles: byName(workloadRoles),
  };
}

function clustersOf({ clusters }: Evidence): readonly ClusterEvidence[] {
  return clusters.filter(({ cluster }) => cluster.account === account);
}

describe('live round trip', () => {
  test('gives of EKS, IAM and the directory the evidence that the folder itself gives', async () => {
    const stored = await collectEvidence(openEvidenceFolder(ESTATE));
    const live = await readBack();

    expect(clustersOf(live).map(describeCluster)).toEqual(clustersOf(stored).map(describeCluster));
    expect(byName(findAccount(live)?.iam?.roles ?? [])).toEqual(byName(findAccount(stored)?.iam?.roles ?? []));
    expect(byName(findAccount(live)?.iam?.users ?? [])).toEqual(byName(findAccount(stored)?.iam?.users ?? []));
    expect(byName(findAccount(live)?.identityCenter ?? [])).toEqual(byName(findAccount(stored)?.identityCenter ?? []));
    expect(findAccount(live)?.organization).toEqual(findAccount(stored)?.organization);
  });

  test('skips no line of what it recorded', async () => {
    const live = await readBack();

    const rows = [...live.clusters, ...live.accounts].flatMap(({ coverage }) => coverage);
    expect(rows.flatMap(({ skips }) => skips)).toEqual([]);
  });

  test('gives every CloudTrail record of the last 90 days that it asks for, and the creation before them', async () => {
    const stored = await collectEvidence(openEvidenceFolder(ESTATE));
    const live = await readBack();

    const eventsOf = (evidence: Evidence): readonly CloudTrailEvent[] => [...(findAccount(evidence)?.cloudTrail ?? [])];
    const isKept = ({ at }: CloudTrailEvent): boolean => at !== null && Date.parse(at) >= HISTORY_FROM;
    expect(byName(eventsOf(live).filter(isKept))).toEqual(byName(eventsOf(stored).filter(isKept)));
    const created = eventsOf(live).filter((event) => event.eventName === 'CreateCluster' && !isKept(event));
    expect(created.map(({ clusterName }) => clusterName)).toEqual(['payments']);
  });
});
