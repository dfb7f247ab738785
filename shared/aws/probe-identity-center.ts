/** Identity Center and its directory into the probes of reading who is assigned what, and who stands behind each group. */
import {
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import {
  DescribePermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListInstancesCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Probe } from '../model/preflight.ts';
import { type AwsAccess, createClient } from './access.ts';
import { probe } from './probe.ts';

/** Asked in the region of `access`, as an audit asks. */
export async function probeIdentityCenter(access: AwsAccess, AccountId: string): Promise<readonly Probe[]> {
  const client = createClient(access, SSOAdminClient, access.region);
  const ask = asker(`region ${access.region}`);
  const instances = await ask('sso:ListInstances', () => client.send(new ListInstancesCommand({})));
  const [instance] = instances.value?.Instances ?? [];
  if (instance === undefined) return [instances.probe];
  const { InstanceArn, IdentityStoreId } = instance;
  const store = createClient(access, IdentitystoreClient, access.region);
  const others = await Promise.all([
    probeAssignments(client, { InstanceArn, AccountId }, ask),
    probeDirectory(store, IdentityStoreId, ask),
  ]);
  return [instances.probe, ...others.flat()];
}

type Ask = <T>(action: string, call: () => Promise<T>) => ReturnType<typeof probe<T>>;

function asker(on: string): Ask {
  return (action, call) => probe({ source: 'identity-center', action, on, call });
}

interface Assigned {
  readonly InstanceArn: string | undefined;
  readonly AccountId: string;
}

/** Of what is listed, here and below, the first is asked for more: where there is none, nobody needs the right. */
async function probeAssignments(client: SSOAdminClient, assigned: Assigned, ask: Ask): Promise<readonly Probe[]> {
  const { InstanceArn } = assigned;
  const sets = await ask('sso:ListPermissionSetsProvisionedToAccount', () =>
    client.send(new ListPermissionSetsProvisionedToAccountCommand(assigned)),
  );
  const [PermissionSetArn] = sets.value?.PermissionSets ?? [];
  if (PermissionSetArn === undefined) return [sets.probe];
  const others = await Promise.all([
    ask('sso:DescribePermissionSet', () =>
      client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn })),
    ),
    ask('sso:ListAccountAssignments', () =>
      client.send(new ListAccountAssignmentsCommand({ ...assigned, PermissionSetArn })),
    ),
  ]);
  return [sets.probe, ...others.map((one) => one.probe)];
}

async function probeDirectory(
  client: IdentitystoreClient,
  IdentityStoreId: string | undefined,
  ask: Ask,
): Promise<readonly Probe[]> {
  const page = { IdentityStoreId, MaxResults: 1 };
  const [users, groups] = await Promise.all([
    ask('identitystore:ListUsers', () => client.send(new ListUsersCommand(page))),
    ask('identitystore:ListGroups', () => client.send(new ListGroupsCommand(page))),
  ]);
  const [GroupId] = groups.value?.Groups?.flatMap((group) => group.GroupId ?? []) ?? [];
  if (GroupId === undefined) return [users.probe, groups.probe];
  const members = await ask('identitystore:ListGroupMemberships', () =>
    client.send(new ListGroupMembershipsCommand({ ...page, GroupId })),
  );
  return [users.probe, groups.probe, members.probe];
}
