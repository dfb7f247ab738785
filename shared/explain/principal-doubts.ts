/** What was not read of an IAM principal's way in, and could turn its answer round. */

import type { Mapping } from '../model/access.ts';
import type { Gap } from '../model/explanation.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { findPartGap, findSourceGap } from '../rules/coverage-gaps.ts';
import type { Arrival, Broken } from './broken.ts';
import { isNodeDoor } from './doors.ts';

/** An entry binds to the unique id, and a row waits for whoever has the name: both need a principal that exists. */
export function listDoubtsIfAllowed(arrival: Arrival, door: Mapping): readonly Gap[] {
  const { standing } = arrival;
  const id = door.entry === null ? '' : ', so that it may be another than the one that the entry is bound to';
  const iam: readonly Gap[] = standing.gap === null ? [] : [{ need: 'iam', reason: `${standing.gap}${id}` }];
  return [...listMode(arrival), ...listEntries(arrival, door), ...listCreator(arrival, door), ...iam];
}

export function listDoubtsIfDenied(arrival: Arrival, door: Mapping): readonly Gap[] {
  const { facts } = arrival.question;
  const policies = door.entry === null ? null : findPartGap(facts.coverage, 'access-entries');
  return [
    ...listMode(arrival),
    ...listEntries(arrival, door),
    ...(policies === null ? [] : [policies]),
    ...(isCreatorPossible(arrival) ? [tellCreator(arrival)] : []),
    ...listNode(arrival, door),
  ];
}

/** A fault that was found explains the denial only as far as no other door could be there. */
export function listDoubtsWithoutDoor(arrival: Arrival, { link }: Broken): readonly Gap[] {
  const { cluster, coverage, creator } = arrival.question.facts;
  const mode = cluster.authenticationMode;
  const awsAuth = mode === 'API' ? null : findSourceGap(coverage, 'aws-auth');
  const isUnknownCreator = mode === 'CONFIG_MAP' && creator.principalArn === null && creator.candidates.length === 0;
  const isCreator = isCreatorPossible(arrival) || (link === 'mapping:none' && isUnknownCreator);
  return [
    ...listMode(arrival),
    ...listEntries(arrival, null),
    ...(awsAuth === null ? [] : [awsAuth]),
    ...(isCreator ? [tellCreator(arrival)] : []),
  ];
}

function listMode({ question }: Arrival): readonly Gap[] {
  const { cluster, coverage } = question.facts;
  if (cluster.authenticationMode !== null) return [];
  const gap = findPartGap(coverage, 'cluster');
  return [gap ?? { need: 'eks-api/cluster', reason: 'the authentication mode of the cluster is not known' }];
}

/** An entry would take the place of any row. */
function listEntries({ question, doors }: Arrival, door: Mapping | null): readonly Gap[] {
  const { cluster, coverage } = question.facts;
  if (doors.entry !== null || door?.via === 'cluster-creator' || cluster.authenticationMode === 'CONFIG_MAP') return [];
  const gap = findPartGap(coverage, 'access-entries');
  return gap === null ? [] : [gap];
}

function listCreator(arrival: Arrival, door: Mapping): readonly Gap[] {
  const isCertain = arrival.question.facts.creator.confidence === 'proven';
  return door.via === 'cluster-creator' && !isCertain ? [tellCreator(arrival)] : [];
}

/** True where the evidence points at this principal as the hidden creator, and does not prove it. */
function isCreatorPossible({ question, asker }: Arrival): boolean {
  const { creator, cluster } = question.facts;
  if (cluster.authenticationMode !== 'CONFIG_MAP' || creator.confidence === 'proven') return false;
  return creator.candidates.some((arn) => arnKey(arn) === principalKey(asker.principal));
}

function tellCreator({ question }: Arrival): Gap {
  const reason = `whether it created the cluster, and is admin by that, is not known: ${question.facts.creator.reason}`;
  return { need: 'cloudtrail', reason };
}

const INSTANCE = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** A session of a node itself: what it may read follows from the Pods that run on it. */
function listNode({ asker }: Arrival, door: Mapping): readonly Gap[] {
  if (!isNodeDoor(door) || asker.session === null || !INSTANCE.test(asker.session)) return [];
  return [{ need: null, reason: 'the Node authorizer decides by what runs on the node, which no source shows' }];
}
