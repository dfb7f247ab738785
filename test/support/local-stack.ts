/** The local AWS with a table, a bus and a state machine beside it, behind one endpoint, as a deployed function finds them. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { LiveEstate } from './live-estate.ts';
import { type LocalTable, openLocalTable } from './local-dynamodb.ts';
import { endServer, listenOnLoopback, OPEN_CONNECTIONS, readBody } from './loopback.ts';
import { type NightlyOptions, startNightlyEstate } from './nightly-estate.ts';

export interface LocalStack {
  readonly estate: LiveEstate;
  /** Inputs of calls to EventBridge and Step Functions, by operation. */
  readonly taken: readonly { readonly operation: string; readonly input: unknown }[];
  /** What a function finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

const ANSWERS: ReadonlyMap<string, object> = new Map([
  ['AWSEvents.PutEvents', { FailedEntryCount: 0, Entries: [{ EventId: 'example' }] }],
  [
    'AWSStepFunctions.StartExecution',
    { executionArn: 'arn:aws:states:eu-central-1:111122223333:execution:a:b', startDate: 0 },
  ],
]);

/** Everything ends with the test. */
export async function startLocalStack(options: NightlyOptions = {}): Promise<LocalStack> {
  const estate = await startNightlyEstate(options);
  const table = await openLocalTable();
  await rememberAudited(table);
  const tableUrl = await endpointOf(table.access.configOf('eu-central-1').endpoint);
  const taken: { operation: string; input: unknown }[] = [];
  const server = createServer(OPEN_CONNECTIONS, (message, response) => {
    const target = String(message.headers['x-amz-target'] ?? '');
    const answer = ANSWERS.get(target);
    if (answer === undefined) forward(message, response, target.startsWith('DynamoDB_') ? tableUrl : estate.aws.url);
    else {
      readBody(message).then((text) => {
        taken.push({ operation: target, input: JSON.parse(text) });
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
      });
    }
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  onTestFinished(async () => {
    await endServer(server);
    await table.close();
  });
  const environment = {
    AWS_ENDPOINT_URL: url,
    KEYHOLDER_TABLE: table.table,
    KEYHOLDER_STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:111122223333:stateMachine:keyholder-prod-audit-estate',
    KEYHOLDER_BUS_ARN: 'arn:aws:events:eu-central-1:111122223333:event-bus/keyholder-prod',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return { estate, taken, environment };
}

const AUDITED = [
  { account: '111122223333', region: 'eu-central-1', name: 'payments' },
  { account: '444455556666', region: 'us-east-1', name: 'orders' },
];

/** What an audit of an earlier night leaves of each cluster: where to ask between two audits. */
async function rememberAudited({ access, table }: LocalTable): Promise<void> {
  const store = openFindingsTable(access, table);
  for (const { account, region, name } of AUDITED) {
    const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`;
    const body = wrapRemembered('cluster', { arn, account, region, name, at: '2026-11-20T03:00:00Z' });
    await store.put({ partition: 'estate', key: `cluster#${arn}`, version: 1, body, expiresAt: null });
  }
}

async function endpointOf(endpoint: string | undefined): Promise<string> {
  if (endpoint === undefined) throw new Error('expected the local table at an endpoint, got none');
  return endpoint;
}

function forward(message: IncomingMessage, response: ServerResponse, url: string): void {
  const { method, headers, url: path = '/' } = message;
  const passed = request(`${url}${path}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  message.pipe(passed);
}
