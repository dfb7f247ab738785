/** How long whoever is locked out waits for the first plan, in a model of AWS and of time, by the place of the cluster. */
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { UNWATCHED } from '../shared/pipeline/deadline.ts';
import { recoverLive } from '../shared/pipeline/recover-live.ts';
import type { LiveSources } from '../shared/ports.ts';
import { openMemoryObjects } from '../test/support/memory-objects.ts';
import type { Benchmark, Figure } from './figure.ts';
import { createModelledAws } from './modelled-aws.ts';
import { openModelledSources } from './modelled-sources.ts';
import { createVirtualClock } from './virtual-clock.ts';

const ACCOUNT = '111122223333';
const NAME = 'payments';
/** The modelled cluster is of 2 March 2026: the event history still holds its creation, or no longer does. */
const YOUNG = '2026-04-21T03:00:00Z';
const OLD = '2026-11-21T03:00:00Z';
/** IAM is asked in the second one, at the same two calls a second. */
const REGIONS = ['eu-central-1', 'us-east-1'];
/** Eleven names at 1.9 a second, where IAM and a young cluster share one region; nine elsewhere. */
const MOST_SECONDS = 6;

export const benchRecover: Benchmark = async () => {
  const figures: Figure[] = [];
  for (const region of REGIONS) for (const now of [OLD, YOUNG]) figures.push(...(await waitForPlan(region, now)));
  return figures;
};

async function waitForPlan(region: string, now: string): Promise<readonly Figure[]> {
  const clock = createVirtualClock();
  const aws = createModelledAws(clock);
  const call = aws.openProcess(1);
  const place = { account: ACCOUNT, region, name: NAME };
  const modelled = openModelledSources(ACCOUNT, { call, sleep: clock.sleep, clustersOf: () => [NAME] });
  let askedUntilMs = 0;
  const sources: LiveSources = {
    ...modelled,
    readCloudTrail: async (places, task) => {
      const read = await modelled.readCloudTrail(places, task);
      askedUntilMs = clock.nowMs();
      return read;
    },
  };
  const objects = openMemoryObjects();
  const regions = [{ account: ACCOUNT, region }];
  const places = { accounts: [ACCOUNT], regions, clusters: [place], problems: [], strangers: [] };
  await clock.run(
    recoverLive(
      { arn: `arn:aws:eks:${region}:${ACCOUNT}:cluster/${NAME}`, place, as: undefined, now },
      {
        open: () => sources,
        // In memory: of a disk, a clock of our own knows nothing.
        sink: { write: (file, text) => objects.write(file, String(text)), addPlace: async () => undefined },
        openEvidence: () => openObjectEvidence(objects, '', places),
        signal: new AbortController().signal,
        progress: UNWATCHED,
      },
    ),
  );
  const age = now === YOUNG ? 'of this quarter' : 'older than 90 days';
  const lookups = [...aws.admitted].filter(([key]) => key.endsWith('cloudtrail:LookupEvents'));
  const asked = lookups.reduce((sum, [, count]) => sum + count, 0);
  return [
    { what: `plan of a cluster in ${region}, ${age}`, measured: clock.nowMs() / 1000, unit: 's', limit: null },
    {
      what: '- all that CloudTrail is asked for is there',
      measured: askedUntilMs / 1000,
      unit: 's',
      limit: MOST_SECONDS,
    },
    { what: '- names that it is asked for', measured: asked, unit: '', limit: null },
    { what: '- calls', measured: aws.counts.calls, unit: '', limit: null },
  ];
}
