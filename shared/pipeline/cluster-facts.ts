/** One cluster of what the readers have, by its name or ARN, into the facts that an answer about it needs. */
import { resolveFacts } from '../access/facts.ts';
import { KeyholderError } from '../errors.ts';
import { unknownCluster } from '../evidence/describe-cluster.ts';
import { type EarlierLife, splitLives } from '../findings/lives.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { ClusterPlace, Progress, Readers } from '../ports.ts';
import { type CollectOptions, collectEvidence, collectRecording } from './collect.ts';

/** The facts of the life that stands, and the records of those before it. */
export interface StandingFacts {
  readonly facts: Facts;
  readonly earlier: readonly EarlierLife[];
}

export function resolveStandingFacts(cluster: ClusterEvidence, all: Evidence, now: string): StandingFacts {
  const { current, earlier } = splitLives(cluster.cluster, [
    ...cluster.cloudTrail,
    ...cluster.audit,
    ...cluster.authenticator,
  ]);
  return { facts: resolveFacts(cluster, all, { now, records: current }), earlier };
}

export interface ClusterQuestion {
  /** Name or ARN, as the caller gave it. */
  readonly cluster: string | undefined;
  readonly now: string;
  readonly progress?: Progress;
}

export interface ClusterAnswer extends StandingFacts {
  readonly place: ClusterPlace;
  readonly evidence: Evidence;
}

/** Reads no other cluster. Throws KeyholderError('usage') for a cluster that is not there, or not the only one of its name. */
export function collectClusterFacts(readers: Readers, question: ClusterQuestion): Promise<ClusterAnswer> {
  return collectFacts(readers, question, collectEvidence);
}

/** The same of a recording that holds nothing but what was read live. */
export function collectRecordedFacts(readers: Readers, question: ClusterQuestion): Promise<ClusterAnswer> {
  return collectFacts(readers, question, collectRecording);
}

async function collectFacts(
  readers: Readers,
  { cluster, now, progress }: ClusterQuestion,
  collect: (readers: Readers, options: CollectOptions) => Promise<Evidence>,
): Promise<ClusterAnswer> {
  const places = await readers.places();
  const place = findPlace(places.clusters, cluster);
  const alone: Readers = { ...readers, places: async () => ({ ...places, clusters: [place] }) };
  const evidence = await collect(alone, progress === undefined ? {} : { progress });
  const [found] = evidence.clusters;
  if (found === undefined) throw new KeyholderError('internal', `expected evidence of ${place.name}, got none`);
  return { place, evidence, ...resolveStandingFacts(found, evidence, now) };
}

const MOST_NAMES = 20;

function findPlace(places: readonly ClusterPlace[], wanted: string | undefined): ClusterPlace {
  const found = places.filter((place) => wanted !== undefined && isNamed(place, wanted));
  const [place, second] = found;
  if (place !== undefined && second === undefined) return place;
  const got = wanted === undefined ? 'no such flag' : JSON.stringify(wanted);
  if (place !== undefined) {
    const arns = found.map((one) => unknownCluster(one).arn).join(', ');
    throw new KeyholderError(
      'usage',
      `expected the ARN of one cluster for --cluster, got ${got}, which may be ${arns}`,
    );
  }
  const names = [...new Set(places.map(({ name }) => name))];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const known = names.length === 0 ? 'but the evidence holds none' : `one of ${names.slice(0, MOST_NAMES).join(', ')}`;
  throw new KeyholderError('usage', `expected the name of a cluster for --cluster, ${known}${more}, got ${got}`);
}

/** Account and region decide: the partition follows from the region. */
function isNamed(place: ClusterPlace, wanted: string): boolean {
  const [, region, account, name] = /^arn:[^:]+:eks:([^:]+):([^:]+):cluster\/(.+)$/s.exec(wanted) ?? [];
  if (name === undefined) return place.name === wanted;
  return place.name === name && place.region === region && place.account === account;
}
