/** How long it takes to join a cluster as large as EKS allows, and whether time grows with the clusters and no faster. */
import { resolveFacts } from '../shared/access/facts.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { type Benchmark, median, timeSeconds } from './figure.ts';
import { makeEvidence } from './large-cluster.ts';

const NOW = '2026-11-21T03:00:00Z';
const LARGEST = { bindings: 10_000, entries: 3_000, subjects: 50_000 };
const ORDINARY = { bindings: 600, entries: 150, subjects: 3_000 };
const RUNS = 3;
const LEAST_SECONDS = 5;

export const benchResolve: Benchmark = async () => {
  const resolveAll: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const evidence = makeEvidence(1, LARGEST);
    const [cluster] = evidence.clusters;
    if (cluster === undefined) throw new RangeError('expected one cluster, got none');
    resolveAll.push(await timeSeconds(() => resolveFacts(cluster, evidence, { now: NOW, records: [] }).access));
  }
  const size = await findSize();
  const ratios: number[] = [];
  let seconds = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const once = await timeAudit(size);
    ratios.push((await timeAudit(2 * size)) / once);
    seconds = Math.max(seconds, once);
  }
  return [
    {
      what: 'resolve 10,000 bindings, 3,000 entries, 50,000 subjects (median of 3)',
      measured: median(resolveAll),
      unit: 's',
      limit: 2,
    },
    { what: `audit ${size} clusters (one run)`, measured: seconds, unit: 's', limit: null },
    {
      what: `audit ${2 * size} clusters against ${size} (median of 3)`,
      measured: median(ratios),
      unit: 'x',
      limit: 2.2,
    },
  ];
};

async function timeAudit(clusters: number): Promise<number> {
  const evidence = makeEvidence(clusters, ORDINARY);
  return timeSeconds(() => auditEvidence(evidence, NOW));
}

/** Runs of less than five seconds say more about the machine than about the code. */
async function findSize(): Promise<number> {
  let size = 40;
  while ((await timeAudit(size)) < LEAST_SECONDS) size *= 2;
  return size;
}
