/** What stands after a write into a match that says whose write it was, and whether the records show what it changed. */
import type { Facts } from '../model/facts.ts';
import type { Match } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { nameActor } from './actors.ts';

export interface Write {
  readonly event: AuditEvent;
  readonly facts: Facts | null;
  /** What was written, in words. */
  readonly object: string;
  /** Where it is clear from the words before; `object` unless given. */
  readonly pronoun?: 'it';
  /** False when no earlier record shows what stood there before. */
  readonly isCompared: boolean;
}

/** Whoever wrote the object is only named as the one who did it when the records show that it was not so before. */
export function tellWrite(match: Match, { event, facts, object, pronoun, isCompared }: Write): Match {
  const writer = nameActor(event.actor);
  const words = isCompared
    ? `${writer} wrote ${pronoun ?? object} so.`
    : `So it stood when ${writer} wrote ${object}; what it was before is not known here.`;
  return {
    ...match,
    summary: `${match.summary} ${words}`,
    actor: isCompared || facts === null ? writer : null,
    at: event.at,
    evidence: [event.evidence],
  };
}
