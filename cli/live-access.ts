/** The flags of a live run and the environment into whose credentials it uses, account by account. */
import { VERSION } from '../shared/pipeline/version.ts';
import type { LiveAccess } from '../shared/ports.ts';
import type { LiveOptions } from './live-options.ts';
import type { World } from './world.ts';

interface AccessRequest extends Required<Pick<LiveAccess, 'now' | 'knownCreators' | 'knownAdmins'>> {
  readonly regions: readonly string[];
}

export function describeAccess(
  options: LiveOptions,
  { now, regions, knownCreators, knownAdmins }: AccessRequest,
  { aws }: World,
): Omit<LiveAccess, 'roleArn'> {
  return {
    region: regions[0] ?? '',
    profile: options.profile ?? aws.profile,
    endpoint: aws.endpoint,
    trailBucket: options.trailBucket ?? null,
    evidenceBucket: options.evidenceBucket ?? null,
    maxScanGb: options.maxScanGb ?? null,
    version: VERSION,
    now,
    knownCreators,
    knownAdmins,
  };
}

export interface AskedRole {
  readonly name: string;
  readonly account: string | null;
  readonly roleArn: string | null;
}

/** One for each account: the roles of --role-arn, or the caller as it is. */
export function listRoles({ roleArn }: LiveOptions): readonly AskedRole[] {
  if (roleArn === undefined) return [{ name: 'the caller', account: null, roleArn: null }];
  return roleArn.map((arn) => ({ name: arn, account: arn.split(':')[4] ?? null, roleArn: arn }));
}
