/** What lies with a region rather than with a cluster: its trails and its GuardDuty detectors. */
import { parseGuardDuty } from '../evidence/guardduty.ts';
import { parseTrails } from '../evidence/trails.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { RegionEvidence } from '../model/region.ts';
import type { Readers } from '../ports.ts';
import { coverState } from './collect-cluster.ts';
import { type Journal, readDocument } from './read-document.ts';

export interface PlaceTask {
  readonly account: string;
  readonly region: string;
  readonly readers: Readers;
  readonly journal: Journal;
}

export async function collectPlace({ account, region, readers, journal }: PlaceTask): Promise<RegionEvidence> {
  const trails = await readDocument(
    await readers.readRegion(account, region, 'trails'),
    (text, file) => {
      const { trails: value, skips, gap } = parseTrails(text, file);
      return { value, read: value?.length ?? 0, skips, gap };
    },
    journal,
  );
  const detectors = await readDocument(
    await readers.readRegion(account, region, 'guardduty'),
    (text, file) => {
      const { detectors: value, skips } = parseGuardDuty(text, file);
      return { value, read: value?.length ?? 0, skips };
    },
    journal,
  );
  return {
    account,
    region,
    trails: trails.value,
    detectors: detectors.value,
    coverage: [coverState('trails', trails), coverState('guardduty', detectors)],
  };
}

/** Gives a cluster the coverage of its region. */
export function joinPlace(evidence: ClusterEvidence, regions: readonly RegionEvidence[]): ClusterEvidence {
  const { account, region } = evidence.cluster;
  const own = regions.find((place) => place.account === account && place.region === region);
  return own === undefined ? evidence : { ...evidence, coverage: [...evidence.coverage, ...own.coverage] };
}
