/** The state machine of the nightly audit, interpreted here with the real functions; waiting and retrying take no time. */
import { readFileSync } from 'node:fs';
import './with-resolvers.ts';
import { StateMachine } from 'aws-local-stepfunctions';
import { handler as auditCluster } from '../../functions/audit-cluster.ts';
import { handler as collectRegion } from '../../functions/collect-region.ts';
import { handler as planAudit } from '../../functions/plan-audit.ts';
import { handler as publishReport } from '../../functions/publish-report.ts';

export type Handler = (event: unknown, context: { getRemainingTimeInMillis: () => number }) => Promise<unknown>;

export interface Handlers {
  readonly planAudit: Handler;
  readonly collectRegion: Handler;
  readonly auditCluster: Handler;
  readonly publishReport: Handler;
}

export const HANDLERS: Handlers = { planAudit, collectRegion, auditCluster, publishReport };

const MACHINE = new URL('../../resources/audit-estate.asl.json', import.meta.url);
const NO_PAUSE = {
  CollectRegion: 0,
  GiveUpRegion: 0,
  AuditCluster: 0,
  GiveUpCluster: 0,
  PlanAudit: 0,
  PublishReport: 0,
};

export interface MachineRun {
  readonly run: string;
  /** ISO: when the execution started. */
  readonly startedAt: string;
  readonly handlers?: Partial<Handlers>;
  readonly remainingMs?: number;
  /** Of the execution. */
  readonly input?: { readonly clusters?: readonly string[] };
}

/** Gives what the last state gave. What passes between states is JSON, as it is on AWS. */
export async function runMachine({
  run,
  startedAt,
  handlers = {},
  remainingMs = 900_000,
  input = {},
}: MachineRun): Promise<unknown> {
  const text = readFileSync(MACHINE, 'utf8')
    .replace(/\$\{(\w+)Arn\}/g, 'arn:aws:lambda:eu-central-1:111122223333:function:$1')
    .replace(/\$\{Partition\}/g, 'aws')
    .replace(/\$\{Bucket\}/g, 'keyholder');
  const {
    planAudit: plan,
    collectRegion: collect,
    auditCluster: audit,
    publishReport: publish,
  } = { ...HANDLERS, ...handlers };
  const context = { getRemainingTimeInMillis: () => remainingMs };
  const call = (handler: Handler) => async (input: unknown) => {
    const output = await handler(input, context);
    if (JSON.stringify(output).length > 256 * 1024) throw new Error('expected at most 256 KB between states, got more');
    return JSON.parse(JSON.stringify(output));
  };
  const execution = new StateMachine(JSON.parse(text)).run(
    {},
    {
      context: { Execution: { Name: run }, State: { EnteredTime: startedAt } },
      overrides: {
        taskResourceLocalHandlers: {
          // The interpreter starts every execution now, whatever its context says.
          PlanAudit: () => call(plan)({ run, startedAt, input }),
          CollectRegion: call(collect),
          GiveUpRegion: call(collect),
          AuditCluster: call(audit),
          GiveUpCluster: call(audit),
          PublishReport: () => call(publish)({ run }),
        },
        waitTimeOverrides: { WaitForQueries: 0 },
        retryIntervalOverrides: NO_PAUSE,
      },
    },
  );
  return execution.result;
}
