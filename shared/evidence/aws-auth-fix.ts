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

/** All repairs at once, since each reading costs; one by one when they spoil something together. */
function takeStep(text: string, file: string, repair: Repair): Pick<Mended, 'text' | 'mended'> {
  const before = inspect(text, file);
  if (before === null) return { text, mended: [] };
  const repairs = listRepairs(text, before, repair);
  const after = applyEdits(text, [...repairs.values()].flat());
  if (isMended(before, inspect(after, file), [...repairs.keys()])) return { text: after, mended: [...repairs.keys()] };
  return takeSingly(text, file, repair);
}

/** Each costs a reading of the whole: fewer of them in a larger text. */
const MOST_READ_SINGLY = 5_000_000;

function takeSingly(text: string, file: string, repair: Repair): Pick<Mended, 'text' | 'mended'> {
  const tried = new Set<string>();
  const mended: AwsAuthProblem[] = [];
  let current = text;
  while ((tried.size + 1) * text.length < MOST_READ_SINGLY) {
    const before = inspect(current, file);
    const repairs = before === null ? [] : [...listRepairs(current, before, repair)];
    const [problem, edits] = repairs.find(([one]) => !tried.has(keyOf(one))) ?? [];
    if (before === null || problem === undefined || edits === undefined) break;
    tried.add(keyOf(problem));
    const next = applyEdits(current, edits);
    if (!isMended(before, inspect(next, file), [problem])) continue;
    current = next;
    mended.push(problem);
  }
  return { text: current, mended };
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

/** The problems are gone, no section is lost by it, and every row that counted still says what it said, or more. */
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
