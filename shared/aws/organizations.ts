/** The organisation and its accounts, as far as these credentials may see them, into organization.json. */
import { DescribeOrganizationCommand, ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws, listPages } from './call.ts';
import { renderJoined } from './cli-json.ts';
import { openNotes } from './live-read.ts';

/** A member account may describe its organisation; only the management account or a delegate lists the others. */
export async function readOrganization(access: AwsAccess, account: string, task: LiveTask): Promise<LiveRead> {
  const client = createClient(access, OrganizationsClient, access.region);
  const notes = openNotes({ account, region: null, cluster: null });
  const options = { abortSignal: task.signal };
  const on = `the organisation of account ${account}`;
  const described = await askAws({ action: 'organizations:DescribeOrganization', resource: '*', on }, () =>
    client.send(new DescribeOrganizationCommand({}), options),
  );
  if (described.failure?.kind === 'disabled') {
    notes.addMissed({ source: 'organizations', inPart: false, failures: [described.failure] });
    return notes.toLiveRead();
  }
  const listed = await listPages(
    {
      asked: { action: 'organizations:ListAccounts', resource: '*', on },
      ask: (NextToken) => client.send(new ListAccountsCommand({ NextToken }), options),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.Accounts,
  );
  const organization = described.value?.Organization;
  if (organization !== undefined || listed.items !== null) {
    const answer = { Organization: organization, Accounts: listed.items ?? undefined };
    await task.sink.write(`${account}/organization.json`, renderJoined(answer));
  }
  const failures = [described.failure, listed.failure].filter((failure) => failure !== null);
  const inPart = organization !== undefined || listed.items !== null;
  notes.addMissed({ source: 'organizations', inPart, failures });
  return notes.toLiveRead();
}
