import { describe, expect, test } from 'vitest';
import type { RegionEvidence } from '../../shared/model/region.ts';
import { collectPlace, joinPlace } from '../../shared/pipeline/collect-place.ts';
import { coverage } from '../support/coverage.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';

const REGION = { account: '111122223333', region: 'eu-central-1' };
const FOLDER = '111122223333/eu-central-1';

function collect(files: MemoryFiles): Promise<RegionEvidence> {
  const journal = { files: [], progress: { step: () => undefined, end: () => undefined } };
  return collectPlace({ ...REGION, readers: memoryReaders(files), journal });
}

describe('collectPlace', () => {
  test('reads trails and detectors of a region', async () => {
    const {
      trails,
      detectors,
      coverage: rows,
    } = await collect({
      [`${FOLDER}/trails.json`]: '{"trailList": []}',
      [`${FOLDER}/guardduty.json`]: '[{"Status": "ENABLED"}]',
    });

    expect(trails).toEqual([]);
    expect(detectors).toHaveLength(1);
    expect(rows.map(({ source, status }) => [source, status])).toEqual([
      ['trails', 'complete'],
      ['guardduty', 'complete'],
    ]);
  });

  test('says that trails without status were read in part', async () => {
    const { coverage: rows } = await collect({ [`${FOLDER}/trails.json`]: '{"trailList": [{"Name": "one"}]}' });

    expect(rows.find(({ source }) => source === 'trails')).toMatchObject({
      status: 'partial',
      reason: '111122223333/eu-central-1/trails.json: 1 of 1 trails without status or selectors',
    });
  });

  test('does not take files that are missing, or are something else, for a region without trails', async () => {
    const { trails, detectors, coverage: rows } = await collect({ [`${FOLDER}/guardduty.json`]: '"nothing"' });

    expect([trails, detectors]).toEqual([null, null]);
    expect(rows.map(({ status }) => status)).toEqual(['unavailable', 'unavailable']);
  });
});

describe('joinPlace', () => {
  const region: RegionEvidence = { ...REGION, trails: [], detectors: [], coverage: [coverage('trails')] };

  test('gives a cluster the coverage of its own region', () => {
    const evidence = clusterEvidence({ coverage: [] });
    const other = { ...region, region: 'us-east-1', coverage: [coverage('trails', 'denied')] };

    expect(joinPlace(evidence, [other, region]).coverage).toEqual([coverage('trails')]);
  });

  test('leaves a cluster alone whose region was not looked at', () => {
    const evidence = clusterEvidence();

    expect(joinPlace(evidence, [])).toBe(evidence);
  });
});
