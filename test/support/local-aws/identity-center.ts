/** IAM Identity Center and its directory over identity-center.json, whose members may begin in either case. */
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, isFields, listOf, optionalText, textOf } from './fields.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

const PAGES = { token: 'NextToken', max: 'MaxResults' };
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const STORE = 'd-1234567890';

export const SSO_ADMIN: Handlers = {
  ListInstances: (call) => {
    const instance = { InstanceArn: INSTANCE, IdentityStoreId: STORE, OwnerAccountId: call.account, Status: 'ACTIVE' };
    return { Instances: hasDirectory(call) ? [instance] : [] };
  },
  ListPermissionSets: (call) => {
    const { items, next } = takePage(
      call,
      readList(call, 'permissionSets').map((set) => set.PermissionSetArn),
      PAGES,
    );
    return { PermissionSets: items, NextToken: next };
  },
  ListPermissionSetsProvisionedToAccount: (call) => {
    const held = readList(call, 'accountAssignments').filter((row) => row.AccountId === call.input.AccountId);
    const { items, next } = takePage(call, [...new Set(held.map((row) => row.PermissionSetArn))], PAGES);
    return { PermissionSets: items, NextToken: next };
  },
  DescribePermissionSet: (call) => {
    const found = findSet(call);
    return {
      PermissionSet: pick(found, [
        'Name',
        'PermissionSetArn',
        'Description',
        'CreatedDate',
        'SessionDuration',
        'RelayState',
      ]),
    };
  },
  ListAccountsForProvisionedPermissionSet: (call) => {
    const ids = readList(call, 'accountAssignments').filter(
      ({ PermissionSetArn: arn }) => arn === call.input.PermissionSetArn,
    );
    const { items, next } = takePage(call, [...new Set(ids.map(({ AccountId }) => AccountId))], PAGES);
    return { AccountIds: items, NextToken: next };
  },
  ListAccountAssignments: (call) => {
    const { AccountId: account, PermissionSetArn: set } = call.input;
    const held = readList(call, 'accountAssignments').filter(
      (row) => row.AccountId === account && row.PermissionSetArn === set,
    );
    const { items, next } = takePage(call, held, PAGES);
    return { AccountAssignments: items, NextToken: next };
  },
  GetInlinePolicyForPermissionSet: (call) => ({ InlinePolicy: optionalText(findSet(call), 'InlinePolicy') ?? '' }),
  ListManagedPoliciesInPermissionSet: (call) => {
    const { items, next } = takePage(call, listOf(findSet(call).ManagedPolicies), PAGES);
    return { AttachedManagedPolicies: items, NextToken: next };
  },
};

export const IDENTITYSTORE: Handlers = {
  ListUsers: (call) => {
    const { items, next } = takePage(call, readList(call, 'users').map(withStore), PAGES);
    return { Users: items, NextToken: next };
  },
  ListGroups: (call) => {
    const { items, next } = takePage(call, readList(call, 'groups').map(showGroup), PAGES);
    return { Groups: items, NextToken: next };
  },
  ListGroupMemberships: (call) => {
    const GroupId = textOf(call.input, 'GroupId');
    const members = listOf(findIn(call, 'groups', 'GroupId').Members).map((member) => ({
      IdentityStoreId: STORE,
      GroupId,
      MemberId: { UserId: typeof member === 'string' ? member : fieldsOf(fieldsOf(member).MemberId).UserId },
    }));
    const { items, next } = takePage(call, members, PAGES);
    return { GroupMemberships: items, NextToken: next };
  },
  DescribeUser: (call) => withStore(findIn(call, 'users', 'UserId')),
  DescribeGroup: (call) => showGroup(findIn(call, 'groups', 'GroupId')),
};

function withStore(item: Fields): Fields {
  return { ...item, IdentityStoreId: STORE };
}

function showGroup({ Members: _, ...group }: Fields): Fields {
  return withStore(group);
}

/** The directory is one for the organisation, whichever account's folder holds it. */
function hasDirectory({ estate, account }: Call): boolean {
  return estate.accounts.get(account)?.identityCenter !== undefined;
}

function readList({ estate, account }: Call, list: string): readonly Fields[] {
  const document = estate.accounts.get(account)?.identityCenter;
  return listOf(fieldsOf(capitalised(document))[capital(list)])
    .filter(isFields)
    .map(capitalised);
}

function capitalised(item: Fields | undefined): Fields {
  return Object.fromEntries(Object.entries(item ?? {}).map(([name, value]) => [capital(name), value]));
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function pick(item: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

function findSet(call: Call): Fields {
  return findIn(call, 'permissionSets', 'PermissionSetArn');
}

function findIn(call: Call, list: string, member: string): Fields {
  const wanted = textOf(call.input, member);
  const found = readList(call, list).find((item) => item[member] === wanted);
  if (found === undefined) throw new AwsError('ResourceNotFoundException', `${member} ${wanted} was not found.`);
  return found;
}
