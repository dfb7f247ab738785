/** Rows of a query over many clusters into the log file of each, written while the query is still being read. */
import { KeyholderError } from '../errors.ts';
import type { ClusterPlace, EvidenceSink } from '../ports.ts';
import type { QueryRow } from './insights-query.ts';
import { logGroupOf } from './log-group-name.ts';

export interface ClusterFiles {
  /** Opens the file of the cluster, if it is not open yet: a log that was read and held nothing is an empty file. */
  readonly open: (cluster: ClusterPlace) => void;
  readonly write: (cluster: ClusterPlace, text: string) => Promise<void>;
  /** Each row to the file of the cluster whose log group it names. */
  readonly take: (rows: readonly QueryRow[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function openClusterFiles(
  clusters: readonly ClusterPlace[],
  { sink, name }: { readonly sink: EvidenceSink; readonly name: 'authenticator.log' | 'audit.ndjson' },
): ClusterFiles {
  const byGroup = new Map(clusters.map((cluster) => [logGroupOf(cluster), cluster]));
  const files = new Map<string, OpenFile>();
  const open = (cluster: ClusterPlace): OpenFile => {
    const path = `${cluster.account}/${cluster.region}/${cluster.name}/${name}`;
    const file = files.get(path) ?? openFile(sink, path);
    files.set(path, file);
    return file;
  };
  return {
    open: (cluster) => {
      open(cluster);
    },
    write: (cluster, text) => open(cluster).write(text),
    take: async (rows) => {
      const texts = new Map<ClusterPlace, string[]>();
      for (const row of rows) {
        const cluster = findCluster(row, byGroup);
        const lines = texts.get(cluster) ?? [];
        lines.push(renderLine(row));
        texts.set(cluster, lines);
      }
      for (const [cluster, lines] of texts) await open(cluster).write(lines.join(''));
    },
    close: async () => {
      await Promise.all([...files.values()].map((file) => file.close()));
    },
  };
}

/** `@log` is `<account>:<log group>`. A row of a group that nobody asked for is an answer that cannot be trusted. */
export function findCluster(row: QueryRow, byGroup: ReadonlyMap<string, ClusterPlace>): ClusterPlace {
  const cluster = byGroup.get((row.get('@log') ?? '').replace(/^\d*:/, ''));
  if (cluster === undefined) throw new KeyholderError('read-failed', 'expected rows of the log groups asked for');
  return cluster;
}

const SHOWN = ['@timestamp', '@logStream', '@ptr', '@message'];

/** A line of the file. */
export function renderLine(row: QueryRow): string {
  const cells = SHOWN.flatMap((field) => {
    const value = row.get(field);
    return value === undefined ? [] : [[field, value] as const];
  });
  return `${JSON.stringify(Object.fromEntries(cells))}\n`;
}

interface OpenFile {
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The sink pulls; `write` waits until it took what was given, so that no more than one page is held. */
function openFile(sink: EvidenceSink, path: string): OpenFile {
  const { readable, writable } = new TransformStream<string, string>();
  const writer = writable.getWriter();
  const written = sink.write(path, readable);
  // A sink that failed takes nothing any more: whoever waits for it is told at once.
  const orFailed = async (step: Promise<void>): Promise<void> => {
    step.catch(() => {});
    await Promise.race([step, written]);
  };
  written.catch(() => {});
  return {
    write: (text) => orFailed(writer.write(text)),
    close: async () => {
      await orFailed(writer.close());
      await written;
    },
  };
}
