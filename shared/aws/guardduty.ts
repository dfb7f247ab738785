/** The GuardDuty detectors of a region into guardduty.json. */
import { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { mapBounded } from '../bounded.ts';
import type { LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws, listPages } from './call.ts';
import { renderJoined } from './cli-json.ts';
import { openNotes } from './live-read.ts';

export async function readGuardDuty(
  access: AwsAccess,
  { account, region }: { readonly account: string; readonly region: string },
  { sink, signal }: LiveTask,
): Promise<LiveRead> {
  const client = createClient(access, GuardDutyClient, region);
  const notes = openNotes({ account, region, cluster: null });
  const resource = `arn:${access.partition}:guardduty:${region}:${account}:detector/*`;
  const on = `region ${region}`;
  const listed = await listPages(
    {
      asked: { action: 'guardduty:ListDetectors', resource: '*', on },
      ask: (NextToken) => client.send(new ListDetectorsCommand({ NextToken }), { abortSignal: signal }),
      tokenOf: (page) => page.NextToken,
    },
    (page) => page.DetectorIds,
  );
  const detectors = await mapBounded(listed.items ?? [], 1, (DetectorId) =>
    askAws({ action: 'guardduty:GetDetector', resource, on }, () =>
      client.send(new GetDetectorCommand({ DetectorId }), { abortSignal: signal }),
    ),
  );
  if (listed.items !== null) {
    const answers = detectors.flatMap(({ value }) => value ?? []);
    await sink.write(`${account}/${region}/guardduty.json`, renderJoined(answers));
  }
  const failures = [listed, ...detectors].flatMap(({ failure }) => failure ?? []);
  notes.addMissed({ source: 'guardduty', inPart: listed.items !== null, failures });
  return notes.toLiveRead();
}
