/** Records and IAM's dates into the changes that shut admin doors: since when, by whom, with the event. */
import type { Facts } from '../model/facts.ts';
import type { AccessChange, ChangeKind } from '../model/recovery.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey } from '../rules/arn.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import { findIamEntity } from '../rules/iam-roles.ts';
import { compareTimes } from '../rules/time.ts';
import type { Door, Fault } from './admin-doors.ts';
import type { AwsAuthHistory } from './aws-auth-history.ts';
import { type EntrySources, listEntryChanges } from './entry-changes.ts';
import { findSsoSuccessor } from './sso-successor.ts';
import { nameShort } from './wording.ts';

/** The calls of IAM that shut a door, by what is wrong with it. */
export const DOOR_CALLS = {
  gone: ['DeleteRole', 'DeleteUser'],
  recreated: ['CreateRole', 'CreateUser'],
  nobody: ['UpdateAssumeRolePolicy'],
} as const satisfies Partial<Record<Fault, readonly string[]>>;
/** The call that can make aws-auth silent as a whole. */
export const MODE_CALL = 'UpdateClusterConfig';

/** Latest first; those of unknown time last. */
export function listChanges(sources: EntrySources & { readonly awsAuth: AwsAuthHistory }): readonly AccessChange[] {
  const { facts, doors, awsAuth } = sources;
  const changes: readonly AccessChange[] = [
    ...listAwsAuthChanges(awsAuth),
    ...listEntryChanges(sources),
    ...doors.flatMap((door) => [...listDoorChanges(door, facts)]),
    ...listModeChanges(facts),
  ];
  return [...changes].sort((a, b) => compareTimes(b.at, a.at));
}

function* listAwsAuthChanges({ status, badSince, lostRows, current }: AwsAuthHistory): Iterable<AccessChange> {
  if (status !== 'broken' && status !== 'deleted') return;
  const isGone = status === 'deleted';
  const who = badSince?.actor == null ? 'somebody' : nameShort(badSince.actor);
  const evidence = badSince?.evidence ?? current?.evidence;
  yield {
    kind: isGone ? 'aws-auth-deleted' : 'aws-auth-written',
    at: badSince?.at ?? null,
    summary: isGone
      ? `${who} deleted the ConfigMap aws-auth`
      : `${who} wrote aws-auth so that the authenticator drops part of it`,
    actor: badSince?.actor ?? null,
    affected: lostRows.map(({ arn }) => arn),
    evidence: evidence === undefined ? [] : [evidence],
  };
}

function* listDoorChanges({ principal, fault, mapping }: Door, facts: Facts): Iterable<AccessChange> {
  if (principal === null || mapping === null) return;
  const { arn } = principal;
  const successor = fault === 'gone' ? findSsoSuccessor(arn, facts) : null;
  if (successor !== null) {
    yield {
      kind: 'sso-suffix-changed',
      at: successor.createdAt,
      summary: `Identity Center made the role of its permission set anew: ${successor.name} stands in the place of ${principal.name}`,
      actor: null,
      affected: [arn],
      evidence: [successor.evidence, ...mapping.evidence],
    };
  } else if (fault === 'gone') {
    yield describe(facts, { kind: 'principal-deleted', arn, calls: DOOR_CALLS.gone, words: 'deleted' });
  } else if (fault === 'recreated') {
    const calls = DOOR_CALLS.recreated;
    const change = describe(facts, { kind: 'principal-recreated', arn, calls, words: 're-created' });
    const entity = findIamEntity(facts.accounts, principal);
    const seen = entity === null ? [] : [entity.evidence];
    yield { ...change, at: change.at ?? entity?.createdAt ?? null, evidence: [...change.evidence, ...seen] };
  } else if (fault === 'nobody') {
    yield describe(facts, {
      kind: 'trust-changed',
      arn,
      calls: DOOR_CALLS.nobody,
      words: 'changed the trust of',
    });
  }
}

interface Told {
  readonly kind: ChangeKind;
  readonly arn: string;
  readonly calls: readonly string[];
  /** What the actor did to the principal. */
  readonly words: string;
}

/** By the last such call on record. */
function describe({ accounts, records }: Facts, { kind, arn, calls, words }: Told): AccessChange {
  const key = arnKey(arn);
  const event = [...accounts.flatMap(({ cloudTrail }) => cloudTrail), ...records]
    .filter((record) => record.source === 'cloudtrail')
    .filter(({ eventName, succeeded }) => succeeded && calls.includes(eventName))
    .filter(({ principalArn }) => principalArn !== null && arnKey(principalArn) === key)
    .sort((a, b) => compareTimes(a.at, b.at))
    .at(-1);
  const actor = event === undefined ? null : nameActor(event.actor);
  const evidence = event === undefined ? [] : [event.evidence];
  return {
    kind,
    at: event?.at ?? null,
    summary: `${actor === null ? 'somebody' : nameShort(actor)} ${words} ${nameShort(arn)}`,
    actor,
    affected: [arn],
    evidence,
  };
}

/** Mode API makes all of aws-auth silent. */
function* listModeChanges({ records, cluster, mappings }: Facts): Iterable<AccessChange> {
  const silent = mappings.filter(({ inert, via }) => inert === 'mode' && via === 'aws-auth');
  if (cluster.authenticationMode !== 'API' || silent.length === 0) return;
  for (const record of records) {
    if (!isEksCall(record, [MODE_CALL]) || !record.succeeded) continue;
    if (!JSON.stringify(record.request.accessConfig ?? '').includes('"API"')) continue;
    const actor = nameActor(record.actor);
    const summary = `${nameShort(actor)} switched the authentication mode to API, which does not read aws-auth`;
    const affected = silent.map(({ principal }) => principal.arn);
    yield { kind: 'mode-changed', at: record.at, summary, actor, affected, evidence: [record.evidence] };
  }
}
