/** The trails of a region, each with its status and what it records, into trails.json. */
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { mapBounded } from '../bounded.ts';
import type { LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws } from './call.ts';
import { renderOutput } from './cli-json.ts';
import type { Failure } from './failure.ts';
import { openNotes } from './live-read.ts';

const CALLS_AT_ONCE = 4;

export async function readTrails(
  access: AwsAccess,
  { account, region }: { readonly account: string; readonly region: string },
  { sink, signal }: LiveTask,
): Promise<LiveRead> {
  const client = createClient(access, CloudTrailClient, region);
  const notes = openNotes({ account, region, cluster: null });
  const asked = { action: 'cloudtrail:DescribeTrails', resource: '*', on: `region ${region}` };
  const { value, failure } = await askAws(asked, () =>
    client.send(new DescribeTrailsCommand({}), { abortSignal: signal }),
  );
  const failures: Failure[] = failure === null ? [] : [failure];
  const describe = async (trail: Trail): Promise<object> => ({
    ...trail,
    ...(await readTrail({ client, signal, failures }, trail)),
  });
  if (value !== null) {
    const trailList = await mapBounded(value.trailList ?? [], CALLS_AT_ONCE, describe);
    await sink.write(`${account}/${region}/trails.json`, renderOutput({ trailList }));
  }
  notes.addMissed({ source: 'trails', inPart: value !== null, failures });
  return notes.toLiveRead();
}

interface TrailCalls {
  readonly client: CloudTrailClient;
  readonly signal: AbortSignal;
  readonly failures: Failure[];
}

/** By ARN: the trail of an organisation or of another region is not found by its name. */
async function readTrail({ client, signal, failures }: TrailCalls, { TrailARN, Name }: Trail): Promise<object> {
  const on = `trail ${Name ?? 'without a name'}`;
  const resource = TrailARN ?? '*';
  const status = await askAws({ action: 'cloudtrail:GetTrailStatus', resource, on }, () =>
    client.send(new GetTrailStatusCommand({ Name: TrailARN }), { abortSignal: signal }),
  );
  const selectors = await askAws({ action: 'cloudtrail:GetEventSelectors', resource, on }, () =>
    client.send(new GetEventSelectorsCommand({ TrailName: TrailARN }), { abortSignal: signal }),
  );
  for (const { failure } of [status, selectors]) if (failure !== null) failures.push(failure);
  const { EventSelectors, AdvancedEventSelectors } = selectors.value ?? {};
  return {
    status: status.value ?? undefined,
    eventSelectors: EventSelectors,
    advancedEventSelectors: AdvancedEventSelectors,
  };
}
