/** What is new in the table into Security Hub: each finding as it stands after the last of its changes. */
import type { RowChange } from '../evidence/table-stream.ts';
import { nameChange } from '../findings/telling.ts';
import type { SecurityHub } from '../message-port.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { FindingStore } from '../ports.ts';
import { type AsffFinding, toAsff } from '../reports/asff.ts';
import { type Place, viewRemembered } from '../reports/view-security.ts';
import { VERSION } from './version.ts';

export interface News {
  readonly row: RowChange;
  readonly finding: RememberedFinding;
}

export interface ImportPorts {
  readonly store: FindingStore;
  /** null: nothing is given to it. */
  readonly securityHub: { readonly hub: SecurityHub; readonly home: Place } | null;
  /** ISO. */
  readonly now: string;
}

export interface Imported {
  readonly imported: number;
  readonly failures: readonly string[];
}

const NOTHING: Imported = { imported: 0, failures: [] };

/** As long as a message stays in the queue of dead letters. */
const KEPT_MS = 14 * 24 * 3_600_000;
/** Of a row of the table. */
const MOST_CHARACTERS = 30_000;

/**
 * No row says what was taken: a repeat has the same id and the same UpdatedAt, and changes nothing there. What was not
 * taken is kept, and not delivered again: alerts would wait behind it.
 */
export async function importFindings(
  news: readonly News[],
  { securityHub, store, now }: ImportPorts,
): Promise<Imported> {
  if (securityHub === null || news.length === 0) return NOTHING;
  const { hub, home } = securityHub;
  const latest = new Map(news.map((one) => [one.finding.fingerprint, one]));
  const given = [...latest.values()].map(({ row, finding }) => {
    const view = viewRemembered(finding, { reportedAt: dateChange(row, finding), product: VERSION, home });
    return { document: toAsff(view, home), partition: row.partition, name: nameChange(finding) };
  });
  const byId = new Map(given.map((one) => [one.document.Id, one]));
  const refused = await hub.importFindings(given.map(({ document }) => document));
  for (const { id, reason } of refused) {
    const one = byId.get(id);
    if (one !== undefined) await keepRefused({ ...one, reason }, { store, now });
  }
  return { imported: given.length - refused.length, failures: [...new Set(refused.map(({ reason }) => reason))] };
}

/** Later with each change, though two were written in one second, and the same for each delivery. */
function dateChange({ writtenAt }: RowChange, { change }: RememberedFinding): string {
  const seconds = Math.floor(Date.parse(writtenAt ?? change.at) / 1000);
  return new Date(seconds * 1000 + Math.min(change.number, 999)).toISOString();
}

interface Refusal {
  readonly document: AsffFinding;
  readonly partition: string;
  readonly name: string;
  readonly reason: string;
}

/** With the document, so that whoever mended what was wrong can give it in as it is. */
async function keepRefused(
  { document, partition, name, reason }: Refusal,
  { store, now }: Pick<ImportPorts, 'store' | 'now'>,
): Promise<void> {
  const isLarge = JSON.stringify(document).length > MOST_CHARACTERS;
  await store.put({
    partition,
    key: `refused#${name}#security-hub`,
    version: 1,
    body: { id: document.Id, reason, at: now, document: isLarge ? null : document },
    expiresAt: new Date(Date.parse(now) + KEPT_MS).toISOString(),
  });
}
