/** Trails for tests: one that records every write in every region, but for what the test names. */
import type { Trail } from '../../shared/model/region.ts';
import { ref } from './coverage.ts';

export function trail(more: Partial<Trail> = {}): Trail {
  return {
    name: 'organisation',
    arn: null,
    homeRegion: 'eu-west-1',
    isMultiRegion: true,
    isLogging: true,
    recordsWrites: true,
    evidence: ref('trails'),
    ...more,
  };
}
