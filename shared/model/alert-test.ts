/** The answer of `keyholder test-alert`: how far a marked message came, hop by hop. */
import type { PathPlace } from './alert-path.ts';

export interface TestHop {
  /** `default-bus`, `rule-<service>`, `log-function`, or a channel: `people`, `chat`, `machines`. */
  readonly hop: string;
  /**
   * `nobody`: the deployment has no such channel. `silent`: no answer within the time. `absent`: the region has no rule
   * that would take the event. `unknown`: no answer, and it could not be asked whether there is such a rule.
   */
  readonly status: 'answered' | 'nobody' | 'refused' | 'silent' | 'absent' | 'unknown';
  /** ISO; null without an answer. */
  readonly at: string | null;
  readonly reason: string | null;
}

export interface TestedPlace extends PathPlace {
  readonly id: string;
  /** Every hop answered; of those that not every deployment has, every one that is there. */
  readonly isOpen: boolean;
  readonly hops: readonly TestHop[];
  /** The last hop that answered before one that did not; null where none did. */
  readonly lastAnswered: string | null;
  /** Where to look; null where there is nothing to look for. */
  readonly next: string | null;
  /** Pages of docs/runbook.md. */
  readonly pages: readonly string[];
}

export interface AlertTest {
  readonly schema: 'keyholder.test-alert/v1';
  readonly generatedAt: string;
  /** ARN of whoever sent the events. */
  readonly caller: string;
  readonly isOpen: boolean;
  readonly places: readonly TestedPlace[];
}
