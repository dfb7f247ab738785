/** Pages for a browser of estates of sixty and of a thousand clusters: how large, and how soon. */
import type { ControlResult } from '../shared/model/compliance.ts';
import type { ClusterReport, Report } from '../shared/model/report.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { renderWholePage, writePages } from '../shared/pipeline/tell-html.ts';
import { type Figure, timeSeconds } from './figure.ts';

const NOW = '2026-11-21T03:00:00Z';
const MB = 1_000_000;

export async function benchPages(): Promise<readonly Figure[]> {
  const report = auditEvidence(await collectEvidence(openEvidenceFolder('events/estate')), NOW);
  let page = '';
  const sixty = await timeSeconds(async () => {
    page = await renderWholePage(multiply(report, 60));
  });
  const sizes: number[] = [];
  const sink = {
    write: async (name: string, text: string) => {
      sizes.push(Buffer.byteLength(text));
      return name;
    },
  };
  const thousand = await timeSeconds(() => writePages(multiply(report, 1000), sink));
  return [
    {
      what: 'one page of 60 clusters, the worst of the sample estate among them',
      measured: sixty,
      unit: 's',
      limit: 5,
    },
    {
      what: `its size, ${Buffer.byteLength(page)} bytes`,
      measured: Buffer.byteLength(page) / MB,
      unit: 'MB',
      limit: 3,
    },
    { what: `index and files of 1,000 clusters (${sizes.length} files)`, measured: thousand, unit: 's', limit: null },
    { what: 'size of that index', measured: (sizes.at(-1) ?? Number.NaN) / MB, unit: 'MB', limit: 3 },
  ];
}

/** The clusters of the report over and over, each time under another name; figures and controls grow alike. */
function multiply(report: Report, count: number): Report {
  const clusters = Array.from({ length: count }, (_, index) =>
    rename(report.clusters[index % report.clusters.length], index),
  );
  return {
    ...report,
    clusters,
    compliance: multiplyControls(report, clusters),
    summary: { ...report.summary, clusters: count },
  };
}

function rename(cluster: ClusterReport | undefined, index: number): ClusterReport {
  if (cluster === undefined) throw new RangeError('expected a cluster in the sample estate, got none');
  return { ...cluster, arn: `${cluster.arn}-${index}`, name: `${cluster.name}-${index}` };
}

function multiplyControls(
  { compliance = [], clusters: before }: Report,
  clusters: readonly ClusterReport[],
): readonly ControlResult[] {
  return compliance.map((control) => ({
    ...control,
    clusters: clusters.flatMap(({ arn }, index) => {
      const one = control.clusters.find((each) => each.arn === before[index % before.length]?.arn);
      return one === undefined ? [] : [{ ...one, arn }];
    }),
  }));
}
