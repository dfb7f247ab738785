/** Bars of who held the keys since when into a table with inline SVG. */
import { type Html, html, NOTHING } from './html.ts';
import type { TimelineRow, TimelineView } from './view-timeline.ts';

export function renderTimeline(view: TimelineView): Html {
  const { rows, from, to, seenFrom, seenFromDay } = view;
  if (rows.length === 0) return NOTHING;
  const dark = seenFrom === null ? '' : ` The thin line is ${seenFromDay}: no log shows what was before it.`;
  return html`<h3>Timeline of grants and uses</h3>
<p class="quiet">From ${from} to ${to}. A bar begins where the grant was given, pale where that is not known; a tick is the last use seen.${dark}</p>
<table class="timeline"><thead><tr><th scope="col">Holder</th><th scope="col">Since</th><th scope="col">Last used</th><th scope="col" class="bar">${from} – ${to}</th></tr></thead>
<tbody>${rows.map((row) => renderRow(row, seenFrom))}</tbody></table>`;
}

function renderRow({ holder, since, lastUsed, begins, length, used }: TimelineRow, seenFrom: number | null): Html {
  const mark = seenFrom === null ? NOTHING : html`<rect class="mark" x="${seenFrom}"/>`;
  const dot = used === null ? NOTHING : html`<rect class="dot" x="${used}"/>`;
  return html`<tr data-row="key"><th scope="row">${holder}</th><td>${since}</td><td>${lastUsed}</td><td class="bar"><svg viewBox="0 0 1008 24" preserveAspectRatio="none" aria-hidden="true"><rect class="${begins === null ? 'open' : 'held'}" x="${begins ?? 0}" width="${length}"/>${mark}${dot}</svg></td></tr>
`;
}
