import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMachineRefresh } from '../../shared/aws/machine-refresh.ts';
import { createTestAccess } from '../support/aws-answers.ts';
import { endServer, listenOnLoopback, readBody } from '../support/loopback.ts';

const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:keyholder';
const CLUSTER = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-21T08:00:00Z');

interface Execution {
  readonly name: string;
  readonly input: string;
  /** When the first state that reads anything begins. */
  readonly readsAt: number;
}

/** Step Functions as it starts executions: a name is taken for ever, but for a call that is repeated word for word. */
async function openMachine(failure: string | null = null) {
  const executions = new Map<string, Execution>();
  const clock = { nowMs: START };
  const server = createServer((request, response) => {
    readBody(request).then((body) => {
      const { name, input } = JSON.parse(body);
      const known = executions.get(name);
      const error = failure ?? (known === undefined || known.input === input ? null : 'ExecutionAlreadyExists');
      response.writeHead(error === null ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      if (error !== null) return response.end(JSON.stringify({ __type: error, message: error }));
      const { startAt } = JSON.parse(input);
      const readsAt = startAt === undefined ? clock.nowMs : Date.parse(startAt);
      if (known === undefined) executions.set(name, { name, input, readsAt });
      return response.end(JSON.stringify({ executionArn: `${MACHINE}:${name}`, startDate: clock.nowMs / 1000 }));
    });
  });
  const access = createTestAccess(`http://127.0.0.1:${await listenOnLoopback(server)}`, 1);
  const refresh = openMachineRefresh(access, MACHINE, { now: () => new Date(clock.nowMs).toISOString() });
  return {
    close: () => endServer(server),
    executions,
    askAt: async (minutes: number, cluster = CLUSTER) => {
      clock.nowMs = START + minutes * MINUTE_MS;
      await refresh.request(cluster, 'the mode switched');
    },
  };
}

async function openOne(failure: string | null = null) {
  const machine = await openMachine(failure);
  onTestFinished(machine.close);
  return machine;
}

const readTimes = ({ executions }: Awaited<ReturnType<typeof openMachine>>) =>
  [...executions.values()].map(({ readsAt }) => (readsAt - START) / MINUTE_MS);

describe('openMachineRefresh', () => {
  test('has a cluster read at once, and says why', async () => {
    const machine = await openOne();
    await machine.askAt(3);

    expect([...machine.executions.values()].map(({ input }) => JSON.parse(input))).toEqual([
      { clusters: [CLUSTER], reason: 'the mode switched', askedAt: '2026-11-21T08:03:00.000Z' },
    ]);
    expect(readTimes(machine)).toEqual([3]);
  });

  test('has it read once more after a change that came while it was being read', async () => {
    const machine = await openOne();
    for (const minutes of [3, 3, 4, 9]) await machine.askAt(minutes);

    expect(readTimes(machine)).toEqual([3, 10]);
  });

  test('goes on with the next ten minutes where those have been read as well', async () => {
    const machine = await openOne();
    for (const minutes of [3, 4, 12, 13]) await machine.askAt(minutes);

    expect(readTimes(machine)).toEqual([3, 10, 20]);
  });

  test('reads each cluster for itself', async () => {
    const machine = await openOne();
    await machine.askAt(3);
    await machine.askAt(3, `${CLUSTER}-2`);

    expect(readTimes(machine)).toEqual([3, 3]);
  });

  test('reads after every change, and at most once in ten minutes, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 240 }), { minLength: 1, maxLength: 40 }),
        async (quarters) => {
          const machine = await openMachine();
          const asked = quarters.map((quarter) => quarter / 4).sort((a, b) => a - b);
          for (const minutes of asked) await machine.askAt(minutes);
          const read = readTimes(machine);
          machine.close();

          for (const minutes of asked) {
            const next = Math.min(...read.filter((at) => at >= minutes));
            expect(next - minutes, JSON.stringify(asked)).toBeLessThanOrEqual(10);
          }
          const slots = read.map((at) => Math.floor(at / 10));
          expect(new Set(slots).size).toBe(slots.length);
        },
      ),
      { seed: 8, numRuns: 40 },
    );
  });

  test('says what would not be started', async () => {
    const machine = await openOne('StateMachineDoesNotExist');

    await expect(machine.askAt(3)).rejects.toMatchObject({ code: 'write-failed' });
  });
});
