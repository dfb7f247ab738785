/** The nightly audit of 1,000 clusters in 20 accounts and 4 regions, in a model of AWS and of time. */
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { auditOneCluster } from '../shared/pipeline/audit-one-cluster.ts';
import { evidencePrefix } from '../shared/pipeline/audit-run.ts';
import { collectRegion } from '../shared/pipeline/collect-region.ts';
import { UNWATCHED } from '../shared/pipeline/deadline.ts';
import { planAudit } from '../shared/pipeline/plan-audit.ts';
import { publishReport } from '../shared/pipeline/publish-report.ts';
import { parseClusterEvent, parsePlanEvent, parsePublishEvent, parseUnitEvent } from '../shared/pipeline/run-events.ts';
import type { EvidenceRecorder, LiveSources, ObjectStore } from '../shared/ports.ts';
import { openMemoryObjects } from '../test/support/memory-objects.ts';
import { type Handlers, runMachine } from '../test/support/nightly-machine.ts';
import type { Benchmark } from './figure.ts';
import { boundSeconds, createModelledAws, type ModelledAws } from './modelled-aws.ts';
import { openModelledSources } from './modelled-sources.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const RUN = 'night-1';
const NOW = '2026-11-21T03:00:00Z';
const CLUSTERS = 1_000;
const ACCOUNTS = Array.from({ length: 20 }, (_, number) => String(111_122_223_333 + number));
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
/** The functions leave half of the rates to others; all of a region's processes together keep to the model's. */
const PART = 2;

export const benchEstateModel: Benchmark = async () => {
  const clock = createVirtualClock();
  const aws = createModelledAws(clock);
  const objects = openMemoryObjects();
  const handlers = openHandlers({ clock, aws, store: slowDown(objects, aws) });
  await clock.run(runMachine({ run: RUN, startedAt: NOW, handlers }));
  const seconds = clock.nowMs() / 1000;
  const report = JSON.parse(objects.text(`reports/${RUN}/report.json`));
  const bound = boundSeconds(aws.admitted);
  const { calls, throttled, failed } = aws.counts;
  return [
    { what: `night of ${CLUSTERS} clusters, in modelled time`, measured: seconds, unit: 's', limit: null },
    { what: '- at the rates of AWS no night is shorter than', measured: bound, unit: 's', limit: null },
    { what: '- night against that', measured: seconds / bound, unit: 'x', limit: 1.2 },
    { what: '- clusters that are not in the report', measured: CLUSTERS - report.clusters.length, unit: '', limit: 0 },
    { what: '- places not audited in whole', measured: report.summary.notAudited, unit: '', limit: 0 },
    { what: '- calls', measured: calls, unit: '', limit: null },
    { what: '- attempts that were throttled', measured: throttled, unit: '', limit: null },
    { what: '- calls that were given up', measured: failed, unit: '', limit: 0 },
  ];
};

interface Model {
  readonly clock: VirtualClock;
  readonly aws: ModelledAws;
  readonly store: ObjectStore;
}

function slowDown(objects: ObjectStore, { passObject }: ModelledAws): ObjectStore {
  const slow =
    <Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      await passObject();
      return call(...args);
    };
  return { read: slow(objects.read), write: slow(objects.write), list: slow(objects.list) };
}

/** As the functions do it, with the model in place of AWS; each call is a process with a pace of its own. */
function openHandlers({ clock, aws, store }: Model): Handlers {
  const open = (sharedBy: number): ((account: string) => LiveSources) => {
    const call = aws.openProcess(sharedBy);
    return (account) => openModelledSources(account, { call, sleep: clock.sleep, clustersOf });
  };
  const { signal } = new AbortController();
  const portsOf = (run: string) => ({
    store,
    sink: openPlainRecorder(store, evidencePrefix(run)),
    openEvidence: (places: Parameters<typeof openObjectEvidence>[2]) =>
      openObjectEvidence(store, evidencePrefix(run), places),
    signal,
    progress: UNWATCHED,
  });
  return {
    planAudit: (event) => {
      const asked = parsePlanEvent(event);
      const recorder = openPlainRecorder(store, evidencePrefix(asked.run));
      const listAccounts = async () => ({ accounts: ACCOUNTS, gap: null });
      const ports = { ...portsOf(asked.run), recorder, listAccounts, open: open(1), copies: [] };
      return planAudit({ ...asked, regions: REGIONS }, ports);
    },
    collectRegion: (event) => {
      const { run, ...asked } = parseUnitEvent(event);
      return collectRegion(asked, { ...portsOf(run), open: open(1) });
    },
    auditCluster: (event) => {
      const { run, sharedBy, ...asked } = parseClusterEvent(event);
      return auditOneCluster(asked, { ...portsOf(run), open: open(PART * sharedBy) });
    },
    publishReport: (event) => {
      const { run } = parsePublishEvent(event);
      const reports = { write: async (name: string, text: string) => keep(store, `reports/${run}/${name}`, text) };
      return publishReport(
        { run },
        {
          ...portsOf(run),
          reports,
          link: async () => null,
          publisher: null,
          canaries: null,
          rows: null,
          renewal: null,
        },
      );
    },
  };
}

/** Not packed: unpacking goes on in another thread, of which a clock of our own knows nothing. */
function openPlainRecorder(store: ObjectStore, prefix: string): EvidenceRecorder {
  return {
    write: async (file, text) => {
      if (typeof text !== 'string') throw new TypeError('expected a text from the model, got a stream');
      await store.write(`${prefix}${file}`, text);
    },
    addPlace: (folder) => store.write(`${prefix}${folder}/`, ''),
  };
}

async function keep(store: ObjectStore, key: string, text: string): Promise<string> {
  await store.write(key, text);
  return key;
}

/** Twelve or thirteen in each account and region. */
function clustersOf(account: string, region: string): readonly string[] {
  const place = ACCOUNTS.indexOf(account) * REGIONS.length + REGIONS.indexOf(region);
  const places = ACCOUNTS.length * REGIONS.length;
  const count = Math.floor((CLUSTERS * (place + 1)) / places) - Math.floor((CLUSTERS * place) / places);
  return Array.from({ length: count }, (_, number) => `cluster-${number + 1}`);
}
