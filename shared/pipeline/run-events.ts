/** What a function is invoked with into what it is asked; anything else is an error that says what was expected. */
import { KeyholderError } from '../errors.ts';
import { fieldIn, itemsIn, textIn } from '../evidence/json-fields.ts';
import type { ClusterPlace } from '../ports.ts';
import { type Failure, parseFailure } from './audit-failure.ts';
import { isRunName, parseClusterKey, parseUnitKey } from './audit-run.ts';

/** An execution of the machine: `{"run": "…", "startedAt": "…", "input": {"clusters": ["arn:…"]}}`; without them, all. */
export function parsePlanEvent(event: unknown): {
  readonly run: string;
  readonly now: string;
  /** null: all that there are. */
  readonly only: readonly ClusterPlace[] | null;
} {
  const { run } = parsePublishEvent(event);
  const startedAt = Date.parse(textIn(event, 'startedAt') ?? '');
  if (Number.isNaN(startedAt)) throw unexpected('an ISO time as startedAt', event);
  const input = fieldIn(event, 'input');
  const clusters = itemsIn(input, 'clusters');
  if (clusters === null && fieldIn(input, 'clusters') !== undefined) throw unexpected('a list as clusters', input);
  const only = clusters?.map((arn) => parseClusterArn(typeof arn === 'string' ? arn : '')) ?? null;
  return { run, now: new Date(startedAt).toISOString().replace(/\.\d+Z$/, 'Z'), only };
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
  return { run, unit, round: countIn(event, 'round'), failure: parseFailure(fieldIn(event, 'failure')) };
}

/** `{"cluster": "runs/…", "sharedBy": 5}`, and `failure` when the machine gives the cluster up. */
export function parseClusterEvent(event: unknown): {
  readonly run: string;
  readonly cluster: string;
  readonly sharedBy: number;
  readonly failure: Failure | null;
} {
  const cluster = textIn(event, 'cluster') ?? '';
  const { run } = parseClusterKey(cluster);
  const sharedBy = countIn(event, 'sharedBy');
  if (sharedBy === 0) throw unexpected('at least 1 as sharedBy', event);
  return { run, cluster, sharedBy, failure: parseFailure(fieldIn(event, 'failure')) };
}

/** `{"cluster": "arn:…", "as": "arn:…"}`: the second, where it is known who will run the commands. */
export function parseRecoverEvent(event: unknown): {
  readonly arn: string;
  readonly place: ClusterPlace;
  readonly as: string | undefined;
} {
  const arn = textIn(event, 'cluster') ?? '';
  return { arn, place: parseClusterArn(arn), as: textIn(event, 'as') ?? undefined };
}

const CLUSTER_ARN = /^arn:[a-z-]+:eks:([a-z0-9-]{1,40}):(\d{12}):cluster\/([0-9A-Za-z][0-9A-Za-z_-]{0,99})$/;

function parseClusterArn(arn: string): ClusterPlace {
  const [, region, account, name] = CLUSTER_ARN.exec(arn) ?? [];
  if (region !== undefined && account !== undefined && name !== undefined) return { account, region, name };
  throw new KeyholderError('usage', `expected the ARN of a cluster, got ${JSON.stringify(arn.slice(0, 200))}`);
}

function countIn(event: unknown, field: string): number {
  const count = fieldIn(event, field);
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw unexpected(`a count as ${field}`, event);
}

function unexpected(expected: string, event: unknown): KeyholderError {
  const got = JSON.stringify(event) ?? 'nothing';
  return new KeyholderError('usage', `expected ${expected}, got ${got.slice(0, 200)}`);
}
