import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLUSTER_EVENTS, IAM_EVENTS } from '../shared/aws/cloudtrail-events.ts';
import { GLOBAL_PATTERNS, REGIONAL_PATTERNS } from '../shared/rules/event-patterns.ts';
import { TEST_CALL } from '../shared/rules/path-rules.ts';

const SHARED = new URL('../shared/', import.meta.url);
/** Where records are understood; event-patterns.ts only lists names. */
const STAGES = ['access', 'detections', 'evidence', 'explain', 'findings', 'recovery', 'rules'];
const CALL =
  /'((?:Activate|Add|Assume|Associate|Attach|Create|Deactivate|Delete|Detach|Disassociate|Put|Register|Remove|Set|Stop|Update)[A-Z][A-Za-z]+)'/g;
/** Words of the same form that name no call: fields of answers, and a kind of Kubernetes. */
const NO_CALLS: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'CreateDate', 'DeleteOptions']);

/** Every name of a call by which a line of ours decides. */
function listReactedTo(): readonly string[] {
  const files = STAGES.flatMap((stage) => readdirSync(new URL(`${stage}/`, SHARED)).map((name) => `${stage}/${name}`));
  const names = files
    .filter((file) => file.endsWith('.ts') && file !== 'rules/event-patterns.ts')
    .flatMap((file) => [...readFileSync(new URL(file, SHARED), 'utf8').matchAll(CALL)].map(([, name = '']) => name));
  return [...new Set(names)].filter((name) => !NO_CALLS.has(name)).sort();
}

type Reasons = Readonly<Record<string, readonly string[]>>;

const SESSIONS = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

/** Why an audit of live AWS does not ask the event history for them. */
const NOT_ASKED: Reasons = {
  'every session of every role of the account is one: by name they would fill the pages of an hour, not of 90 days':
    SESSIONS,
  'IAM is read as it stands, and the call would only tell who gave what is found; a busy pipeline makes thousands': [
    'AddUserToGroup',
    'AttachGroupPolicy',
    'AttachRolePolicy',
    'AttachUserPolicy',
    'CreatePolicy',
    'CreatePolicyVersion',
    'DeleteRolePermissionsBoundary',
    'DeleteRolePolicy',
    'DeleteUserPermissionsBoundary',
    'DeleteUserPolicy',
    'DetachRolePolicy',
    'DetachUserPolicy',
    'PutGroupPolicy',
    'PutRolePermissionsBoundary',
    'PutRolePolicy',
    'PutUserPermissionsBoundary',
    'PutUserPolicy',
    'SetDefaultPolicyVersion',
  ],
  'they matter of a principal for emergencies alone, and its verdict says that they were not asked for': [
    'CreateAccessKey',
    'CreateLoginProfile',
    'DeactivateMFADevice',
    'UpdateLoginProfile',
  ],
  'a user hardly ever takes another name: an alert tells of it, and IAM is read as it stands': ['UpdateUser'],
  'only an alert reacts to them, by asking for a read of what an audit reads anyway': [
    'CreateFargateProfile',
    'CreateNodegroup',
    'CreatePodIdentityAssociation',
    'DeleteCapability',
    'DeletePodIdentityAssociation',
    'UpdateClusterVersion',
    'UpdatePodIdentityAssociation',
  ],
};

/** Why no rule sends them home. */
const NOT_FORWARDED: Reasons = {
  'a rule cannot tell the roles that matter from the thousands of sessions of an hour; logs and calls of a session show it':
    SESSIONS,
};

/** Why rules send home what no line of ours names. */
const FORWARDED_FOR_ITSELF: Reasons = {
  'what a caller who matters did to a cluster, its logs or the trail is told with the rest': [
    'ActivateCertificateAuthority',
    'CreateCertificateAuthority',
    'DeleteEventDataStore',
    'DeleteRetentionPolicy',
    'PutDataProtectionPolicy',
    'PutSubscriptionFilter',
    'RegisterCluster',
    'StopEventDataStoreIngestion',
  ],
  'a test goes by the very rule': [TEST_CALL],
};

const namesOf = (reasons: Reasons): readonly string[] => Object.values(reasons).flat().sort();
const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => !others.includes(name)).sort();

const REACTED = listReactedTo();
const ASKED: readonly string[] = [...CLUSTER_EVENTS, ...IAM_EVENTS];
const FORWARDED = Object.values({ ...REGIONAL_PATTERNS, ...GLOBAL_PATTERNS }).flatMap(({ detail }) => detail.eventName);

describe('names of calls', () => {
  test('that something reacts to are asked of the event history, or it is said why not', () => {
    expect(REACTED.length).toBeGreaterThan(50);
    expect(without(REACTED, ASKED)).toEqual(namesOf(NOT_ASKED));
  });

  test('that something reacts to are sent home, or it is said why not', () => {
    expect(without(REACTED, FORWARDED)).toEqual(namesOf(NOT_FORWARDED));
  });

  test('that are asked or sent are those that something reacts to, or it is said what for', () => {
    expect(without(ASKED, REACTED)).toEqual([]);
    expect(without(FORWARDED, REACTED)).toEqual(namesOf(FORWARDED_FOR_ITSELF));
  });

  test('are asked once, for each is a sequence of calls of its own', () => {
    expect(new Set(ASKED).size).toBe(ASKED.length);
  });
});
