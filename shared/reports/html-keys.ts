/** Who holds a cluster into a list that opens to every grant, its proof and the people behind it. */
import { type Html, html, NOTHING } from './html.ts';
import { renderProofs } from './html-cases.ts';
import type { GrantView, KeysView, KeyView, OtherView, PersonView } from './view-keys.ts';

export function renderKeys({ keyholders, none, everybody, others, folded }: KeysView): Html {
  const list = html`<ul class="keys">${keyholders.map(renderKey)}</ul>`;
  const shared = html`<p class="quiet">Each that is logged in also holds, at lower levels: ${everybody}.</p>`;
  return html`${everybody === '' ? NOTHING : shared}${keyholders.length === 0 ? html`<p>${none}</p>` : list}
${folded.map((line) => html`<p class="quiet">${line}</p>`)}
${others.length === 0 ? NOTHING : renderOthers(others)}`;
}

function renderKey(key: KeyView): Html {
  const { holder, fullName, level, isGone, change, since, lastUsed, people, persons } = key;
  const changed = change === '' ? NOTHING : html` <span class="tag">${change}</span>`;
  const gone = isGone ? html` <span class="tag bad">deleted in IAM</span>` : NOTHING;
  return html`
<li data-row="key"><details class="key">
<summary><span class="name">${holder}${gone}${changed}</span><span class="level ${level}">${level}</span><span class="when">since <b>${since}</b></span><span class="when">last used <b>${lastUsed}</b></span><span class="when">people <b>${people}</b></span></summary>
<div class="body"><p><code>${fullName}</code></p>
<dl>${key.facts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
<h4>Grants</h4><ol class="grants">${key.grants.map(renderGrant)}</ol>
${key.lesser === '' ? NOTHING : html`<p class="quiet">And at lower levels: ${key.lesser}</p>`}
${persons.length === 0 ? NOTHING : renderPersons(persons)}</div></details></li>`;
}

function renderGrant({ via, steps, scope, since, reason, proofs }: GrantView): Html {
  return html`<li><p class="way"><span class="tag">${via}</span> ${steps.map((step) => html`<span class="step">${step}</span>`)}</p>
<p class="quiet">${scope}, since ${since}: ${reason}. ${renderProofs(proofs)}</p></li>`;
}

function renderPersons(persons: readonly PersonView[]): Html {
  return html`<h4>Who can become it</h4><div class="scroll" role="group" tabindex="0" aria-label="Who can become it"><table><thead><tr><th scope="col">Who</th><th scope="col">Certain</th><th scope="col">Path</th></tr></thead>
<tbody>${persons.map(({ name, certainty, path }) => html`<tr><th scope="row">${name}</th><td>${certainty}</td><td>${path}</td></tr>`)}</tbody></table></div>`;
}

function renderOthers(others: readonly OtherView[]): Html {
  return html`<details class="fold"><summary>Everybody else with access: ${others.length}</summary>
<div class="scroll" role="group" tabindex="0" aria-label="Everybody else with access"><table><thead><tr><th scope="col">Holder</th><th scope="col">Level</th><th scope="col">Last used</th><th scope="col">Through</th></tr></thead>
<tbody>${others.map(
    ({ holder, level, lastUsed, through }) =>
      html`<tr data-row="key"><th scope="row">${holder}</th><td>${level}</td><td>${lastUsed}</td><td>${through}</td></tr>`,
  )}</tbody></table></div></details>`;
}
