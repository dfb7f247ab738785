/** Findings into a list that opens to commands and proofs. */
import { type Html, html, NOTHING } from './html.ts';
import type { CaseGroup, CaseView } from './view-cases.ts';

export function renderCases(groups: readonly CaseGroup[]): Html {
  return html`${groups.map(renderGroup)}`;
}

function renderGroup({ title, isFolded, cases }: CaseGroup): Html {
  const list = html`<ul class="cases">${cases.map(renderCase)}</ul>`;
  return isFolded ? html`<details class="fold"><summary>${title}</summary>${list}</details>` : list;
}

function renderCase({ severity, status, summary, detection, subject, ...rest }: CaseView): Html {
  const settled = status === 'open' ? NOTHING : html` <span class="tag">${status}</span>`;
  return html`
<li data-row="${severity}"><details class="case">
<summary><span class="sev ${severity}">${severity}</span><span class="what">${summary}${settled}<small><b>${detection}</b> <code>${subject}</code></small></span></summary>
<div class="body">${renderBody(rest)}</div></details></li>`;
}

type Body = Pick<CaseView, 'origin' | 'acceptance' | 'commands' | 'fingerprint' | 'proofs'>;

function renderBody({ origin, acceptance, commands, fingerprint, proofs }: Body): Html {
  return html`<p>${origin}. ${acceptance}</p>${commands.map((command) => html`<pre>${command}</pre>`)}
<p class="quiet">${renderProofs(proofs)}Fingerprint <code>${fingerprint}</code></p>`;
}

export function renderProofs(proofs: readonly string[]): Html {
  return proofs.length === 0 ? NOTHING : html`Proof: ${proofs.map((proof) => html`<code>${proof}</code> `)}`;
}
