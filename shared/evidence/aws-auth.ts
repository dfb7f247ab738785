/** What kubectl printed of the ConfigMap aws-auth into the rows that the authenticator keeps of it, and all that is wrong in it. */
import type { AwsAuth, AwsAuthProblem, AwsAuthRow, AwsAuthSection } from '../model/aws-auth.ts';
import type { Ref, Skip } from '../model/coverage.ts';
import { isoTime } from '../rules/time.ts';
import { findDuplicates } from './aws-auth-duplicates.ts';
import { type FileComplaint, readSections, type SectionText } from './aws-auth-reading.ts';
import { judgeRow } from './aws-auth-rows.ts';
import { readAccounts, readRows } from './aws-auth-section.ts';
import { type ConfigMap, readConfigMap } from './config-map.ts';
import { tallySkips } from './skip-tally.ts';
import { type Locate, locateIn } from './text-positions.ts';

/** null where the text holds no ConfigMap; then the one skip says why. */
export function parseAwsAuth(
  text: string,
  file: string,
): { readonly awsAuth: AwsAuth | null; readonly skips: readonly Skip[] } {
  const map = readConfigMap(text, 'aws-auth');
  const locate = locateIn(text);
  if ('unreadable' in map) {
    const skips = tallySkips(file);
    const { line } = locate(map.at);
    skips.add(map.unreadable, text.slice(map.at).trimStart().split('\n', 1)[0] ?? '', { line });
    return { awsAuth: null, skips: skips.list() };
  }
  return { awsAuth: new Assembly({ text, file, locate }).assemble(map), skips: [] };
}

interface Source {
  readonly text: string;
  readonly file: string;
  readonly locate: Locate;
}

class Assembly {
  private readonly source: Source;
  private readonly rows: AwsAuthRow[] = [];
  private readonly accounts: AwsAuth['accounts'][number][] = [];
  private readonly lost: AwsAuthSection[] = [];
  private readonly problems: AwsAuthProblem[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  assemble(map: ConfigMap): AwsAuth {
    const { text } = this.source;
    const { sections, complaints, lost } = readSections(map, text);
    for (const complaint of complaints) this.complain({ ...complaint, arn: null });
    this.lost.push(...lost);
    for (const section of sections) this.addSection(section);
    const rows = this.settleDuplicates();
    const { resourceVersion } = map;
    const createdAt = isoTime(map.createdAt);
    const problems = this.problems.sort((a, b) => comparePositions(a, b));
    const evidence = this.refTo(null, 0);
    return { rows, accounts: this.accounts, lostSections: this.lost, problems, resourceVersion, createdAt, evidence };
  }

  private complain({ wording, section, at, arn }: FileComplaint & { readonly arn: string | null }): void {
    this.problems.push({ ...wording, section, arn, position: this.source.locate(at) });
  }

  private refTo(id: string | null, line: number): Ref {
    return { source: 'aws-auth', id, at: null, file: this.source.file, line };
  }

  private addSection(place: SectionText): void {
    const { section, text, offsets } = place;
    const read = section === 'mapAccounts' ? this.addAccounts(place) : this.addRows(section, place);
    if (read.isLost) this.lost.push(section);
    for (const { wording, at } of read.complaints) {
      this.complain({ wording, section, at: offsets[Math.min(at, text.length)] ?? 0, arn: null });
    }
  }

  private addAccounts({ text, offsets }: SectionText) {
    const read = readAccounts(text);
    for (const [index, account] of read.accounts.entries()) {
      const position = this.source.locate(offsets[account.start] ?? 0);
      const evidence = this.refTo(`mapAccounts[${index}]`, position.line);
      this.accounts.push({ account: account.text, position, evidence });
    }
    return read;
  }

  private addRows(section: AwsAuthRow['section'], { text, offsets }: SectionText) {
    const read = readRows(section, text);
    for (const [index, draft] of read.drafts.entries()) {
      const { row, arn, faults } = judgeRow(draft, section);
      for (const fault of faults) this.complain({ section, arn, ...fault, at: offsets[fault.at] ?? 0 });
      if (row === null) continue;
      const position = this.source.locate(offsets[draft.span.start] ?? 0);
      const evidence = this.refTo(`${section}[${index}]`, position.line);
      this.rows.push({ section, ...row, matches: row.inertBecause === null, position, evidence });
    }
    return read;
  }

  private settleDuplicates(): readonly AwsAuthRow[] {
    const inert = new Set<AwsAuthRow>();
    for (const { row, wording, isInert } of findDuplicates(this.rows.filter(({ matches }) => matches))) {
      this.problems.push({ ...wording, section: row.section, arn: row.arn, position: row.position });
      if (isInert) inert.add(row);
    }
    return this.rows.map((row) =>
      inert.has(row) ? { ...row, matches: false, inertBecause: 'duplicate' as const } : row,
    );
  }
}

function comparePositions({ position: a }: AwsAuthProblem, { position: b }: AwsAuthProblem): number {
  return a.line - b.line || a.column - b.column;
}
