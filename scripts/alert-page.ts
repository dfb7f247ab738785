/** An alert as people meet it, in a chat and as a mail, into a page to be photographed. */
import type { Telling } from '../shared/model/notice.ts';
import { renderAlert } from '../shared/reports/alert-message.ts';
import { toNotification } from '../shared/reports/chat-message.ts';
import { escapeHtml } from '../shared/reports/escape.ts';

const STYLE = `
  body { margin: 0; padding: 24px; background: #fbfbf9; color: #1c1c1e; font: 15px/1.45 "DejaVu Sans", sans-serif; }
  main { display: grid; grid-template-columns: 500px 628px; gap: 24px; align-items: start; width: 1152px; }
  h2 { margin: 0 0 8px; font-size: 13px; font-weight: 600; color: #5c6068; }
  article { background: #fff; border: 1px solid #d9d9d6; border-radius: 10px; padding: 18px 20px; }
  .chat { border-left: 5px solid #8f1d1d; }
  h3 { margin: 0 0 10px; font-size: 15px; }
  p, ul { margin: 0 0 10px; }
  ul { padding-left: 20px; }
  code { background: #f1f1ee; border-radius: 3px; padding: 1px 3px; font: 12.5px "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
  .tag { display: inline-block; background: #eceef2; border-radius: 4px; padding: 1px 8px; margin-right: 6px; font-size: 12.5px; }
  pre { margin: 0; font: 12px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

export function renderAlertPage(telling: Telling): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main>${showChat(telling)}${showMail(telling)}</main>`;
}

function showChat(telling: Telling): string {
  const { title = '', description, nextSteps = [], keywords = [] } = toNotification(telling).content;
  return [
    '<section><h2>In chat</h2><article class="chat">',
    `<h3>${escapeHtml(title)}</h3>`,
    ...description.split('\n').map((line) => `<p>${showCode(line)}</p>`),
    '<p><b>Next steps</b></p><ul>',
    ...nextSteps.map((step) => `<li>${showCode(step)}</li>`),
    '</ul>',
    ...keywords.map((word) => `<span class="tag">${escapeHtml(word)}</span>`),
    '</article></section>',
  ].join('');
}

function showCode(markdown: string): string {
  return markdown
    .split(/(`[^`]*`)/)
    .map((part) => (/^`.*`$/.test(part) ? `<code>${escapeHtml(part.slice(1, -1))}</code>` : escapeHtml(part)))
    .join('');
}

function showMail(telling: Telling): string {
  const { subject, text } = renderAlert(telling);
  const lines = text.trimEnd().split('\n').map(escapeHtml).join('\n');
  return `<section><h2>By mail</h2><article><h3>${escapeHtml(subject)}</h3><pre>${lines}</pre></article></section>`;
}
