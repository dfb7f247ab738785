import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../../shared/offline/evidence-recorder.ts';
import { collectLive } from '../../shared/pipeline/collect-live.ts';
import type { LiveRequest } from '../../shared/pipeline/live-request.ts';
import { recoverCluster } from '../../shared/pipeline/recover.ts';
import { recoveryNeeds } from '../../shared/pipeline/recover-live.ts';
import type { LiveSources } from '../../shared/ports.ts';
import { ESTATE } from '../support/estate.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { makeFolder } from '../support/temp-folder.ts';

const NOW = '2026-11-21T03:00:00Z';
const NAMES = ['payments', 'legacy', 'archive'];

async function record(cluster: string, changes: Partial<LiveSources> = {}, needs?: Pick<LiveRequest, 'needs'>) {
  const dir = makeFolder();
  const open = async () => readFolderLive(ESTATE, changes);
  await collectLive([{ name: 'the caller', account: null, open }], {
    sink: await openEvidenceRecorder(dir),
    regions: ['eu-central-1'],
    account: null,
    cluster,
    window: { from: '2026-11-20T03:00:00Z', to: NOW },
    ...(needs ?? { needs: recoveryNeeds(NOW) }),
    now: NOW,
    signal: new AbortController().signal,
    progress: { step: () => {}, end: () => {} },
    copies: [],
  });
  return dir;
}

async function plan(dir: string, cluster: string) {
  return recoverCluster(openEvidenceFolder(dir), { cluster, as: undefined, now: NOW });
}

/** Calls in the order in which they begin and end. */
function watch(steps: string[]): Partial<LiveSources> {
  const sources = readFolderLive(ESTATE);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    readKubernetes: async (place, task) => {
      steps.push('kubernetes begins');
      await pause();
      steps.push('kubernetes ends');
      return sources.readKubernetes(place, task);
    },
    readEks: async (place, task) => {
      const read = await sources.readEks(place, task);
      await pause();
      await pause();
      await pause();
      steps.push('eks ends');
      return read;
    },
    readCloudTrail: async (places, task) => {
      steps.push(`cloudtrail begins: ${task.calls?.length} names`);
      return sources.readCloudTrail(places, task);
    },
    readTrailFiles: async (_, { calls }) => {
      steps.push(`trail files begin: ${calls}`);
      return { coverage: [], queries: [], mends: [] };
    },
  };
}

describe('collectNeeded', () => {
  it.each(NAMES)(
    'leads to the plan of everything that can be read, byte for byte, and says what it left out: %s',
    async (name) => {
      const whole = await plan(await record(name, {}, {}), name);

      const { unasked, ...needed } = await plan(await record(name), name);

      expect(JSON.stringify(needed)).toBe(JSON.stringify(whole));
      expect(unasked).toEqual(['Not asked: trails, guardduty. No way back in depends on them.']);
    },
  );

  it('asks CloudTrail and the API server once EKS has described the cluster, and a trail when it has dated all of it', async () => {
    const steps: string[] = [];

    await record('payments', watch(steps));

    expect(steps).toEqual([
      'cloudtrail begins: 8 names',
      'kubernetes begins',
      'kubernetes ends',
      'eks ends',
      'trail files begin: CreateCluster',
    ]);
  });

  it('asks for every name that may matter where EKS does not describe the cluster', async () => {
    const steps: string[] = [];
    const readEks = async (): Promise<never> => {
      throw new Error('no answer');
    };

    const dir = await record('payments', { ...watch(steps), readEks });

    expect(steps[0]).toBe('cloudtrail begins: 11 names');
    expect((await plan(dir, 'payments')).doubts[0]).toContain('The authentication mode was not read');
  });

  it('reads no trail and no detector, and states that nobody asked', async () => {
    const readRegion = async (): Promise<never> => {
      throw new Error('expected not to be asked');
    };

    const dir = await record('payments', { readRegion });

    const { coverage } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
    const row = { account: '111122223333', region: 'eu-central-1', cluster: null, part: null, window: null };
    const unasked = { ...row, status: 'unavailable', reason: 'not asked', isUnasked: true };
    expect(coverage).toEqual(
      expect.arrayContaining([
        { ...unasked, source: 'guardduty' },
        { ...unasked, source: 'trails' },
      ]),
    );
  });
});
