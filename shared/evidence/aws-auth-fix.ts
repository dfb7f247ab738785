/** The text of an aws-auth ConfigMap into the same text with the mistakes mended that leave no doubt what was meant. */
import type { AwsAuth, AwsAuthProblem } from '../model/aws-auth.ts';
import { listAwsAuthProblems } from './aws-auth.ts';
import { repairDuplicate } from './aws-auth-duplicate-repairs.ts';
import { type Inspection, inspectAwsAuth, type PlacedProblem } from './aws-auth-inspection.ts';
import { repairKey } from './aws-auth-key-repairs.ts';
import { repairRow } from './aws-auth-row-repairs.ts';
import { repairSyntax } from './aws-auth-syntax-repairs.ts';
import { readConfigMap } from './config-map.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';

export interface Mended {
  readonly text: string;
  /** As they stood in the text that was given. */
  readonly mended: readonly AwsAuthProblem[];
  /** As they stand in the mended text. */
  readonly left: readonly AwsAuthProblem[];
}

type Repair = (file: string, inspection: Inspection, problem: PlacedProblem) => TextEdit[];

const repairSection: Repair = (text, _inspection, { problem, place }) =>
  problem.code === 'section-lost' && place !== null ? repairSyntax(text, place) : [];

/** In this order each step uncovers what the next can see, and lines move only in the last. */
const STEPS: readonly Repair[] = [repairKey, repairSection, repairRow, repairDuplicate];

/** Every byte outside of the rows and keys that are mended stays. */
export function mendAwsAuth(text: string, file: string): Mended {
  const mended: AwsAuthProblem[] = [];
  let current = text;
  for (const repair of STEPS) {
    const done = takeStep(current, file, repair);
    current = done.text;
    mended.push(...done.mended);
  }
  return { text: current, mended, left: listAwsAuthProblems(current, file) };
}

/** All repairs at once; none of them when together they did other than they should. */
function takeStep(text: string, file: string, repair: Repair): Pick<Mended, 'text' | 'mended'> {
  const before = inspect(text, file);
  if (before === null) return { text, mended: [] };
  const repairs = listRepairs(text, before, repair);
  const mended = [...repairs.keys()];
  const after = applyEdits(text, [...repairs.values()].flat());
  return isMended(before, inspect(after, file), mended) ? { text: after, mended } : { text, mended: [] };
}

function inspect(text: string, file: string): Inspection | null {
  const map = readConfigMap(text, 'aws-auth');
  return 'unreadable' in map ? null : inspectAwsAuth(map, text, file);
}

function listRepairs(text: string, inspection: Inspection, repair: Repair): ReadonlyMap<AwsAuthProblem, TextEdit[]> {
  const repairs = new Map<AwsAuthProblem, TextEdit[]>();
  for (const placed of inspection.placed) {
    const edits = repair(text, inspection, placed);
    if (edits.length > 0) repairs.set(placed.problem, edits);
  }
  return repairs;
}

/** The problems are gone, no section and no row is lost by it, and without a row that was repeated all others say the same. */
function isMended(before: Inspection, after: Inspection | null, problems: readonly AwsAuthProblem[]): boolean {
  if (after === null) return false;
  const renamed = new Set(problems.filter(({ code }) => code === 'key-case').map(({ section }) => section));
  const left = new Set(after.awsAuth.problems.map(keyOf));
  const duplicates = problems.filter(({ code }) => code === 'duplicate-arn').length;
  const mendedInPlace = problems.filter(({ code }) => code !== 'duplicate-arn');
  const lost = after.awsAuth.lostSections.filter((section) => !before.awsAuth.lostSections.includes(section));
  return (
    lost.every((section) => renamed.has(section)) &&
    mendedInPlace.every((problem) => !left.has(keyOf(problem))) &&
    after.awsAuth.rows.length >= before.awsAuth.rows.length - duplicates &&
    (duplicates === 0 || listMatching(after.awsAuth) === listMatching(before.awsAuth))
  );
}

function listMatching({ rows }: AwsAuth): string {
  const matching = rows.filter(({ matches }) => matches);
  return JSON.stringify(matching.map(({ section, arn, username, groups }) => [section, arn, username, groups]));
}

function keyOf({ code, section, message, position }: AwsAuthProblem): string {
  return `${code} ${section} ${position.line} ${message}`;
}
