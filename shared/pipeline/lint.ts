/** aws-auth files into all that can be said of them before they are applied: the detections of an audit, over them alone. */
import { DETECTIONS } from '../detections/index.ts';
import { KeyholderError } from '../errors.ts';
import { readAwsAuthFile } from '../evidence/aws-auth-file.ts';
import { mendAwsAuth } from '../evidence/aws-auth-fix.ts';
import { wordWhyLeft } from '../evidence/aws-auth-left-wording.ts';
import { evaluateCluster } from '../findings/evaluate.ts';
import { listRemarks } from '../findings/lint-remarks.ts';
import { judge } from '../findings/verdict.ts';
import type { AwsAuth } from '../model/aws-auth.ts';
import type { LintedFile, LintFix, LintReport, UnreadableFile } from '../model/lint.ts';
import type { RawFile } from '../ports.ts';
import { resolveStandingFacts } from './cluster-facts.ts';
import { AWS_AUTH_ALONE, isolateAwsAuth } from './lint-evidence.ts';
import { type ExactText, readExactText } from './read-exact-text.ts';
import { VERSION } from './version.ts';

export interface LintOptions {
  /** ISO. */
  readonly now: string;
  /** Stores the mended text of a file beside it and gives the path. Left out: nothing is mended. */
  readonly storeMended?: (file: string, text: string) => Promise<string>;
}

/** Many times what etcd takes. */
const MOST_BYTES = 16 * 1024 * 1024;

export async function lintFiles(files: readonly RawFile[], options: LintOptions): Promise<LintReport> {
  const linted: LintedFile[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const file of files) {
    const result = await lintFile(file, options);
    if ('reason' in result) unreadable.push(result);
    else linted.push(result);
  }
  const verdicts = DETECTIONS.map((detection) => judge(detection, AWS_AUTH_ALONE, null));
  const told = new Set([
    ...verdicts.flatMap(({ detection, status }) => (status === 'evaluated' ? [detection] : [])),
    ...linted.flatMap(({ remarks }) => remarks.map(({ detection }) => detection)),
  ]);
  const rules = DETECTIONS.filter(({ id }) => told.has(id));
  return { version: VERSION, files: linted, unreadable, rules, verdicts };
}

export function losesAccess({ files }: LintReport): boolean {
  return files.some(({ remarks }) => remarks.some((remark) => remark.losesAccess));
}

async function lintFile(raw: RawFile, options: LintOptions): Promise<LintedFile | UnreadableFile> {
  const { file } = raw;
  const exact = await readLintText(raw);
  if ('reason' in exact) return exact;
  const awsAuth = readAwsAuthFile(exact.text, file);
  if ('unreadable' in awsAuth) return { file, position: awsAuth.position, reason: awsAuth.unreadable };
  const { cluster, all } = isolateAwsAuth(awsAuth);
  const { facts, earlier } = resolveStandingFacts(cluster, all, options.now);
  const { findings } = evaluateCluster(DETECTIONS, facts, earlier);
  return {
    file,
    rows: awsAuth.rows.length,
    accounts: awsAuth.accounts.length,
    remarks: listRemarks({ awsAuth, findings, detections: DETECTIONS }),
    fix: await mendFile({ file, exact, awsAuth }, options),
  };
}

async function readLintText(raw: RawFile): Promise<ExactText | UnreadableFile> {
  try {
    return await readExactText(raw, MOST_BYTES);
  } catch (error) {
    if (!(error instanceof KeyholderError) || error.code !== 'read-failed') throw error;
    return { file: raw.file, position: null, reason: error.message.replace(`${raw.file}: `, '') };
  }
}

async function mendFile(
  { file, exact, awsAuth }: { readonly file: string; readonly exact: ExactText; readonly awsAuth: AwsAuth },
  { storeMended }: LintOptions,
): Promise<LintFix | null> {
  if (storeMended === undefined) return null;
  if (exact.restore === null) {
    const reason = 'the file is UTF-16: save it as UTF-8 first';
    return { file: null, mended: [], left: awsAuth.problems.map((problem) => ({ problem, reason })) };
  }
  const { text, mended, left } = mendAwsAuth(exact.text, file);
  return {
    file: text === exact.text ? null : await storeMended(file, exact.restore(text)),
    mended,
    left: left.map((problem) => ({ problem, reason: wordWhyLeft(problem.code) })),
  };
}
