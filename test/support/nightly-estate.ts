/** The sample estate in more regions, served by the local AWS to a stack that was deployed to its first account. */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { SYSTEM_TIMER } from '../../shared/aws/pace.ts';
import { type LiveEstate, type LiveEstateOptions, startLiveEstate } from './live-estate.ts';

export const HOME = '111122223333';
export const MEMBER = '444455556666';
export const BUCKET = 'keyholder-reports';
export const TOPIC = `arn:aws:sns:eu-central-1:${HOME}:people`;

export interface NightlyOptions extends LiveEstateOptions {
  readonly regions?: readonly string[];
  readonly accounts?: readonly string[];
  /** Accounts whose role lets us in. */
  readonly open?: readonly string[];
}

export async function startNightlyEstate(options: NightlyOptions = {}): Promise<LiveEstate> {
  const { regions = ['eu-central-1', 'us-east-1'], accounts = [HOME, MEMBER], open = accounts, ...rest } = options;
  const estate = await startLiveEstate({ ...rest, aws: { buckets: [BUCKET], ...rest.aws } });
  for (const account of open) estate.aws.addRole(`arn:aws:iam::${account}:role/keyholder-audit`, rest.caller ?? {});
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ENDPOINT_URL', estate.aws.url);
  vi.stubEnv('KEYHOLDER_BUCKET', BUCKET);
  vi.stubEnv('KEYHOLDER_TOPIC_ARN', TOPIC);
  vi.stubEnv('KEYHOLDER_ROLE_NAME', 'keyholder-audit');
  vi.stubEnv('KEYHOLDER_REGIONS', regions.join(','));
  vi.stubEnv('KEYHOLDER_ACCOUNTS', accounts.join(','));
  // The clock of the served estate stands still, so nothing has to wait for it.
  vi.spyOn(SYSTEM_TIMER, 'sleep').mockResolvedValue();
  return estate;
}

/** A cluster of one region under the same name in another, for `prepare`. */
export function copyCluster(folder: string, from: string, to: string): void {
  const [, oldRegion = ''] = from.split('/');
  const [, newRegion = ''] = to.split('/');
  mkdirSync(join(folder, to), { recursive: true });
  cpSync(join(folder, from), join(folder, to), { recursive: true });
  for (const name of readdirSync(join(folder, to))) {
    const path = join(folder, to, name);
    if (statSync(path).isFile()) writeFileSync(path, readFileSync(path, 'utf8').replaceAll(oldRegion, newRegion));
  }
}

/** The objects of the stack's bucket, by key. */
export function listObjects({ aws }: LiveEstate): ReadonlyMap<string, Buffer> {
  return new Map([...(aws.buckets.get(BUCKET) ?? [])].map(([key, { body }]) => [key, body]));
}
