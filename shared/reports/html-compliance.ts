/** The controls of standards into a table of the page. */
import { type Html, html, NOTHING } from './html.ts';
import type { ComplianceView, ControlView } from './view-compliance.ts';

export function renderCompliance({ controls, counts }: ComplianceView): Html {
  if (controls.length === 0) return NOTHING;
  return html`<section id="compliance" aria-labelledby="compliance-name"><h2 id="compliance-name">Controls of standards</h2>
<p>${counts}. A pass means that every question Keyholder asks for a control was judged in whole on every cluster and found nothing; it is no opinion of an auditor.</p>
<div class="scroll" role="group" tabindex="0" aria-label="Controls of standards"><table class="controls"><thead><tr><th scope="col">Control</th><th scope="col">State</th><th scope="col">Behind it</th></tr></thead>
<tbody>${controls.map(renderControl)}</tbody></table></div></section>`;
}

function renderControl({ standard, control, title, status, reason, broken, unknown, detections }: ControlView): Html {
  return html`<tr><th scope="row">${standard} ${control}<br><small>${title}</small></th><td><span class="tag ${status}">${status}</span></td><td>${reason}.${broken === '' ? NOTHING : html`<br><small>Findings: ${broken}</small>`}${unknown === '' ? NOTHING : html`<br><small>Not evaluated: ${unknown}</small>`}
<details><summary>Detections</summary><small>${detections}</small></details></td></tr>
`;
}
