/** What a function is invoked with into what it is asked; anything else is an error that says what was expected. */
import { KeyholderError } from '../errors.ts';
import { fieldIn, textIn } from '../evidence/json-fields.ts';
import { type Failure, parseFailure } from './audit-failure.ts';
import { isRunName, parseClusterKey, parseUnitKey } from './audit-run.ts';

/** `{"run": "…", "startedAt": "…"}`: an execution of the machine. */
export function parsePlanEvent(event: unknown): { readonly run: string; readonly now: string } {
  const { run } = parsePublishEvent(event);
  const startedAt = Date.parse(textIn(event, 'startedAt') ?? '');
  if (Number.isNaN(startedAt)) throw unexpected('an ISO time as startedAt', event);
  return { run, now: new Date(startedAt).toISOString().replace(/\.\d+Z$/, 'Z') };
}

/** `{"run": "…"}` */
export function parsePublishEvent(event: unknown): { readonly run: string } {
  const run = textIn(event, 'run');
  if (run === null || !isRunName(run)) throw unexpected('the name of an execution as run', event);
  return { run };
}

/** `{"unit": "runs/…", "round": 0}`, and `failure` when the machine gives the region up. */
export function parseUnitEvent(event: unknown): {
  readonly run: string;
  readonly unit: string;
  readonly round: number;
  readonly failure: Failure | null;
} {
  const unit = textIn(event, 'unit') ?? '';
  const { run } = parseUnitKey(unit);
  const round = fieldIn(event, 'round');
  if (typeof round !== 'number' || !Number.isSafeInteger(round) || round < 0)
    throw unexpected('a count as round', event);
  return { run, unit, round, failure: parseFailure(fieldIn(event, 'failure')) };
}

/** `{"cluster": "runs/…"}`, and `failure` when the machine gives the cluster up. */
export function parseClusterEvent(event: unknown): {
  readonly run: string;
  readonly cluster: string;
  readonly failure: Failure | null;
} {
  const cluster = textIn(event, 'cluster') ?? '';
  return { run: parseClusterKey(cluster).run, cluster, failure: parseFailure(fieldIn(event, 'failure')) };
}

function unexpected(expected: string, event: unknown): KeyholderError {
  const got = JSON.stringify(event) ?? 'nothing';
  return new KeyholderError('usage', `expected ${expected}, got ${got.slice(0, 200)}`);
}
