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
  let current = inspect(text, file);
  for (const repair of STEPS) {
    if (current === null) break;
    const done = takeStep(current, file, repair);
    current = done.inspected;
    mended.push(...done.mended);
  }
  if (current === null) return { text, mended, left: listAwsAuthProblems(text, file) };
  return { text: current.text, mended, left: current.inspection.awsAuth.problems };
}

/** Reading is what takes long: each text is read once. */
interface Inspected {
  readonly text: string;
  readonly inspection: Inspection;
}

interface Step {
  readonly inspected: Inspected;
  readonly mended: readonly AwsAuthProblem[];
}

/** All repairs at once; none of them when together they did other than they should. */
function takeStep(before: Inspected, file: string, repair: Repair): Step {
  const repairs = listRepairs(before, repair);
  const mended = [...repairs.keys()];
  if (mended.length === 0) return { inspected: before, mended };
  const after = inspect(applyEdits(before.text, [...repairs.values()].flat()), file);
  if (after === null || !isMended(before.inspection, after.inspection, mended))
    return { inspected: before, mended: [] };
  return { inspected: after, mended };
}

function inspect(text: string, file: string): Inspected | null {
  const map = readConfigMap(text, 'aws-auth');
  return 'unreadable' in map ? null : { text, inspection: inspectAwsAuth(map, text, file) };
}

function listRepairs({ text, inspection }: Inspected, repair: Repair): ReadonlyMap<AwsAuthProblem, TextEdit[]> {
  const repairs = new Map<AwsAuthProblem, TextEdit[]>();
  for (const placed of inspection.placed) {
    const edits = repair(text, inspection, placed);
    if (edits.length > 0) repairs.set(placed.problem, edits);
  }
  return repairs;
}

/** The problems are gone, no section and no row is lost by it, and without a row that was repeated all others say the same. */
function isMended(before: Inspection, after: Inspection, problems: readonly AwsAuthProblem[]): boolean {
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
