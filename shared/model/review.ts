/** What became of a holder since an earlier report: the access review's own words. */
import type { Holder, Level, Person } from './access.ts';

/** Of a holder that stands. What stands no more is listed apart. */
export interface ReviewChange {
  readonly kind: 'new' | 'raised' | 'lowered' | 'same';
  /** null for a new one. */
  readonly before: Level | null;
  /** Why the mark is not to be trusted in whole; null when it is. */
  readonly doubt: string | null;
  /** Behind it now and not before, by name. */
  readonly newPeople: readonly string[];
  /** Behind it before and not now. */
  readonly gonePeople: readonly EarlierPerson[];
}

export type EarlierPerson = Pick<Person, 'name' | 'kind'>;

export interface EarlierCluster {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

export interface EarlierHolder {
  readonly holder: Holder;
  readonly principalArn: string | null;
  readonly level: Level;
  readonly people: readonly EarlierPerson[];
}

/** As much of a report as a comparison needs. */
export interface EarlierReport {
  readonly generatedAt: string;
  readonly clusters: readonly (EarlierCluster & {
    /** Sources of access that it could not read in whole. */
    readonly unread: readonly string[];
    /** Tells one cluster from another that has its name after it; null when it was not known. */
    readonly createdAt: string | null;
    readonly holders: readonly (EarlierHolder & {
      /** Whether the people behind it could be read. */
      readonly arePeopleKnown: boolean;
    })[];
  })[];
}

export interface GoneHolder extends EarlierHolder {
  readonly cluster: EarlierCluster;
  /** Why it may stand all the same; null when its cluster was read in whole, or lacks where all of its region were listed. */
  readonly doubt: string | null;
}

export interface Comparison {
  /** When the earlier report was made. */
  readonly earlierAt: string;
  readonly gone: readonly GoneHolder[];
}
