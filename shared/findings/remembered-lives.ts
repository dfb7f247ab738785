/** Remembered lives of a cluster name into the one that stood at a moment, and those that another name stands for now. */
import type { EvidenceRecord } from '../model/records.ts';
import type { RememberedLife } from '../model/remembered.ts';
import { BIRTH_TOLERANCE_MS, birthOf, createdAtOf, isCreation, isSameBirth } from '../rules/cluster-births.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

/** The life that the record begins; null for any other record, and for one without a time. */
export function describeBirth(record: EvidenceRecord): RememberedLife | null {
  if (!isCreation(record)) return null;
  const createdAt = birthOf(record);
  if (createdAt === null) return null;
  return { createdAt, until: null, ...(createdAtOf(record) === null ? { isStandIn: true } : {}) };
}

/** `at`: ISO. A life that EKS itself has named goes before one that the time of a record stands for. */
export function findStandingLife(lives: readonly RememberedLife[], at: string): RememberedLife | null {
  const begun = lives.filter(({ createdAt }) => msBetween(createdAt, at) >= -BIRTH_TOLERANCE_MS);
  const last = begun.sort((a, b) => compareTimes(a.createdAt, b.createdAt)).at(-1);
  if (last?.isStandIn !== true) return last ?? null;
  return begun.findLast((life) => life.isStandIn !== true && isSameBirth(life.createdAt, last.createdAt)) ?? last;
}

/** Names of the life that EKS says began at `createdAt`, from before it was asked. */
export function listStandIns(lives: readonly RememberedLife[], createdAt: string): readonly string[] {
  return lives.flatMap((life) => {
    return life.isStandIn === true && isSameBirth(life.createdAt, createdAt) ? [life.createdAt] : [];
  });
}
