/** Organizations over organization.json. */
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, isFields, listOf } from './fields.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

export const ORGANIZATIONS: Handlers = {
  ListAccounts: (call) => {
    const accounts = listOf(documentOf(call).Accounts).filter(isFields);
    const { items, next } = takePage(call, accounts, { token: 'NextToken', max: 'MaxResults' });
    return { Accounts: items, NextToken: next };
  },
  DescribeOrganization: (call) => ({ Organization: fieldsOf(documentOf(call).Organization) }),
};

function documentOf({ estate, account }: Call): Fields {
  const document = estate.accounts.get(account)?.organization;
  if (document === undefined)
    throw new AwsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  return document;
}
