/** Who is assigned which permission set in an account, and who stands behind each group, into identity-center.json. */
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import {
  type AccountAssignment,
  DescribePermissionSetCommand,
  type InstanceMetadata,
  ListAccountAssignmentsCommand,
  ListInstancesCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  type PermissionSet,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { mapBounded } from '../bounded.ts';
import type { LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws, type Listed, listPages } from './call.ts';
import { renderJoined } from './cli-json.ts';
import type { Asked, Failure } from './failure.ts';
import { listGroupsWithMembers, listUsers } from './identity-store.ts';
import { openNotes, type ReadNotes } from './live-read.ts';

const CALLS_AT_ONCE = 4;

/** Asked in the region of `access`: Identity Center lives in one region, and answers for nobody elsewhere. */
export async function readIdentityCenter(access: AwsAccess, account: string, task: LiveTask): Promise<LiveRead> {
  const notes = openNotes({ account, region: null, cluster: null });
  const center = { client: createClient(access, SSOAdminClient, access.region), account, signal: task.signal };
  const instances = await listInstances(center);
  const [instance] = instances.items ?? [];
  if (instance === undefined) coverNoInstance(notes, instances, access.region);
  else await readInstance(access, { ...center, instance }, { notes, task });
  return notes.toLiveRead();
}

interface Center {
  readonly client: SSOAdminClient;
  readonly account: string;
  readonly signal: AbortSignal;
}

type OpenCenter = Center & { readonly instance: InstanceMetadata };

function coverNoInstance(notes: ReadNotes, { failure }: Listed<InstanceMetadata>, region: string): void {
  const source = 'identity-center';
  if (failure !== null) {
    notes.addMissed({ source, inPart: false, failures: [failure] });
    return;
  }
  const reason = `sso:ListInstances in ${region}: no instance of Identity Center; it may be in another region, or another account answers for it`;
  notes.addRow({ source, status: 'unavailable', window: null, reason });
}

async function readInstance(
  access: AwsAccess,
  center: OpenCenter,
  { notes, task }: { readonly notes: ReadNotes; readonly task: LiveTask },
): Promise<void> {
  const failures: Failure[] = [];
  const keep = <T>({ items, failure }: Listed<T>): readonly T[] => {
    if (failure !== null) failures.push(failure);
    return items ?? [];
  };
  const sets = await listPermissionSetArns(center);
  const permissionSets = await mapBounded(keep(sets), CALLS_AT_ONCE, (arn) =>
    describePermissionSet(center, arn, failures),
  );
  const assigned = await mapBounded(sets.items ?? [], CALLS_AT_ONCE, (arn) => listAssignments(center, arn));
  const accountAssignments = assigned.flatMap(keep);
  const store = { client: createClient(access, IdentitystoreClient, access.region), signal: task.signal };
  const IdentityStoreId = center.instance.IdentityStoreId ?? '';
  const groupIds = new Set(accountAssignments.flatMap(groupIdOf));
  const needsNames = accountAssignments.length > 0;
  const users = needsNames ? keep(await listUsers(store, IdentityStoreId)) : [];
  const groups = groupIds.size > 0 ? await listGroupsWithMembers(store, { IdentityStoreId, groupIds, failures }) : [];
  if (sets.items !== null) {
    const document = { permissionSets: permissionSets.flat(), accountAssignments, users, groups };
    await task.sink.write(`${center.account}/identity-center.json`, renderJoined(document));
  }
  notes.addMissed({ source: 'identity-center', inPart: sets.items !== null, failures });
}

function groupIdOf({ PrincipalType, PrincipalId }: AccountAssignment): readonly string[] {
  return PrincipalType === 'GROUP' && PrincipalId !== undefined ? [PrincipalId] : [];
}

function askOf({ account }: Center, operation: string): Asked {
  return { action: `sso:${operation}`, resource: '*', on: `account ${account}` };
}

function listInstances(center: Center): Promise<Listed<InstanceMetadata>> {
  const { client, signal } = center;
  return listPages(
    {
      asked: askOf(center, 'ListInstances'),
      ask: (NextToken) => client.send(new ListInstancesCommand({ NextToken }), { abortSignal: signal }),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.Instances,
  );
}

/** Of this account alone: an organisation has many sets that it does not use. */
function listPermissionSetArns(center: OpenCenter): Promise<Listed<string>> {
  const { client, account: AccountId, signal, instance } = center;
  const { InstanceArn } = instance;
  return listPages(
    {
      asked: askOf(center, 'ListPermissionSetsProvisionedToAccount'),
      ask: (NextToken) =>
        client.send(new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId, NextToken }), {
          abortSignal: signal,
        }),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.PermissionSets,
  );
}

async function describePermissionSet(
  center: OpenCenter,
  PermissionSetArn: string,
  failures: Failure[],
): Promise<readonly PermissionSet[]> {
  const { InstanceArn } = center.instance;
  const { value, failure } = await askAws(askOf(center, 'DescribePermissionSet'), () =>
    center.client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }), {
      abortSignal: center.signal,
    }),
  );
  if (failure !== null) failures.push(failure);
  return value?.PermissionSet === undefined ? [] : [value.PermissionSet];
}

function listAssignments(center: OpenCenter, PermissionSetArn: string): Promise<Listed<AccountAssignment>> {
  const { client, account: AccountId, signal, instance } = center;
  const { InstanceArn } = instance;
  return listPages(
    {
      asked: askOf(center, 'ListAccountAssignments'),
      ask: (NextToken) =>
        client.send(new ListAccountAssignmentsCommand({ InstanceArn, AccountId, PermissionSetArn, NextToken }), {
          abortSignal: signal,
        }),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.AccountAssignments,
  );
}
