/** The picture of the ways to admin into inline SVG, with the same in words beside it. */
import type { Drawing, DrawnNode } from './graphviz.ts';
import { type Html, html, NOTHING } from './html.ts';
import type { PictureView } from './view-picture.ts';

export function renderPicture(picture: PictureView, drawing: Drawing, id: string): Html {
  if (drawing.nodes.length === 0) return NOTHING;
  const { title, description, ways, isFolded } = picture;
  const figure = html`<figure class="scroll" role="group" tabindex="0" aria-label="${title}">
<svg class="picture${drawing.isWide ? ' wide' : ''}" role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${drawing.width} ${drawing.height}" width="${drawing.width}" height="${drawing.height}">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description} The list below says the same in words.</desc>
${drawing.curves.map((curve) => html`<path d="${curve}"/>`)}
${drawing.nodes.map((node) => renderNode(node, drawing.nodeHeight))}</svg></figure>`;
  return html`<h3>How people reach admin</h3><p class="quiet">${description}</p>
${isFolded ? html`<details class="fold"><summary>Show the picture</summary>${figure}</details>` : figure}
<details class="fold"><summary>The same in words</summary><ul class="ways">${ways.map((way) => html`<li>${way}</li>`)}</ul></details>`;
}

function renderNode({ kind, x, y, width, shown, shownLead, label }: DrawnNode, height: number): Html {
  return html`<g class="${kind}" transform="translate(${x} ${y})"><title>${label}</title><rect width="${width}" height="${height}" rx="5"/><text x="11" y="16" class="lead">${shownLead}</text><text x="11" y="31">${shown}</text></g>
`;
}
