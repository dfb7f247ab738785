/** The directory of Identity Center: its users, and the groups asked for with their members. */
import {
  type Group,
  type GroupMembership,
  type IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
  type User,
} from '@aws-sdk/client-identitystore';
import { mapBounded } from '../bounded.ts';
import { type Listed, listPages } from './call.ts';
import type { Asked, Failure } from './failure.ts';

const CALLS_AT_ONCE = 4;

export interface Store {
  readonly client: IdentitystoreClient;
  readonly signal: AbortSignal;
}

/** As identity-center.json holds it. */
export interface GroupWithMembers extends Pick<Group, 'DisplayName'> {
  readonly GroupId: string;
  /** User ids; absent where they could not be read. */
  readonly members?: readonly string[] | undefined;
}

/** What tells a person; the directory may hold telephones and addresses, which nobody asked for. */
export type NamedUser = Pick<User, 'UserId' | 'UserName' | 'DisplayName' | 'Emails'>;

export function listUsers({ client, signal }: Store, IdentityStoreId: string): Promise<Listed<NamedUser>> {
  return listPages(
    {
      asked: askOf('ListUsers'),
      ask: (NextToken) => client.send(new ListUsersCommand({ IdentityStoreId, NextToken }), { abortSignal: signal }),
      tokenOf: (page) => page.NextToken,
    },
    ({ Users }) =>
      Users?.map(({ UserId, UserName, DisplayName, Emails }) => ({ UserId, UserName, DisplayName, Emails })),
  );
}

export interface WantedGroups {
  readonly IdentityStoreId: string;
  readonly groupIds: ReadonlySet<string>;
  /** Takes what could not be read. */
  readonly failures: Failure[];
}

export async function listGroupsWithMembers(
  store: Store,
  { IdentityStoreId, groupIds, failures }: WantedGroups,
): Promise<readonly GroupWithMembers[]> {
  const { client, signal } = store;
  const listed = await listPages(
    {
      asked: askOf('ListGroups'),
      ask: (NextToken) => client.send(new ListGroupsCommand({ IdentityStoreId, NextToken }), { abortSignal: signal }),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.Groups,
  );
  if (listed.failure !== null) failures.push(listed.failure);
  return mapBounded([...groupIds], CALLS_AT_ONCE, async (GroupId) => {
    const { items, failure } = await listMemberships(store, IdentityStoreId, GroupId);
    if (failure !== null) failures.push(failure);
    const DisplayName = listed.items?.find((group) => group.GroupId === GroupId)?.DisplayName;
    // Members that break off would pass for all of them.
    const members = failure === null ? items?.flatMap(({ MemberId }) => MemberId?.UserId ?? []) : undefined;
    return { GroupId, DisplayName, members };
  });
}

function listMemberships(
  { client, signal }: Store,
  IdentityStoreId: string,
  GroupId: string,
): Promise<Listed<GroupMembership>> {
  return listPages(
    {
      asked: askOf('ListGroupMemberships'),
      ask: (NextToken) =>
        client.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId, NextToken }), { abortSignal: signal }),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.GroupMemberships,
  );
}

function askOf(operation: string): Asked {
  return { action: `identitystore:${operation}`, resource: '*', on: 'the directory of Identity Center' };
}
