/** Coverage into whether everything was read that lets somebody into a cluster, so that a door that is not there is gone. */
import type { Facts } from '../model/facts.ts';
import { findPartGap, findSourceGap } from './coverage-gaps.ts';

/** In mode CONFIG_MAP there are no entries to read, in mode API nothing reads aws-auth; an unknown mode hides both. */
export function areDoorsRead({ cluster, coverage }: Pick<Facts, 'cluster' | 'coverage'>): boolean {
  const { authenticationMode: mode } = cluster;
  if (mode === null) return false;
  if (mode !== 'CONFIG_MAP' && findPartGap(coverage, 'access-entries') !== null) return false;
  return mode === 'API' || findSourceGap(coverage, 'aws-auth') === null;
}
