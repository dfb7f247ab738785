/** An aws-auth ConfigMap into what the authenticator keeps of it, each problem still tied to the text that it is about. */
import type { AwsAuth, AwsAuthProblem, AwsAuthRow, AwsAuthSection } from '../model/aws-auth.ts';
import type { Ref } from '../model/coverage.ts';
import { isoTime } from '../rules/time.ts';
import type { RowDraft } from './aws-auth-decode.ts';
import { findDuplicates } from './aws-auth-duplicates.ts';
import { type FileComplaint, readSections, type SectionText } from './aws-auth-reading.ts';
import { judgeRow } from './aws-auth-rows.ts';
import { readAccounts, readRows } from './aws-auth-section.ts';
import type { ConfigMap } from './config-map.ts';
import { type Locate, locateIn } from './text-positions.ts';

export interface PlacedProblem {
  readonly problem: AwsAuthProblem;
  /** The section that it is inside of; null when it is around the sections. */
  readonly place: SectionText | null;
  /** Offset into the text of the section, or into the file. */
  readonly at: number;
}

export interface Inspection {
  readonly awsAuth: AwsAuth;
  readonly map: ConfigMap;
  /** Rows as decoded, those that are dropped included. */
  readonly drafts: ReadonlyMap<SectionText, readonly RowDraft[]>;
  readonly placed: readonly PlacedProblem[];
}

export function inspectAwsAuth(map: ConfigMap, text: string, file: string): Inspection {
  return new Inspector(text, file).inspect(map);
}

class Inspector {
  private readonly text: string;
  private readonly file: string;
  private readonly locate: Locate;
  private readonly rows: AwsAuthRow[] = [];
  private readonly origins = new Map<AwsAuthRow, { readonly place: SectionText; readonly at: number }>();
  private readonly accounts: AwsAuth['accounts'][number][] = [];
  private readonly lost: AwsAuthSection[] = [];
  private readonly placed: PlacedProblem[] = [];
  private readonly drafts = new Map<SectionText, readonly RowDraft[]>();

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
    this.locate = locateIn(text);
  }

  inspect(map: ConfigMap): Inspection {
    const { sections, complaints, lost } = readSections(map, this.text);
    for (const complaint of complaints) this.complain({ ...complaint, arn: null }, null);
    this.lost.push(...lost);
    for (const section of sections) this.addSection(section);
    const rows = this.settleDuplicates();
    this.placed.sort((a, b) => comparePositions(a.problem, b.problem));
    const awsAuth: AwsAuth = {
      rows,
      accounts: this.accounts,
      lostSections: this.lost,
      problems: this.placed.map(({ problem }) => problem),
      resourceVersion: map.resourceVersion,
      createdAt: isoTime(map.createdAt),
      evidence: this.refTo(null, 0),
    };
    return { awsAuth, map, drafts: this.drafts, placed: this.placed };
  }

  private complain(complaint: FileComplaint & { readonly arn: string | null }, place: SectionText | null): void {
    const { wording, section, at, arn } = complaint;
    const position = this.locate(place === null ? at : offsetIn(place, at));
    this.placed.push({ problem: { ...wording, section, arn, position }, place, at });
  }

  private refTo(id: string | null, line: number): Ref {
    return { source: 'aws-auth', id, at: null, file: this.file, line };
  }

  private addSection(place: SectionText): void {
    const { section } = place;
    const read = section === 'mapAccounts' ? this.addAccounts(place) : this.addRows(section, place);
    if (read.isLost) this.lost.push(section);
    for (const { wording, at } of read.complaints) this.complain({ wording, section, at, arn: null }, place);
  }

  private addAccounts(place: SectionText) {
    const read = readAccounts(place.text);
    for (const [index, { text, start }] of read.accounts.entries()) {
      const position = this.locate(offsetIn(place, start));
      this.accounts.push({ account: text, position, evidence: this.refTo(`mapAccounts[${index}]`, position.line) });
    }
    return read;
  }

  private addRows(section: AwsAuthRow['section'], place: SectionText) {
    const read = readRows(section, place.text);
    this.drafts.set(place, read.drafts);
    for (const [index, draft] of read.drafts.entries()) {
      const { row, arn, faults } = judgeRow(draft, section);
      for (const fault of faults) this.complain({ section, arn, ...fault }, place);
      if (row === null) continue;
      const position = this.locate(offsetIn(place, draft.span.start));
      const evidence = this.refTo(`${section}[${index}]`, position.line);
      const kept: AwsAuthRow = { section, ...row, matches: row.inertBecause === null, position, evidence };
      this.rows.push(kept);
      this.origins.set(kept, { place, at: draft.span.start });
    }
    return read;
  }

  private settleDuplicates(): readonly AwsAuthRow[] {
    const inert = new Set<AwsAuthRow>();
    for (const { row, wording, isInert } of findDuplicates(this.rows.filter(({ matches }) => matches))) {
      const { section, arn } = row;
      const { place = null, at = 0 } = this.origins.get(row) ?? {};
      this.complain({ wording, section, arn, at }, place);
      if (isInert) inert.add(row);
    }
    return this.rows.map((row) =>
      inert.has(row) ? { ...row, matches: false, inertBecause: 'duplicate' as const } : row,
    );
  }
}

function offsetIn({ text, offsets }: SectionText, at: number): number {
  return offsets[Math.min(at, text.length)] ?? 0;
}

function comparePositions({ position: a }: AwsAuthProblem, { position: b }: AwsAuthProblem): number {
  return a.line - b.line || a.column - b.column;
}
