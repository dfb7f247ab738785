/** Users, roles, groups and policies of an account, page by page, into iam.json. */
import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { type Answer, askPages } from './call.ts';
import { renderList, renderOutput } from './cli-json.ts';
import type { Failure } from './failure.ts';
import { openNotes } from './live-read.ts';

type Page = GetAccountAuthorizationDetailsResponse;

/** The largest page: an account of 5,000 roles has dozens of them. */
const PAGE_ITEMS = 1000;

export async function readIamAccount(
  access: AwsAccess,
  account: string,
  { sink, signal }: LiveTask,
): Promise<LiveRead> {
  const client = createClient(access, IAMClient, access.region);
  const notes = openNotes({ account, region: null, cluster: null });
  const pages = askPages({
    asked: { action: 'iam:GetAccountAuthorizationDetails', resource: '*', on: `account ${account}` },
    ask: (Marker) =>
      client.send(new GetAccountAuthorizationDetailsCommand({ Marker, MaxItems: PAGE_ITEMS }), { abortSignal: signal }),
    tokenOf: (page) => (page.IsTruncated === true ? page.Marker : undefined),
  });
  const failures: Failure[] = [];
  const first = await takeValue(pages, failures);
  if (first !== null) {
    const file = `${account}/iam.json`;
    if (first.IsTruncated !== true) await sink.write(file, renderOutput(printPage(first)));
    // Pages stand in a list one after the other: none has to be held until the last has come.
    else await sink.write(file, renderList({ head: '[', tail: ']' }, continuePages(first, pages, failures)));
  }
  notes.addMissed({ source: 'iam', inPart: first !== null, failures });
  return notes.toLiveRead();
}

/** A list that changes while it is read may show a principal on two pages. */
async function* continuePages(
  first: Page,
  pages: AsyncGenerator<Answer<Page>>,
  failures: Failure[],
): AsyncGenerator<unknown> {
  const seen = new Set<string>();
  const isNew = ({ Arn }: { Arn?: string | undefined }): boolean => {
    const isKnown = Arn !== undefined && seen.has(Arn);
    seen.add(Arn ?? '');
    return !isKnown;
  };
  for (let page: Page | null = first; page !== null; page = await takeValue(pages, failures)) {
    yield printPage({
      ...page,
      UserDetailList: page.UserDetailList?.filter(isNew),
      GroupDetailList: page.GroupDetailList?.filter(isNew),
      RoleDetailList: page.RoleDetailList?.filter(isNew),
      Policies: page.Policies?.filter(isNew),
    });
  }
}

async function takeValue(pages: AsyncGenerator<Answer<Page>>, failures: Failure[]): Promise<Page | null> {
  const { value: answer } = await pages.next();
  if (answer === undefined) return null;
  if (answer.failure !== null) failures.push(answer.failure);
  return answer.value;
}

/** The marker means something to the next call alone. */
function printPage({ Marker: _, ...page }: Page): unknown {
  const lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  return decodeDocuments({ ...lists, ...page });
}

const DOCUMENTS = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']);

/** IAM sends policies as JSON within URL encoding; the command line prints them as the objects that they are. */
function decodeDocuments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeDocuments);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    DOCUMENTS.has(name) && typeof field === 'string' ? decodeDocument(field) : decodeDocuments(field),
  ]);
  return Object.fromEntries(fields);
}

function decodeDocument(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return text;
  }
}
