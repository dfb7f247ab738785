/** One cluster into its part of the page. */
import type { Drawing } from './graphviz.ts';
import { type Html, html, NOTHING } from './html.ts';
import { renderCases } from './html-cases.ts';
import { renderKeys } from './html-keys.ts';
import { renderPicture } from './html-picture.ts';
import { renderTimeline } from './html-timeline.ts';
import type { GapView, SourceView } from './view-coverage.ts';
import type { ClusterPage, SeverityCount } from './view-page.ts';

export function renderCluster(cluster: ClusterPage, drawing: Drawing): Html {
  const { id, name, facts, creator, counts, keys, cases, none, coverage, folder } = cluster;
  return html`
<section class="cluster" id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${name}</h2>
<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
<p>${creator}. Proofs are files below <code>${folder}</code> of the evidence.</p>
<h3>Who holds the keys</h3>${renderKeys(keys)}
${renderPicture(cluster.picture, drawing, `${id}-picture`)}
<h3>What is wrong ${renderCounts(counts)}</h3>${cases.length === 0 ? html`<p>${none}</p>` : renderCases(cases)}
${renderTimeline(cluster.timeline)}
<h3>What was read</h3>${renderCoverage(coverage)}
<p class="top"><a href="#top">Back to the top</a></p>
</section>`;
}

export function renderCounts(counts: readonly SeverityCount[]): Html {
  return html`${counts.map(({ severity, count }) => html`<span class="sev ${severity}">${count} ${severity}</span> `)}`;
}

function renderCoverage({ whole, gaps }: SourceView): Html {
  return html`<p>In whole, with the number of records: ${whole.length === 0 ? 'nothing' : whole.join(', ')}.</p>
${gaps.length === 0 ? NOTHING : renderGaps(gaps)}`;
}

function renderGaps(gaps: readonly GapView[]): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-label="What was not read in whole"><table class="gaps"><thead><tr><th scope="col">Source</th><th scope="col">Status</th><th scope="col">Read</th><th scope="col">Skipped</th><th scope="col">Why</th></tr></thead>
<tbody>${gaps.map(
    ({ source, status, read, skipped, reason, skips }) =>
      html`<tr><th scope="row">${source}</th><td>${status}</td><td>${read}</td><td>${skipped}</td><td>${reason}${skips.map((skip) => html`<br><small>${skip}</small>`)}</td></tr>`,
  )}</tbody></table></div>`;
}
