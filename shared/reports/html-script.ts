/** The little script of a page: a filter and buttons that copy commands. Everything can be read without it. */

export const SCRIPT = `
(() => {
  const form = document.querySelector('.filter');
  const rows = [...document.querySelectorAll('[data-row]')];
  const order = ['info', 'low', 'medium', 'high', 'critical'];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const apply = () => {
    const wanted = form.elements.text.value.trim().toLowerCase();
    const least = order.indexOf(form.elements.severity.value);
    let shown = 0;
    for (const row of rows) {
      const rank = order.indexOf(row.dataset.row);
      row.hidden = !texts.get(row).includes(wanted) || (rank >= 0 && rank < least);
      if (!row.hidden) shown += 1;
    }
    const active = wanted !== '' || least >= 0;
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
  for (const command of document.querySelectorAll('.cmd pre')) {
    const button = document.createElement('button');
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
    command.after(button);
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
