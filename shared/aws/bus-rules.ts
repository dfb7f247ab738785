/** The rules of the default bus of a region into what each of them takes. */
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { KeyholderError } from '../errors.ts';
import type { BusRule } from '../live-ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { listPages } from './call.ts';

/** Throws KeyholderError('read-failed') unless all of them were listed: one that is left out would pass for none. */
export async function listBusRules(access: AwsAccess, region: string): Promise<readonly BusRule[]> {
  const client = createClient(access, EventBridgeClient, region);
  const { items, failure } = await listPages(
    {
      asked: { action: 'events:ListRules', resource: '*', on: `region ${region}` },
      ask: (NextToken) => client.send(new ListRulesCommand({ NextToken })),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.Rules,
  );
  if (failure !== null) throw new KeyholderError('read-failed', failure.reason);
  return (items ?? []).map(({ State, EventPattern }) => ({
    isOn: State !== 'DISABLED',
    pattern: EventPattern ?? null,
  }));
}
