import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EVENT_FILES, FUNCTION_NAMES, findFunction, NIGHT, readEvent } from './support/function-events.ts';
import { type LocalStack, startLocalStack } from './support/local-stack.ts';

const CONTEXT = { getRemainingTimeInMillis: () => 900_000 };
/** The states of a night, in turn, over accounts that are really read. */
const SLOW_MS = 60_000;

/** What each file's answer shows of what the function did with it. */
const SHOWS: Readonly<Record<string, object>> = {
  'alert-on-api-call.json': {
    clusters: ['arn:aws:eks:eu-central-1:111122223333:cluster/payments'],
    findings: [
      {
        detection: 'admin-policy-at-cluster-scope',
        subject: 'iam:arn:aws:iam::111122223333:role/contractor',
        actor: 'arn:aws:iam::111122223333:role/deployer',
      },
    ],
  },
  'alert-on-api-call-canary.json': { path: 'canary', isKept: true },
  'alert-on-api-call-dead-letters.json': { path: 'dead-letters', isKept: true },
  'alert-on-api-call-test.json': { path: 'test', isKept: true },
  'alert-on-log-batch-canary.json': { forwarded: 1 },
  'alert-on-log-batch-control.json': { forwarded: 0 },
  'alert-on-log-batch-test.json': { forwarded: 1 },
  'alert-on-log-batch.json': { forwarded: 1 },
  'audit-cluster-given-up.json': { audit: 'runs/example/clusters/111122223333/eu-central-1/archive.json' },
  'audit-cluster.json': { audit: 'runs/example/clusters/111122223333/eu-central-1/payments.json' },
  'collect-region.json': { isDone: true },
  'plan-audit.json': { clusters: 4, run: 'example' },
  'publish-changes-test.json': { sent: { people: 1 }, batchItemFailures: [] },
  'publish-changes.json': { sent: { people: 1 }, batchItemFailures: [] },
  'publish-report.json': { clusters: 4 },
  'query-new-logins.json': {
    coverage: [
      { source: 'authenticator-log', cluster: 'payments', status: 'complete' },
      { source: 'authenticator-log', cluster: 'orders', status: 'unavailable' },
    ],
    unasked: [],
    oldestSeconds: 0,
    failures: [],
  },
  'recover-access.json': { text: expect.stringContaining('Way 1: ') },
};

/** What it asked of EventBridge and Step Functions: nobody has a snapshot, so the cluster is to be read again. */
const ASKS: Readonly<Record<string, readonly object[]>> = {
  'alert-on-api-call.json': [
    {
      operation: 'AWSStepFunctions.StartExecution',
      input: { stateMachineArn: expect.stringContaining('audit-estate'), input: expect.stringContaining('payments') },
    },
  ],
  'alert-on-log-batch-canary.json': [
    { operation: 'AWSEvents.PutEvents', input: { Entries: [{ Source: 'keyholder.test' }] } },
  ],
  'alert-on-log-batch-test.json': [
    { operation: 'AWSEvents.PutEvents', input: { Entries: [{ Source: 'keyholder.test' }] } },
  ],
  'alert-on-log-batch.json': [
    { operation: 'AWSEvents.PutEvents', input: { Entries: [{ EventBusName: expect.stringContaining('event-bus/') }] } },
  ],
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** Calls keep to the rates of AWS by waiting, which nobody here needs to. */
beforeEach(async () => {
  const { SYSTEM_TIMER } = await import('../shared/aws/pace.ts');
  vi.spyOn(SYSTEM_TIMER, 'sleep').mockResolvedValue();
});

const invoked = new Set<string | undefined>();

async function invoke(file: string): Promise<unknown> {
  // A function keeps its connections, and each test has a stack of its own.
  if (invoked.has(findFunction(file)) && !NIGHT.includes(file)) vi.resetModules();
  invoked.add(findFunction(file));
  const { handler } = await import(`../functions/${findFunction(file)}.ts`);
  const answer: unknown = JSON.parse(JSON.stringify(await handler(readEvent(file), CONTEXT)));
  return answer;
}

function objectsOf({ estate }: LocalStack): readonly string[] {
  return [...(estate.aws.buckets.get('keyholder-reports')?.keys() ?? [])];
}

describe('events', () => {
  test('every function has one, and every one has a function', () => {
    const invoked = EVENT_FILES.map(findFunction);

    expect(EVENT_FILES.filter((file) => findFunction(file) === undefined)).toEqual([]);
    expect(FUNCTION_NAMES.filter((name) => !invoked.includes(name))).toEqual([]);
    expect(Object.keys(SHOWS).sort()).toEqual([...EVENT_FILES].sort());
  });

  test(
    'those of a night go from the plan to the report',
    async () => {
      const stack = await startLocalStack();

      for (const file of NIGHT)
        expect({ file, answer: await invoke(file) }).toMatchObject({ file, answer: SHOWS[file] });

      expect(objectsOf(stack)).toContain('reports/example/report.json');
      expect(stack.estate.aws.published).toHaveLength(1);
      // No canary was ever heard of the sample accounts: the digest names each of their regions.
      expect(stack.estate.aws.published[0]?.message).toMatch(
        /no alert would come, from:\n(?:- .+\n)*- .+: 111122223333 eu-central-1\n(?:- .+\n)*- .+: 444455556666 us-east-1\n/,
      );
      expect(stack.estate.aws.problems).toEqual([]);
    },
    SLOW_MS,
  );

  test.each(EVENT_FILES.filter((file) => !NIGHT.includes(file)))(
    '%s moves its function',
    async (file) => {
      const { taken } = await startLocalStack();

      expect(await invoke(file)).toMatchObject(SHOWS[file] ?? { nothing: true });
      expect(taken).toMatchObject(ASKS[file] ?? []);
    },
    SLOW_MS,
  );
});
