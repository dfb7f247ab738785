/** Files for lint that lie on no disk, and what lint makes of them. */
import type { LintedFile, LintFix, LintRemark, LintReport } from '../../shared/model/lint.ts';
import { type LintOptions, lintFiles } from '../../shared/pipeline/lint.ts';
import type { RawFile } from '../../shared/ports.ts';
import { NOW } from './facts.ts';

export function lintInput(content: string | Uint8Array, file = 'aws-auth.yaml'): RawFile {
  return {
    file,
    sha256: () => null,
    async *read() {
      yield Buffer.from(content);
    },
  };
}

export async function lintText(content: string | Uint8Array, more: Partial<LintOptions> = {}): Promise<LintReport> {
  return lintFiles([lintInput(content)], { now: NOW, ...more });
}

/** Of a file that is read. */
export async function lintOne(content: string | Uint8Array, more: Partial<LintOptions> = {}): Promise<LintedFile> {
  const { files, unreadable } = await lintText(content, more);
  const [file] = files;
  if (file === undefined) throw new Error(`not read: ${JSON.stringify(unreadable)}`);
  return file;
}

export interface MendedFile extends LintedFile {
  readonly fix: LintFix;
  readonly text: string | null;
}

/** The mended text (null when none was stored), and what was said of it. */
export async function mendOne(content: string): Promise<MendedFile> {
  let text: string | null = null;
  const file = await lintOne(content, {
    storeMended: async (file, mended) => {
      text = mended;
      return `${file}.fixed`;
    },
  });
  if (file.fix === null) throw new Error('expected a mending, got none');
  return { ...file, fix: file.fix, text };
}

/** A remark about the row of alice, unless told otherwise. */
export function remark(more: Partial<LintRemark> = {}): LintRemark {
  return {
    detection: 'aws-auth-arn-never-matches',
    problem: 'arn-path',
    level: 'error',
    severity: 'medium',
    subject: 'aws-auth:arn:aws:iam::111122223333:role/team/alice',
    losesAccess: true,
    message: '"arn:aws:iam::111122223333:role/team/alice" holds the path "/team/".',
    effect: 'The row matches nobody.',
    mend: 'Write arn:aws:iam::111122223333:role/alice.',
    position: { line: 7, column: 16 },
    fingerprint: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
    ...more,
  };
}

export function lintReport(more: Partial<LintReport> = {}): LintReport {
  return {
    version: '0.1.0',
    files: [{ file: 'aws-auth.yaml', rows: 2, accounts: 0, remarks: [remark()], fix: null }],
    unreadable: [],
    rules: [
      {
        id: 'aws-auth-arn-never-matches',
        title: 'aws-auth row with an ARN that never matches',
        severity: 'medium',
        why: 'The row looks right.',
        fix: 'Write the ARN without its path.',
        blindSpots: 'A mistyped name.',
        references: ['https://example.com/aws-auth'],
      },
    ],
    verdicts: [
      { detection: 'aws-auth-arn-never-matches', status: 'evaluated', missing: [], reason: null },
      { detection: 'anonymous-binding', status: 'not-evaluated', missing: ['rbac'], reason: 'rbac not read' },
    ],
    ...more,
  };
}
