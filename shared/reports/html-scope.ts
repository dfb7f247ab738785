/** What a report rests on, and what it could not see, into the last parts of the page. */
import { type Html, html, NOTHING } from './html.ts';
import type { PageView } from './view-page.ts';
import type { PlaceView, ScopeView } from './view-scope.ts';

export function renderUnseen({ doubtTitle, doubts, scope, acceptances, gone }: PageView): Html {
  return html`<section id="unseen" aria-labelledby="unseen-name"><h2 id="unseen-name">What could not be seen</h2>
<p>${doubtTitle}. Where a question was not judged in whole, no finding does not mean that all is well.</p>
${renderList(doubts)}
<h3>Places</h3>${renderPlaces(scope.places)}
${gone.length === 0 ? NOTHING : html`<h3>Keyholders gone since the earlier report</h3>${renderList(gone)}`}
${acceptances.length === 0 ? NOTHING : html`<h3>Accepted risks to look at</h3>${renderList(acceptances)}`}</section>`;
}

function renderList(lines: readonly string[]): Html {
  return lines.length === 0 ? NOTHING : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function renderPlaces(places: readonly PlaceView[]): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Places"><table><thead><tr><th scope="col">Account</th><th scope="col">Region</th><th scope="col">Status</th><th scope="col">Clusters</th><th scope="col">Why, and what to do</th></tr></thead>
<tbody>${places.map(
    ({ account, region, status, clusters, reason }) =>
      html`<tr><th scope="row">${account}</th><td>${region}</td><td>${status}</td><td>${clusters}</td><td>${reason}</td></tr>`,
  )}</tbody></table></div>`;
}

export function renderProvenance({ facts, besides, queries, files }: ScopeView): Html {
  return html`<section id="basis" aria-labelledby="basis-name"><h2 id="basis-name">What this rests on</h2>
<dl>${facts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
${renderList(besides)}
${queries.length === 0 ? NOTHING : html`<details class="fold"><summary>Queries that were run: ${queries.length}</summary>${queries.map((query) => html`<pre>${query}</pre>`)}</details>`}
${
  files.length === 0
    ? NOTHING
    : html`<details class="fold"><summary>Files that were read, with their SHA-256: ${files.length}</summary>
<div class="scroll" role="group" tabindex="0" aria-label="Files that were read"><table><thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead><tbody>${files.map(({ file, sha256 }) => html`<tr><th scope="row">${file}</th><td><code>${sha256}</code></td></tr>`)}</tbody></table></div></details>`
}
</section>`;
}
