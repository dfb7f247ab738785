/** Who holds one cluster, and how much of it was read, into the tables of the text report. */
import { cut, measure, pad, wrap } from './layout.ts';
import type { Page } from './page.ts';
import type { ClusterView } from './view.ts';
import type { GapView } from './view-coverage.ts';
import type { HoldersView, HolderView } from './view-holders.ts';

const COLUMNS = { level: 16, since: 12, lastUsed: 12, people: 6 } as const;
const GAP = '  ';
const TAKEN = Object.values(COLUMNS).reduce((sum, column) => sum + column + GAP.length, 2);

export function renderHolders(holders: HoldersView, page: Page): readonly string[] {
  const { keyholders, none, folded, notes } = holders;
  const titles = { holder: 'HOLDER', level: 'LEVEL', since: 'SINCE', lastUsed: 'LAST USED', people: 'PEOPLE' };
  const table =
    keyholders.length === 0
      ? wrap(none, { width: page.width, indent: '  ', mostLines: 3 })
      : [page.paint('dim', renderRow(titles, page)), ...keyholders.flatMap((row) => renderHolder(row, page))];
  return [
    ...table,
    ...notes
      .flatMap((line) => wrap(line, { width: page.width, indent: '  ', mostLines: 2 }))
      .map((line) => page.paint('dim', line)),
    ...folded.flatMap((line) => wrap(line, { width: page.width, indent: '  ', mostLines: 2 })),
  ];
}

type Cells = Readonly<Record<'holder' | keyof typeof COLUMNS, string>>;

function renderRow(cells: Cells, { width }: Page): string {
  const row = [
    pad(cells.holder, width - TAKEN),
    pad(cells.level, COLUMNS.level),
    pad(cells.since, COLUMNS.since),
    pad(cells.lastUsed, COLUMNS.lastUsed),
    pad(cells.people, COLUMNS.people, 'right'),
  ];
  return `  ${row.join(GAP)}`;
}

/** A name that is wider than its column gets a line of its own: nobody can act on half a name. */
function renderHolder(row: HolderView, page: Page): readonly string[] {
  const isWide = measure(cut(row.holder, page.width)) > page.width - TAKEN;
  const name = isWide ? wrap(row.holder, { width: page.width, indent: '  ', mostLines: 2 }) : [];
  const through = wrap(row.through, { width: page.width, indent: '    ', mostLines: 2 });
  return [
    ...name,
    renderRow(isWide ? { ...row, holder: '' } : row, page),
    ...through.map((line) => page.paint('dim', line)),
  ];
}

export function renderCoverage({ name, coverage }: ClusterView, page: Page): readonly string[] {
  const { width, paint } = page;
  const whole = coverage.whole.length === 0 ? 'nothing' : coverage.whole.join(', ');
  return [
    '',
    paint('bold', cut(`What was read of ${name}`, width)),
    ...wrap(`In whole (records): ${whole}`, { width, indent: '  ', mostLines: 3 }),
    ...coverage.gaps.flatMap((gap) => renderGap(gap, page)),
  ];
}

function renderGap({ source, status, read, skipped, reason, skips }: GapView, { width }: Page): readonly string[] {
  const counts = `${read} read, ${skipped} skipped`;
  return [
    `  ${pad(source, 17)}${GAP}${pad(status, 11)}${GAP}${cut(counts, width - 34)}`,
    ...(reason === '' ? [] : wrap(reason, { width, indent: '      ', mostLines: 3 })),
    ...skips.flatMap((skip) => wrap(skip, { width, indent: '      ', mostLines: 2 })),
  ];
}
