/** The life of an Insights query: started, scheduled, running with some of its rows, complete, and read page by page. */
import { AwsError } from './errors.ts';
import type { ServedLogGroup } from './estate-logs.ts';
import type { Fault } from './faults.ts';
import { type Fields, fieldsOf, optionalNumber, optionalText, textOf, textsOf } from './fields.ts';
import { refuse } from './identities.ts';
import { runQuery } from './insights/run-query.ts';
import type { QueryAnswer } from './log-queries.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

type Rows = Extract<QueryAnswer, { readonly kind: 'rows' }>;
type Status = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Timeout' | 'Cancelled';

/** One query as its starter sees it. */
export interface Query {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly queryString: string;
  readonly groups: readonly string[];
  readonly answer: Rows;
  status: Status;
  /** How often its results were asked for while it was open. */
  looks: number;
}

type Groups = (call: Call) => ReadonlyMap<string, ServedLogGroup>;

/** What AWS grants an account in a region, in its older documents. */
const CONCURRENT = 30;
const MAXIMUM_GROUPS = 50;
/** Times beyond this are no seconds. */
const LAST_SECOND = 100_000_000_000;

const ENDS: ReadonlyMap<Fault, Status> = new Map([
  ['query-failed', 'Failed'],
  ['query-timeout', 'Timeout'],
  ['query-cancelled', 'Cancelled'],
]);

export function answerQueries(groups: Groups, queries: Map<string, Query>): Handlers {
  return {
    StartQuery: (call) => {
      const found = selectGroups(groups, call);
      const { account, region } = call;
      const open = [...queries.values()].filter(
        (query) => query.account === account && query.region === region && isOpen(query),
      );
      if (open.length >= CONCURRENT)
        throw new AwsError(
          'LimitExceededException',
          `Account maximum query concurrency limit of [${CONCURRENT}] reached.`,
        );
      const answer = execute(call, found);
      const id = `00000000-0000-4000-8000-${String(queries.size + 1).padStart(12, '0')}`;
      const queryString = textOf(call.input, 'queryString');
      queries.set(id, {
        id,
        account,
        region,
        queryString,
        groups: found.map(({ name }) => name),
        answer,
        status: 'Scheduled',
        looks: 0,
      });
      return { queryId: id };
    },
    GetQueryResults: (call) => showResults(call, findQuery(call, queries)),
    StopQuery: (call) => {
      const query = findQuery(call, queries);
      if (!isOpen(query))
        throw new AwsError(
          'InvalidParameterException',
          `Query with id [${query.id}] has already ended: ${query.status}.`,
        );
      query.status = 'Cancelled';
      return { success: true };
    },
  };
}

function isOpen({ status }: Query): boolean {
  return status === 'Scheduled' || status === 'Running';
}

function findQuery(call: Call, queries: ReadonlyMap<string, Query>): Query {
  const query = queries.get(textOf(call.input, 'queryId'));
  if (query?.account !== call.account || query.region !== call.region)
    throw new AwsError('ResourceNotFoundException', 'Query with the specified id does not exist.');
  return query;
}

function selectGroups(groups: Groups, call: Call): readonly ServedLogGroup[] {
  const given = [
    optionalText(call.input, 'logGroupName') ?? [],
    textsOf(call.input, 'logGroupNames'),
    textsOf(call.input, 'logGroupIdentifiers'),
  ];
  const [asked = [], ...more] = given.map((of) => [of].flat()).filter((of) => of.length > 0);
  if (asked.length === 0 || more.length > 0 || asked.length > MAXIMUM_GROUPS)
    throw new AwsError(
      'InvalidParameterException',
      `Exactly one way to name 1 to ${MAXIMUM_GROUPS} log groups is expected.`,
    );
  const known = groups(call);
  return asked.map((identifier) => {
    const found = known.get(/:log-group:(.+)$/.exec(identifier)?.[1] ?? identifier);
    if (found === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        `Log group '${identifier}' does not exist for account ID '${call.account}'`,
      );
    refuseKey(call, found);
    return found;
  });
}

/** A group under a key of the customer's can be read only by who may use the key. */
function refuseKey({ identity }: Call, { description }: ServedLogGroup): void {
  const key = optionalText(description, 'kmsKeyId');
  const refused =
    key === undefined ? undefined : refuse(identity, { action: 'kms:Decrypt', resource: key }, 'AccessDeniedException');
  if (refused !== undefined) throw refused;
}

function execute(call: Call, groups: readonly ServedLogGroup[]): Rows {
  const startTime = optionalNumber(call.input, 'startTime') ?? 0;
  const endTime = optionalNumber(call.input, 'endTime') ?? 0;
  if (startTime > endTime || endTime > LAST_SECOND)
    throw new AwsError(
      'InvalidParameterException',
      `The time range from ${startTime} to ${endTime} is invalid: expected epoch seconds in order.`,
    );
  if (groups.every(({ description }) => endTime * 1000 < (optionalNumber(description, 'creationTime') ?? 0)))
    throw malformed({
      message:
        "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings",
      startCharOffset: 0,
      endCharOffset: 0,
    });
  const kept = groups.map((group) => ({
    ...group,
    lines: group.lines.filter(({ timestamp }) => timestamp >= oldestOf(group, call.now)),
  }));
  const queryString = textOf(call.input, 'queryString');
  const answer = runQuery({
    queryString,
    startTime,
    endTime,
    limit: optionalNumber(call.input, 'limit'),
    groups: kept,
  });
  if (answer.kind === 'malformed') throw malformed(answer);
  return answer;
}

function oldestOf({ description }: ServedLogGroup, now: number): number {
  const days = optionalNumber(description, 'retentionInDays');
  return days === undefined ? 0 : now - days * 86_400_000;
}

interface Malformed {
  readonly message: string;
  readonly startCharOffset: number;
  readonly endCharOffset: number;
}

function malformed({ message, startCharOffset, endCharOffset }: Malformed): AwsError {
  const queryCompileError = { location: { startCharOffset, endCharOffset }, message };
  return new AwsError('MalformedQueryException', message, { details: { queryCompileError } });
}

/** Each look shows the next: scheduled, running with the first half of its rows, complete. Once shown, an end stays. */
function showResults(call: Call, query: Query): Fields {
  if (isOpen(query)) {
    const end = call.fault === undefined ? undefined : ENDS.get(call.fault);
    query.status = end ?? STAGES[query.looks] ?? 'Complete';
    query.looks += 1;
  }
  const { status } = query;
  const { rows, statistics } = query.answer;
  const base = { queryLanguage: 'CWLI', status, statistics: { ...statistics, resultCount: rows.length } };
  if (status === 'Running') return { ...base, results: rows.slice(0, rows.length >> 1) };
  if (status !== 'Complete') return { queryLanguage: 'CWLI', status, statistics: fieldsOf(NO_STATISTICS), results: [] };
  const { items, next } = takePage(call, rows, { token: 'nextToken', max: 'maxItems' });
  return { ...base, results: items, nextToken: next };
}

const STAGES: readonly Status[] = ['Scheduled', 'Running'];
const NO_STATISTICS = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };
