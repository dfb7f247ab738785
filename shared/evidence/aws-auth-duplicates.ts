/** Rows that can match into which of them the authenticator ever uses: one for each ARN, mapRoles before mapUsers. */
import type { AwsAuthRow } from '../model/aws-auth.ts';
import { foldCase } from './aws-auth-decode.ts';
import { type Overlap, wordDuplicate } from './aws-auth-row-wording.ts';
import type { Wording } from './aws-auth-wording.ts';

export interface Duplicate {
  readonly row: AwsAuthRow;
  readonly wording: Wording;
  /** False when the authenticator may use the row after all. */
  readonly isInert: boolean;
}

/** In the order of the file, only rows that match. */
export function findDuplicates(rows: readonly AwsAuthRow[]): readonly Duplicate[] {
  const roles = keepLast(
    rows.filter(({ section }) => section === 'mapRoles'),
    ({ arn }) => foldCase(arn),
  );
  const users = keepLast(
    rows.filter(({ section }) => section === 'mapUsers'),
    ({ arn }) => arn,
  );
  const duplicates = [...roles.replaced, ...users.replaced].map(([row, by]) => replaced(row, by));
  const firstUsers = new Map<string, AwsAuthRow>();
  for (const row of users.kept.values()) {
    const key = foldCase(row.arn);
    const role = roles.kept.get(key);
    const twin = firstUsers.get(key);
    if (role !== undefined) duplicates.push(replaced(row, role));
    else if (twin === undefined) firstUsers.set(key, row);
    else
      duplicates.push({ row: twin, wording: wordDuplicate(twin.arn, 'either', nameLine(twin, row)), isInert: false });
  }
  return duplicates;
}

interface Kept {
  readonly kept: ReadonlyMap<string, AwsAuthRow>;
  readonly replaced: readonly (readonly [row: AwsAuthRow, by: AwsAuthRow])[];
}

function keepLast(rows: readonly AwsAuthRow[], keyOf: (row: AwsAuthRow) => string): Kept {
  const kept = new Map<string, AwsAuthRow>();
  for (const row of rows) kept.set(keyOf(row), row);
  const replacedRows = rows.flatMap((row) => {
    const by = kept.get(keyOf(row));
    return by === undefined || by === row ? [] : [[row, by] as const];
  });
  return { kept, replaced: replacedRows };
}

function replaced(row: AwsAuthRow, by: AwsAuthRow): Duplicate {
  return { row, wording: wordDuplicate(row.arn, compareRows(row, by), nameLine(row, by)), isInert: true };
}

function nameLine(row: AwsAuthRow, other: AwsAuthRow): string {
  const where = `in line ${other.position.line}`;
  return row.section === other.section ? where : `${where}, in ${other.section}`;
}

function compareRows(row: AwsAuthRow, by: AwsAuthRow): Overlap {
  const listed = ({ groups }: AwsAuthRow) => JSON.stringify([...new Set(groups)].sort());
  if (listed(row) !== listed(by)) return 'other-groups';
  return row.username === by.username ? 'same' : 'other-username';
}
