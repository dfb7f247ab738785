/** IAM over what `aws iam get-account-authorization-details` printed. */
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf, textsOf } from './fields.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

/** Lists of the answer, with the filters that ask for them. */
const LISTS: readonly (readonly [list: string, filters: readonly string[]])[] = [
  ['UserDetailList', ['User']],
  ['GroupDetailList', ['Group']],
  ['RoleDetailList', ['Role']],
  ['Policies', ['LocalManagedPolicy', 'AWSManagedPolicy']],
];

const SHOWN_OF_ROLE = [
  'Path',
  'RoleName',
  'RoleId',
  'Arn',
  'CreateDate',
  'AssumeRolePolicyDocument',
  'PermissionsBoundary',
  'Tags',
  'RoleLastUsed',
] as const;

export const IAM: Handlers = {
  GetAccountAuthorizationDetails: (call) => {
    const wanted = textsOf(call.input, 'Filter');
    const items = LISTS.filter(
      ([, filters]) => wanted.length === 0 || filters.some((filter) => wanted.includes(filter)),
    ).flatMap(([list]) => detailsOf(call, list).map((item) => ({ list, item: encodeDocuments(item) })));
    const page = takePage(call, items, { token: 'Marker', max: 'MaxItems' });
    const lists = LISTS.map(
      ([list]) => [list, page.items.filter((of) => of.list === list).map(({ item }) => item)] as const,
    );
    return { ...Object.fromEntries(lists), IsTruncated: page.next !== undefined, Marker: page.next };
  },
  GetRole: (call) => {
    const { RoleName: name } = call.input;
    const found = detailsOf(call, 'RoleDetailList').find((role) => role.RoleName === name);
    if (found === undefined) throw noSuchEntity('role', textOf(call.input, 'RoleName'));
    const Role = Object.fromEntries(SHOWN_OF_ROLE.map((field) => [field, found[field]]));
    return { Role: encodeDocuments(Role) };
  },
  GetUser: (call) => {
    const name = call.input.UserName ?? call.identity.arn.split('/').at(-1);
    const found = detailsOf(call, 'UserDetailList').find((user) => user.UserName === name);
    if (found === undefined) throw noSuchEntity('user', String(name));
    const { Path, UserName, UserId, Arn, CreateDate, PermissionsBoundary, Tags } = found;
    return { User: { Path, UserName, UserId, Arn, CreateDate, PermissionsBoundary, Tags } };
  },
};

function noSuchEntity(kind: string, name: string): AwsError {
  return new AwsError('NoSuchEntityException', `The ${kind} with name ${name} cannot be found.`);
}

function detailsOf({ estate, account }: Call, list: string): readonly Fields[] {
  return listOf(estate.accounts.get(account)?.iam?.[list]).filter(isFields);
}

const DOCUMENTS = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']);

/** The API sends policies as URL-encoded text; the command line shows them as objects. */
function encodeDocuments(item: Fields): Fields {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, encodeMember(name, value)]));
}

function encodeMember(name: string, value: unknown): unknown {
  if (DOCUMENTS.has(name) && isFields(value)) return encodeURIComponent(JSON.stringify(value));
  if (Array.isArray(value)) return value.map((item) => (isFields(item) ? encodeDocuments(fieldsOf(item)) : item));
  return value;
}
