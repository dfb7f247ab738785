/** The flags of a live run into checked values: whose credentials, which places, how far back, at what cost. */
import { type Command, Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { isClusterName } from '../shared/pipeline/live-scope.ts';
import { parseFolder } from './report-options.ts';
import type { World } from './world.ts';

export interface LiveOptions {
  readonly cluster?: string;
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly roleArn?: readonly string[];
  readonly since?: number;
  readonly timeout?: number;
  readonly maxScanGb?: number;
  readonly trailBucket?: string;
  readonly evidenceBucket?: string;
  readonly config?: string;
  readonly state?: string;
}

const HOUR_MS = 3_600_000;
export const DEFAULT_SINCE_MS = 24 * HOUR_MS;
export const DEFAULT_TIMEOUT_MS = HOUR_MS;

export function addPlaceOptions(command: Command): Command {
  return addCallerOptions(command.addOption(new Option('--cluster <name>', 'this cluster alone, by name or ARN')));
}

export function addCallerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--region <region>', 'a region, or several with commas between (AWS_REGION, unless given)').argParser(
        collectList,
      ),
    )
    .addOption(new Option('--profile <name>', 'a profile of the AWS configuration (AWS_PROFILE, unless given)'))
    .addOption(new Option('--role-arn <arn>', 'a role to assume, once for each account').argParser(collectRoles));
}

export function addLiveOptions(command: Command): Command {
  return addPlaceOptions(command)
    .addOption(
      new Option('--since <time>', 'how far back logs are read, such as 7d (24h, unless given)').argParser(
        parseDuration,
      ),
    )
    .addOption(
      new Option('--timeout <time>', 'end after this time, such as 30m (1h, unless given)').argParser(parseDuration),
    )
    .addOption(
      new Option('--max-scan-gb <gb>', 'stop log queries before they scan more (no limit, unless given)').argParser(
        parseGigabytes,
      ),
    )
    .addOption(new Option('--trail-bucket <bucket>', 'the S3 bucket of a trail, for what is older than 90 days'))
    .addOption(new Option('--evidence-bucket <bucket>', 'where the in-cluster collector of private clusters writes'))
    .addOption(new Option('--config <file>', 'the keyholder.yml to go by').argParser(parseFolder('--config')))
    .addOption(
      new Option('--state <dir>', 'the folder that remembers earlier runs, or its state.json').argParser(
        parseFolder('--state'),
      ),
    );
}

function collectList(text: string, earlier: readonly string[] = []): readonly string[] {
  const added = text.split(',').map((one) => one.trim());
  for (const region of added) {
    if (/^[a-z]{2,8}(?:-[a-z]{1,16}){1,4}-\d{1,2}$/.test(region)) continue;
    throw new KeyholderError(
      'usage',
      `expected regions such as eu-central-1 for --region, got ${JSON.stringify(region)}`,
    );
  }
  return [...new Set([...earlier, ...added])];
}

/** The path of a role may hold commas, and no ARN begins within one. */
function collectRoles(text: string, earlier: readonly string[] = []): readonly string[] {
  const added = text.split(/,(?=\s*arn:)/).map((one) => one.trim());
  for (const arn of added) {
    if (/^arn:[a-z-]+:iam::\d{12}:role\/.+$/.test(arn)) continue;
    throw new KeyholderError('usage', `expected the ARN of a role for --role-arn, got ${JSON.stringify(arn)}`);
  }
  return [...new Set([...earlier, ...added])];
}

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', HOUR_MS],
  ['d', 24 * HOUR_MS],
]);

export function parseDuration(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS_MS.get(unit) ?? 0);
  if (ms > 0) return ms;
  throw new KeyholderError('usage', `expected a time such as 90m, 24h or 7d, got ${JSON.stringify(text)}`);
}

function parseGigabytes(text: string): number {
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number > 0) return number;
  throw new KeyholderError('usage', `expected a number of gigabytes for --max-scan-gb, got ${JSON.stringify(text)}`);
}

/** What is asked for, by name or by ARN: an ARN brings its account and region. */
export interface LivePlace {
  readonly account: string | null;
  readonly regions: readonly string[];
  readonly cluster: string | null;
}

/** Throws KeyholderError('usage') where no region is known: one that is guessed would make an empty report look clean. */
export function resolvePlace({ cluster, region }: LiveOptions, { aws }: World): LivePlace {
  const only = cluster === undefined ? null : splitClusterArn(cluster);
  const own = only?.region ?? null;
  refuseOtherRegions(own, region);
  const regions = own !== null ? [own] : (region ?? (aws.region === null ? [] : [aws.region]));
  if (regions.length > 0) return { account: only?.account ?? null, regions, cluster: only?.name ?? null };
  throw new KeyholderError(
    'usage',
    'expected --region or AWS_REGION with the regions to read, or --evidence DIR, got none',
  );
}

/** A cluster that is named by its ARN is in one region. */
export function refuseOtherRegions(own: string | null, asked: readonly string[] = []): void {
  const other = own === null ? undefined : asked.find((region) => region !== own);
  if (other === undefined) return;
  throw new KeyholderError('usage', `expected ${own} for --region, as the ARN of --cluster says, got ${other}`);
}

export interface NamedCluster {
  readonly name: string;
  /** null where it was given by name. */
  readonly account: string | null;
  readonly region: string | null;
}

export function splitClusterArn(text: string): NamedCluster {
  const [, region, account, name] = /^arn:[a-z-]+:eks:([a-z0-9-]+):(\d{12}):cluster\/(.+)$/.exec(text) ?? [];
  if (region === undefined || account === undefined || name === undefined) {
    return { name: parseClusterName(text), account: null, region: null };
  }
  return { name: parseClusterName(name), account, region };
}

function parseClusterName(name: string): string {
  if (isClusterName(name)) return name;
  throw new KeyholderError('usage', `expected the name or ARN of a cluster for --cluster, got ${JSON.stringify(name)}`);
}
