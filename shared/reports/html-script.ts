/** The little script of a page: a filter and buttons that copy commands. Everything can be read without it. */

export const SCRIPT = `
(() => {
  const form = document.querySelector('.filter');
  const rows = [...document.querySelectorAll('[data-row]')];
  const order = ['info', 'low', 'medium', 'high', 'critical'];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const sections = [...document.querySelectorAll('section.cluster')];
  const names = new Map(sections.map((section) => [section, section.querySelector('h2').textContent.toLowerCase()]));
  const listed = rows.filter(({ dataset }) => dataset.row === 'cluster');
  const targets = new Map(listed.map((row) => [row, document.getElementById((row.querySelector('a').hash || '#').slice(1))]));
  const apply = () => {
    const wanted = form.elements.text.value.trim().toLowerCase();
    const least = order.indexOf(form.elements.severity.value);
    const active = wanted !== '' || least >= 0;
    for (const row of rows) {
      const rank = order.indexOf(row.dataset.row);
      const home = names.get(row.closest('section.cluster')) ?? '';
      row.hidden = !(texts.get(row).includes(wanted) || home.includes(wanted)) || (rank >= 0 && rank < least);
    }
    for (const section of sections) section.hidden = active && !section.querySelector('[data-row]:not([hidden])');
    for (const [row, section] of targets) if (section) row.hidden = section.hidden;
    const shown = rows.filter(({ hidden }) => !hidden).length;
    form.querySelector('output').textContent = active ? shown + ' of ' + rows.length + ' rows' : '';
    if (active) for (const fold of document.querySelectorAll('details.fold')) {
      if (fold.querySelector('[data-row]:not([hidden])')) fold.open = true;
    }
  };
  if (form) {
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
  }
  for (const command of document.querySelectorAll('.case pre')) {
    const frame = document.createElement('div');
    const button = document.createElement('button');
    frame.className = 'cmd';
    const text = command.textContent;
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy the command');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(command);
      }
    });
    command.replaceWith(frame);
    frame.append(command, button);
  }
  const opened = [];
  addEventListener('beforeprint', () => {
    for (const fold of document.querySelectorAll('details:not([open])')) {
      opened.push(fold);
      fold.open = true;
    }
  });
  addEventListener('afterprint', () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });
})();
`;
