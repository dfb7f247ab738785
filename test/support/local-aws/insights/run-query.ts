/** Turns one Insights query and the lines of its log groups into the rows and statistics that AWS would answer. */
import type { LocalQuery, QueryAnswer, RunQuery } from '../log-queries.ts';
import { aggregate } from './aggregate.ts';
import { compareValues, evaluate, isTrue } from './evaluate.ts';
import { discoverFields, type EventFields, printTime } from './log-event.ts';
import { parseQuery } from './parse-query.ts';
import type { Column, Command } from './syntax.ts';
import { MalformedQuery } from './tokens.ts';

const DEFAULT_LIMIT = 10_000;

export const runQuery: RunQuery = (query) => {
  try {
    return execute(parseQuery(query.queryString), query);
  } catch (error) {
    if (!(error instanceof MalformedQuery)) throw error;
    return { kind: 'malformed', message: error.message, startCharOffset: error.start, endCharOffset: error.end };
  }
};

function execute(commands: readonly Command[], query: LocalQuery): QueryAnswer {
  const scan = scanGroups(commands, query);
  const table: Table = { rows: scan.events, columns: null, isAggregate: false, isSorted: false };
  const matched = commands
    .filter(({ kind }) => kind === 'parse' || kind === 'filter' || kind === 'fields')
    .reduce(applyCommand, table).rows.length;
  const result = commands.reduce(applyCommand, table);
  const ordered = result.isAggregate || result.isSorted ? result.rows : sortByTime(result.rows);
  const limit = commands.findLast((command) => command.kind === 'limit')?.count ?? query.limit ?? DEFAULT_LIMIT;
  return {
    kind: 'rows',
    rows: ordered.slice(0, limit).map((row) => printRow(row, result)),
    statistics: { recordsMatched: matched, ...scan.statistics },
  };
}

interface Table {
  readonly rows: readonly EventFields[];
  /** null: no command has chosen any. */
  readonly columns: readonly string[] | null;
  readonly isAggregate: boolean;
  readonly isSorted: boolean;
}

function applyCommand(table: Table, command: Command): Table {
  const { rows } = table;
  switch (command.kind) {
    case 'filter':
      return { ...table, rows: rows.filter((row) => isTrue(command.condition, row)) };
    case 'parse':
      return { ...table, rows: rows.map((row) => addParsed(row, command)) };
    case 'fields': {
      const names = command.columns.map(({ name }) => name);
      return {
        ...table,
        rows: rows.map((row) => addColumns(row, command.columns)),
        columns: [...(table.columns ?? []), ...names],
      };
    }
    case 'display':
      return { ...table, columns: command.columns.map(({ name }) => name) };
    case 'stats':
      return { rows: aggregate(rows, command), columns: null, isAggregate: true, isSorted: false };
    case 'sort':
      return { ...table, rows: sortRows(rows, command.keys), isSorted: true };
    case 'dedup':
      return { ...table, rows: dedup(table.isSorted ? rows : sortByTime(rows), command.columns), isSorted: true };
    case 'limit':
      return table;
  }
}

function addParsed(row: EventFields, { source, pattern }: Command & { readonly kind: 'parse' }): EventFields {
  const found = pattern.exec(evaluate(source, row) ?? '');
  const groups = Object.entries(found?.groups ?? {}).filter(([, value]) => value !== undefined);
  return groups.length === 0 ? row : new Map([...row, ...groups]);
}

function addColumns(row: EventFields, columns: readonly Column[]): EventFields {
  const made = columns.filter(({ expression }) => expression.kind !== 'field');
  if (made.length === 0) return row;
  return new Map([...row, ...made.map(({ name, expression }) => [name, evaluate(expression, row) ?? ''] as const)]);
}

function sortRows(rows: readonly EventFields[], keys: (Command & { readonly kind: 'sort' })['keys']) {
  return rows.toSorted((a, b) => {
    for (const { expression, isDescending } of keys) {
      const order = compareValues(evaluate(expression, a), evaluate(expression, b));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
}

/** The order of results when a query asks for none. */
function sortByTime(rows: readonly EventFields[]): readonly EventFields[] {
  return rows.toSorted((a, b) => compareValues(b.get('@timestamp'), a.get('@timestamp')));
}

/** The first of each combination stays; an event that lacks one of the fields always does. */
function dedup(rows: readonly EventFields[], columns: readonly Column[]): readonly EventFields[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const values = columns.map(({ expression }) => evaluate(expression, row));
    if (values.includes(undefined)) return true;
    const key = JSON.stringify(values);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

function printRow(row: EventFields, { columns, isAggregate }: Table) {
  const names = columns ?? (isAggregate ? [...row.keys()] : ['@timestamp', '@message']);
  const shown = isAggregate || names.includes('@ptr') ? names : [...names, '@ptr'];
  return shown.flatMap((field) => {
    const value = row.get(field);
    if (value === undefined) return [];
    const isTime = !isAggregate && (field === '@timestamp' || field === '@ingestionTime');
    return [{ field, value: isTime ? printTime(value) : value }];
  });
}

/** Lines of other streams than the query names are skipped by the index that standard groups have on them. */
function scanGroups(commands: readonly Command[], { groups, startTime, endTime }: LocalQuery) {
  const streams = findStreams(commands);
  const events: EventFields[] = [];
  let [recordsScanned, bytesScanned, estimatedRecordsSkipped, estimatedBytesSkipped] = [0, 0, 0, 0];
  for (const group of groups) {
    const named = group.logGroupClass === 'STANDARD' ? streams : null;
    for (const line of group.lines) {
      if (line.timestamp < startTime * 1000 || line.timestamp >= (endTime + 1) * 1000) continue;
      const bytes = Buffer.byteLength(line.message);
      if (named?.has(line.stream) === false) {
        estimatedRecordsSkipped += 1;
        estimatedBytesSkipped += bytes;
        continue;
      }
      recordsScanned += 1;
      bytesScanned += bytes;
      events.push(discoverFields(line, group));
    }
  }
  const logGroupsScanned = groups.length;
  const statistics = {
    recordsScanned,
    bytesScanned,
    estimatedRecordsSkipped,
    estimatedBytesSkipped,
    logGroupsScanned,
  };
  return { events, statistics };
}

function findStreams(commands: readonly Command[]): ReadonlySet<string> | null {
  for (const command of commands) {
    if (command.kind !== 'filter') continue;
    const { condition } = command;
    const terms = condition.kind === 'and' ? condition.terms : [condition];
    const named = terms.find((term) => term.kind === 'in' && !term.isNegated && isStream(term.left));
    if (named?.kind === 'in') return new Set(named.values);
  }
  return null;
}

function isStream(expression: Parameters<typeof evaluate>[0]): boolean {
  return expression.kind === 'field' && expression.name === '@logStream';
}
