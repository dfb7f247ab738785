/** The view of a report into one page that needs nothing else: no script to be read, no request, no font. */
import { createHash } from 'node:crypto';
import type { Drawing } from './graphviz.ts';
import { Html, html, NOTHING, omitEndTags } from './html.ts';
import { renderCases } from './html-cases.ts';
import { renderCluster, renderCounts } from './html-cluster.ts';
import { renderCompliance } from './html-compliance.ts';
import { renderProvenance, renderUnseen } from './html-scope.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';
import type { BandView, CardView } from './view-band.ts';
import type { ClusterPage, PageView } from './view-page.ts';

export interface DrawnCluster {
  readonly cluster: ClusterPage;
  readonly drawing: Drawing;
}

/** The whole report on one page. */
export function renderPage(view: PageView, drawn: readonly DrawnCluster[]): string {
  const { title, evidence, band } = view;
  return renderDocument(title, {
    head: html`<h1>${title}</h1><p class="quiet">${evidence}</p>`,
    main: html`${renderBand(band)}${FILTER}
${renderIndex(view, '')}
${drawn.map(({ cluster, drawing }) => renderCluster(cluster, drawing))}
${renderElsewhere(view)}
${renderUnseen(view)}
${renderCompliance(view.compliance)}
${renderProvenance(view.scope)}`,
  });
}

/** The report without its clusters, which have files of their own: `prefix`, the id of the cluster, `.html`. */
export function renderIndexPage(view: PageView, prefix: string): string {
  const { title, evidence, band } = view;
  return renderDocument(title, {
    head: html`<h1>${title}</h1><p class="quiet">${evidence}</p>`,
    main: html`${renderBand(band)}${FILTER}
${renderIndex(view, prefix)}
${renderElsewhere(view)}
${renderUnseen(view)}
${renderCompliance(view.compliance)}
${renderProvenance(view.scope)}`,
  });
}

/** One cluster on a page of its own. */
export function renderClusterPage(
  { title, evidence }: PageView,
  { cluster, drawing }: DrawnCluster,
  index: string,
): string {
  return renderDocument(`${cluster.name} – ${title}`, {
    head: html`<p class="quiet"><a href="${index}">${title}</a></p><h1>${cluster.name}</h1><p class="quiet">${evidence}</p>`,
    main: html`${FILTER}${renderCluster(cluster, drawing)}`,
  });
}

function renderDocument(title: string, { head, main }: { readonly head: Html; readonly main: Html }): string {
  const policy = [
    `default-src 'none'`,
    `style-src '${hashSource(STYLE)}'`,
    `script-src '${hashSource(SCRIPT)}'`,
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body id="top">
<a class="skip" href="#main">Skip to the content</a>
<header>${head}</header>
<main id="main">${omitEndTags(main)}</main>
<footer><p>Written by Keyholder. What was not read never counts as a pass.</p></footer>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.markup;
}

function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function renderBand({ keys, wrong, unseen }: BandView): Html {
  return html`<section class="band" aria-label="Summary">${renderCard(keys, NOTHING)}${renderCard(wrong, html`<p>${renderCounts(wrong.counts)}</p>`)}${renderCard(unseen, NOTHING)}</section>`;
}

function renderCard({ title, figure, unit, lines }: CardView, more: Html): Html {
  return html`<div class="card"><h2>${title}</h2><p><span class="figure">${figure}</span> ${unit}</p>${more}${lines.map((line) => html`<p class="quiet">${line}</p>`)}</div>`;
}

/** Shown by the script alone: without one there is nothing to filter with. */
const FILTER = html`<form class="filter" role="search" hidden>
<label>Search <input type="search" name="text" autocomplete="off" placeholder="role, person, binding, file …"></label>
<label>Severity <select name="severity"><option value="">all</option><option value="critical">critical</option><option value="high">high and above</option><option value="medium">medium and above</option><option value="low">low and above</option></select></label>
<output aria-live="polite"></output></form>`;

function renderElsewhere({ elsewhere }: PageView): Html {
  if (elsewhere.length === 0) return NOTHING;
  return html`<section id="elsewhere" aria-labelledby="elsewhere-name"><h2 id="elsewhere-name">Of no single cluster</h2>${renderCases(elsewhere)}</section>`;
}

function renderIndex({ clusters, elsewhere }: PageView, prefix: string): Html {
  if (clusters.length === 0) return html`<p>No cluster was found in the evidence.</p>`;
  return html`<nav aria-labelledby="clusters-name"><h2 id="clusters-name">Clusters</h2>
<div class="scroll" role="group" tabindex="0" aria-label="Clusters"><table class="index"><thead><tr><th scope="col">Cluster</th><th scope="col">Place</th><th scope="col">Keyholders</th><th scope="col">Open findings</th><th scope="col">Not judged in whole</th></tr></thead>
<tbody>${clusters.map(
    ({ id, name, place, keyholders, counts, doubtful }) =>
      html`<tr data-row="cluster"><th scope="row"><a href="${prefix === '' ? `#${id}` : `${prefix}${id}.html`}">${name}</a></th><td>${place}</td><td>${keyholders}</td><td>${counts.length === 0 ? 'none' : renderCounts(counts)}</td><td>${doubtful}</td></tr>
`,
  )}</tbody></table></div>
<p class="jump">${elsewhere.length === 0 ? NOTHING : html`<a href="#elsewhere">Of no single cluster</a> `}<a href="#unseen">What could not be seen</a> <a href="#compliance">Controls of standards</a> <a href="#basis">What this rests on</a></p></nav>`;
}
