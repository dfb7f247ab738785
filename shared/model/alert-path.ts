/** The way of an alert from an account and region to whoever is told, and what proves that it is open. */

/**
 * What sends home: the rules, by the service whose calls they take, and the function that forwards logs. `sts` is the rule
 * for roles of emergencies, which stands where such roles are named. The home bus sends to itself: where nothing came but
 * that, the fault lies with those who send.
 */
export const PATH_RULES = ['eks', 'logs', 'cloudtrail', 'iam', 'sts', 'log-batch', 'home-bus'] as const;
export type PathRule = (typeof PATH_RULES)[number];

export interface PathPlace {
  readonly account: string;
  readonly region: string;
}

/** What came to the home bus about the way itself; the bus vouches for account and region. */
export type PathEvent =
  /** Somebody asks whether the way is open, and people are to be told. */
  | (PathPlace & { readonly kind: 'test'; readonly rule: PathRule; readonly id: string })
  /** The same every day, and nobody is told. */
  | (PathPlace & { readonly kind: 'canary'; readonly rule: PathRule })
  /** Events that could not be sent home lie in the queue of that account and region, or do no more. */
  | (PathPlace & { readonly kind: 'dead-letters'; readonly isStanding: boolean });

/** A test whose first event came. */
export interface RememberedTest extends PathPlace {
  readonly id: string;
  readonly at: string;
}

/** Tests of one account that people were told of within an hour. */
export interface RememberedTests {
  /** `2026-11-21T08` */
  readonly hour: string;
  readonly ids: readonly string[];
}

/** When a canary last came by a rule; or, of what was heard, to the other end. */
export interface RememberedCanary extends PathPlace {
  readonly rule: PathRule;
  readonly at: string;
}

export interface RememberedDeadLetters extends PathPlace {
  /** null: none stand any more. */
  readonly since: string | null;
  /** Since when they stood the last time that people were told. */
  readonly toldSince: string;
  readonly at: string;
}

/** A place from which the daily canary did not come, or not by each rule. */
export interface SilentPlace extends PathPlace {
  /** The rules that sent none in time; all of them where nothing came. */
  readonly rules: readonly PathRule[];
  /** ISO: when any last came; null: none ever did. */
  readonly lastHeardAt: string | null;
}

/** Whether alerts would come from wherever there are clusters. */
export type PathHealth =
  | { readonly status: 'off' }
  /** Nobody knows: told as any other silence. */
  | { readonly status: 'unread'; readonly reason: string }
  | {
      readonly status: 'checked';
      readonly places: number;
      readonly silent: readonly SilentPlace[];
      /** Places whose queue holds events that could not be sent home. */
      readonly letters: readonly RememberedDeadLetters[];
    };
