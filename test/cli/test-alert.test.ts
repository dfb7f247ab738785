import { describe, expect, test } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import type { World } from '../../cli/world.ts';
import { KeyholderError } from '../../shared/errors.ts';
import type { OpenEventSender } from '../../shared/live-ports.ts';
import { createAlertWay } from '../support/alert-way.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { recordWorld } from '../support/world.ts';

const CALLER = { arn: 'arn:aws:iam::444455556666:user/tester', account: '444455556666', userId: 'AIDAEXAMPLE' };
const ROLE = 'arn:aws:iam::444455556666:role/emergency';
const ASKED = ['--table', 'keyholder', '--table-region', 'eu-central-1', '--region', 'eu-west-1'];

interface Given {
  readonly off?: readonly string[];
  readonly roles?: readonly string[];
  readonly isDenied?: boolean;
}

async function run(args: readonly string[], { off = [], roles = [ROLE], isDenied = false }: Given = {}) {
  const way = createAlertWay(off, { roles });
  const opened: Parameters<OpenEventSender>[0][] = [];
  const recorded = recordWorld();
  let ms = Date.parse('2026-11-21T08:04:00Z');
  const world: World = {
    ...recorded,
    clock: { now: () => new Date(ms).toISOString() },
    wait: async (by) => {
      ms += by;
      await way.publish();
    },
    openTable: () => way.ports.store,
    openEventSender: (access) => {
      opened.push(access);
      return {
        identify: async () => CALLER,
        openBus: ({ account }, region) => ({ put: (events) => way.put({ account, region }, events) }),
        listRules: isDenied
          ? () => Promise.reject(new KeyholderError('read-failed', 'events:ListRules on region eu-west-1: denied'))
          : way.listRules,
      };
    },
  };
  const exitCode = await runKeyholder(['test-alert', ...args], world);
  return { exitCode, out: recorded.out(), err: recorded.err(), opened, told: way.ports.told };
}

describe('keyholder test-alert', () => {
  test('ends with 0 when every hop answered', async () => {
    const { exitCode, out, err } = await run(ASKED);

    expect([exitCode, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toBe('Alerts arrive: every hop of 444455556666 eu-west-1 answered.');
  });

  test('claims nothing of a rule that is not deployed', async () => {
    const { exitCode, out } = await run(ASKED, { roles: [] });

    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toBe('Alerts arrive: every hop of 444455556666 eu-west-1 that is deployed answered.');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'rule-sts Not deployed here: the stack there names no BreakGlassRoleArns',
    );
  });

  test('ends with 1 when one did not, and says which was the last and where to look', async () => {
    const { exitCode, out } = await run([...ASKED, '--timeout', '30s'], { off: ['EksCalls'] });

    expect(exitCode).toBe(1);
    expect(out.split('\n')[0]).toBe('Alerts do not arrive from 444455556666 eu-west-1.');
    expect(out.replace(/\s+/g, ' ')).toContain('these rules sent nothing, while others did: EksCalls');
    expect(out).toContain('docs/runbook.md: canaries-missing, member-dead-letters.');
  });

  test('ends with 1 where it was not let ask what is deployed, and says what to allow', async () => {
    const { exitCode, out } = await run([...ASKED, '--timeout', '30s'], { roles: [], isDenied: true });

    expect(exitCode).toBe(1);
    expect(out).toMatch(/UNKNOWN\W+rule-sts\s+Whether it is deployed there could not be asked: events:ListRules/);
    expect(out.replace(/\s+/g, ' ')).toContain('nothing came by one: allow events:ListRules there.');
  });

  test.each([[{}], [{ off: ['EksCalls'] }], [{ roles: [] }], [{ roles: [], isDenied: true }]])(
    'answers by its schema with %j',
    async (given) => {
      const { out } = await run([...ASKED, '--format', 'json'], given);

      expect(listAnswerErrors('test-alert', JSON.parse(out))).toEqual([]);
    },
  );

  test('sends with the profile and the role that it is given', async () => {
    const role = 'arn:aws:iam::444455556666:role/tester';
    const { opened } = await run([...ASKED, '--profile', 'home', '--role-arn', role]);

    expect(opened).toMatchObject([{ region: 'eu-west-1', profile: 'home', roleArn: role, endpoint: null }]);
  });

  test.each([
    [['--region', 'eu-west-1'], 'expected --table NAME with the table of the home stack, got no such flag'],
    [['--table', 'keyholder'], 'expected --region or AWS_REGION with the regions to test, got no such flag'],
    [
      [...ASKED, '--account', '111122223333'],
      'expected credentials of account "111122223333", got those of 444455556666',
    ],
    [
      [...ASKED, '--role-arn', 'arn:aws:iam::444455556666:role/a,arn:aws:iam::444455556666:role/b'],
      'expected one --role-arn, got 2',
    ],
    [[...ASKED, '--timeout', 'soon'], 'expected a time such as 90m, 24h or 7d, got "soon"'],
  ])('ends with 2 for %j, and sends nothing', async (args, said) => {
    const { exitCode, err, told } = await run(args);

    expect([exitCode, err]).toEqual([2, `keyholder: ${said}\n`]);
    expect(told.people).toEqual([]);
  });
});
