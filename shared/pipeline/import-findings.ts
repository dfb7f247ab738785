/** What is new in the table into Security Hub: each finding as it stands after the last of its changes. */
import type { RowChange } from '../evidence/table-stream.ts';
import { nameChange } from '../findings/telling.ts';
import type { RefusedFinding, SecurityHub } from '../message-port.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { FindingStore } from '../ports.ts';
import { toAsff } from '../reports/asff.ts';
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
  /** By nameChange: those worth another delivery. */
  readonly failed: ReadonlySet<string>;
  readonly failures: readonly string[];
}

const NOTHING: Imported = { imported: 0, failed: new Set(), failures: [] };

/** As long as a message stays in the queue of dead letters. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** No row says what was taken: a repeat has the same id and the same UpdatedAt, and changes nothing there. */
export async function importFindings(
  news: readonly News[],
  { securityHub, store, now }: ImportPorts,
): Promise<Imported> {
  if (securityHub === null || news.length === 0) return NOTHING;
  const { hub, home } = securityHub;
  const latest = new Map(news.map((one) => [one.finding.fingerprint, one]));
  const documents = [...latest.values()].map(({ row, finding }) => {
    const view = viewRemembered(finding, { reportedAt: dateChange(row, finding), product: VERSION, home });
    return { document: toAsff(view, home), one: { row, finding } };
  });
  const byId = new Map(documents.map(({ document, one }) => [document.Id, one]));
  const refused = await hub.importFindings(documents.map(({ document }) => document));
  const failed = new Set<string>();
  for (const refusal of refused) {
    const one = byId.get(refusal.id);
    if (one === undefined) continue;
    if (refusal.isPassing) failed.add(nameChange(one.finding));
    else await keepRefused(one, refusal, { store, now });
  }
  return {
    imported: documents.length - refused.length,
    failed,
    failures: [...new Set(refused.map(({ reason }) => reason))],
  };
}

/** Later with each change, though two were written in one second, and the same for each delivery. */
function dateChange({ writtenAt }: RowChange, { change }: RememberedFinding): string {
  const seconds = Math.floor(Date.parse(writtenAt ?? change.at) / 1000);
  return new Date(seconds * 1000 + Math.min(change.number, 999)).toISOString();
}

/** Delivered again it would be refused again, and hold up all that comes after it: a row keeps it, and why. */
async function keepRefused(
  { row, finding }: News,
  { reason }: RefusedFinding,
  { store, now }: Pick<ImportPorts, 'store' | 'now'>,
): Promise<void> {
  await store.put({
    partition: row.partition,
    key: `refused#${nameChange(finding)}#security-hub`,
    version: 1,
    body: { finding: finding.fingerprint, reason, at: now },
    expiresAt: new Date(Date.parse(now) + KEPT_MS).toISOString(),
  });
}
