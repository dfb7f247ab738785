/** Evidence of a cluster and a call to the EKS API into the evidence as the call left it. */
import type { AccessEntry, AccessScope, AssociatedPolicy, Cluster } from '../model/eks.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { arnKey, parsePrincipal, principalKey } from '../rules/arn.ts';
import { defaultUsername } from '../rules/entry-usernames.ts';
import { parseAccessScope } from './access-entries.ts';
import type { Applied } from './apply-record.ts';
import { beginLife, withoutAccess } from './cluster-life.ts';
import { parseAuthenticationMode, parseClusterEndpoint, parseLogTypes } from './describe-cluster.ts';
import { fieldIn, textIn, textMapIn, textsIn } from './json-fields.ts';

/** The call succeeded. What it does to anything but entries and the cluster itself is not applied, and said. */
export function applyEksCall(evidence: ClusterEvidence, call: CloudTrailEvent): Applied {
  if (isUnsaid(call)) return { evidence, unknown: [`what ${call.eventName} was about`] };
  switch (call.eventName) {
    case 'CreateAccessEntry':
    case 'UpdateAccessEntry':
      return known(withEntry(evidence, call, (entry) => writeEntry(entry, call)));
    case 'AssociateAccessPolicy':
      return known(withEntry(evidence, call, (entry) => addPolicy(entry, call)));
    case 'DisassociateAccessPolicy':
      return known(withEntry(evidence, call, (entry) => removePolicy(entry, call)));
    case 'DeleteAccessEntry':
      return known(withoutEntry(evidence, call));
    case 'UpdateClusterConfig':
      return applyConfig(evidence, call);
    case 'CreateCluster':
      return { evidence: beginLife(evidence, call), unknown: [call.eventName] };
    case 'DeleteCluster':
      return known(withoutAccess(evidence));
    default:
      return { evidence, unknown: CHANGES_MORE.has(call.eventName) ? [call.eventName] : [] };
  }
}

/** Calls that give access, or take it away, in what an event does not show in whole. */
const CHANGES_MORE: ReadonlySet<string> = new Set([
  'AssociateIdentityProviderConfig',
  'CreateCapability',
  'CreateFargateProfile',
  'CreateNodegroup',
  'CreatePodIdentityAssociation',
  'DeleteCapability',
  'DeletePodIdentityAssociation',
  'DisassociateIdentityProviderConfig',
  'UpdateCapability',
  'UpdateClusterVersion',
  'UpdatePodIdentityAssociation',
]);

/** A change of an entry whose record names no principal, or of its policies and names none. */
function isUnsaid({ eventName, principalArn, request, response }: CloudTrailEvent): boolean {
  const isOfPolicy = /^(?:Associate|Disassociate)AccessPolicy$/.test(eventName);
  const isOfEntry = isOfPolicy || /^(?:Create|Update|Delete)AccessEntry$/.test(eventName);
  if (isOfEntry && principalArn === null) return true;
  const answered = fieldIn(response, 'associatedAccessPolicy');
  return isOfPolicy && (textIn(request, 'policyArn') ?? textIn(answered, 'policyArn')) === null;
}

function known(evidence: ClusterEvidence): Applied {
  return { evidence, unknown: [] };
}

/** The entries that are of another principal, and the one that is of this. */
function splitEntries(entries: readonly AccessEntry[], principalArn: string) {
  const key = arnKey(principalArn);
  const own = entries.find(({ principal }) => principalKey(principal) === key);
  const others = entries.filter(({ principal }) => principalKey(principal) !== key);
  return { own, others };
}

/** EKS refuses a call about an entry that is not there: where we have none, we have not seen it being made. */
function withEntry(
  evidence: ClusterEvidence,
  call: CloudTrailEvent,
  change: (entry: AccessEntry) => AccessEntry,
): ClusterEvidence {
  if (call.principalArn === null) return evidence;
  const { own, others } = splitEntries(evidence.accessEntries, call.principalArn);
  const entry = own ?? makeEntry(call, call.principalArn);
  return { ...evidence, accessEntries: [...others, { ...change(entry), modifiedAt: call.at }] };
}

function withoutEntry(evidence: ClusterEvidence, { principalArn }: CloudTrailEvent): ClusterEvidence {
  if (principalArn === null) return evidence;
  return { ...evidence, accessEntries: splitEntries(evidence.accessEntries, principalArn).others };
}

function makeEntry({ at, evidence }: CloudTrailEvent, principalArn: string): AccessEntry {
  const principal = parsePrincipal(principalArn);
  const username = defaultUsername(principal);
  return {
    principal,
    type: 'STANDARD',
    username,
    groups: [],
    policies: [],
    createdAt: at,
    modifiedAt: at,
    tags: {},
    evidence,
  };
}

/** The answer states the entry in whole; a record without it, only what was asked to change. */
function writeEntry(entry: AccessEntry, { request, response, evidence }: CloudTrailEvent): AccessEntry {
  const answered = fieldIn(response, 'accessEntry');
  const stated = { ...request, ...(typeof answered === 'object' ? answered : {}) };
  const hasGroups = fieldIn(stated, 'kubernetesGroups') !== undefined;
  return {
    ...entry,
    type: textIn(stated, 'type') ?? entry.type,
    username: textIn(stated, 'username') ?? entry.username,
    groups: hasGroups ? textsIn(stated, 'kubernetesGroups') : entry.groups,
    tags: { ...entry.tags, ...textMapIn(stated, 'tags') },
    evidence,
  };
}

function addPolicy(entry: AccessEntry, { request, response, at }: CloudTrailEvent): AccessEntry {
  const answered = fieldIn(response, 'associatedAccessPolicy');
  const policyArn = textIn(request, 'policyArn') ?? textIn(answered, 'policyArn');
  if (policyArn === null) return entry;
  const earlier = entry.policies.find((policy) => policy.policyArn === policyArn);
  const policy: AssociatedPolicy = {
    policyArn,
    name: policyArn.slice(policyArn.lastIndexOf('/') + 1),
    scope: readScope(request, answered),
    associatedAt: earlier?.associatedAt ?? at,
    modifiedAt: at,
  };
  return { ...entry, policies: [...entry.policies.filter((other) => other !== earlier), policy] };
}

/** A scope that is not understood counts as the whole cluster. */
function readScope(request: unknown, answered: unknown): AccessScope {
  return (
    parseAccessScope(fieldIn(request, 'accessScope')) ??
    parseAccessScope(fieldIn(answered, 'accessScope')) ?? { type: 'cluster' }
  );
}

function removePolicy(entry: AccessEntry, { request }: CloudTrailEvent): AccessEntry {
  const policyArn = textIn(request, 'policyArn');
  return { ...entry, policies: entry.policies.filter((policy) => policy.policyArn !== policyArn) };
}

/** A switch of the mode makes EKS write entries of its own, for the creator and for nodes, which no event shows. */
function applyConfig(evidence: ClusterEvidence, { request }: CloudTrailEvent): Applied {
  const { cluster } = evidence;
  const access = fieldIn(request, 'accessConfig');
  const mode = parseAuthenticationMode(fieldIn(access, 'authenticationMode')) ?? cluster.authenticationMode;
  const next: Cluster = {
    ...cluster,
    authenticationMode: mode,
    logTypes: changeLogTypes(cluster.logTypes, fieldIn(request, 'logging')),
    endpoint: parseClusterEndpoint(fieldIn(request, 'resourcesVpcConfig'), cluster.endpoint),
  };
  const isSwitch = mode !== cluster.authenticationMode;
  return {
    evidence: { ...evidence, cluster: next },
    unknown: isSwitch ? ['the switch of the authentication mode'] : [],
  };
}

/** The call names the types that it turns on and off; the others stay. */
function changeLogTypes(before: Cluster['logTypes'], logging: unknown): Cluster['logTypes'] {
  const change = parseLogTypes(logging);
  if (change === null) return before;
  const on = new Set([...(before ?? []), ...change.on]);
  return [...on].filter((type) => !change.off.includes(type));
}
