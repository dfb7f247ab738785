/** A report to people as pages for a browser; nothing else in the pipeline may load the layout engine of their pictures. */
import type { Report } from '../model/report.ts';
import type { ReportSink } from '../ports.ts';
import { openGraphviz } from '../reports/graphviz.ts';
import { type DrawnCluster, renderClusterPage, renderIndexPage, renderPage } from '../reports/html-page.ts';
import { type PageView, viewPage } from '../reports/view-page.ts';

const FILE_NAME = 'report.html';
const CLUSTER_PREFIX = 'report-';
/** A page of more is slow to open and to search: each cluster then gets a file of its own. */
const MOST_ON_ONE_PAGE = 100;

/** One page with everything. */
export async function renderWholePage(report: Report): Promise<string> {
  const view = viewPage(report);
  return renderPage(view, await drawClusters(view));
}

/** One page, or an index and one for each cluster; gives the path of the one to open. */
export async function writePages(report: Report, sink: ReportSink): Promise<string> {
  const view = viewPage(report);
  const drawn = await drawClusters(view);
  if (drawn.length <= MOST_ON_ONE_PAGE) return sink.write(FILE_NAME, renderPage(view, drawn));
  for (const each of drawn) {
    await sink.write(`${CLUSTER_PREFIX}${each.cluster.id}.html`, renderClusterPage(view, each, FILE_NAME));
  }
  return sink.write(FILE_NAME, renderIndexPage(view, CLUSTER_PREFIX));
}

async function drawClusters({ clusters }: PageView): Promise<readonly DrawnCluster[]> {
  const draw = await openGraphviz();
  return clusters.map((cluster) => ({ cluster, drawing: draw(cluster.picture) }));
}
