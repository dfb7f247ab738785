/** Environment variables into settings: the only place that reads them. */
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KeyholderError } from './errors.ts';

export interface TerminalSettings {
  /** NO_COLOR (https://no-color.org) or a terminal that knows no colours. */
  readonly plain: boolean;
  /** A log of a build, where a line that rewrites itself is noise. */
  readonly ci: boolean;
  /** KEYHOLDER_DEBUG: errors come with their stack. */
  readonly debug: boolean;
}

export function readTerminalSettings(): TerminalSettings {
  return {
    plain: isSet('NO_COLOR') || process.env.TERM === 'dumb',
    ci: isSet('CI'),
    debug: isSet('KEYHOLDER_DEBUG'),
  };
}

function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== '';
}

/** What the AWS command line takes from the environment too; null where it is not set. */
export interface AwsSettings {
  readonly region: string | null;
  readonly profile: string | null;
  readonly endpoint: string | null;
  /** KUBECONFIG, or the file that kubectl reads without it. */
  readonly kubeconfig: readonly string[];
}

export function readAwsSettings(): AwsSettings {
  const listed = (process.env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  return {
    region: readSet('AWS_REGION') ?? readSet('AWS_DEFAULT_REGION'),
    profile: readSet('AWS_PROFILE'),
    endpoint: readSet('AWS_ENDPOINT_URL'),
    kubeconfig: listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')],
  };
}

function readSet(name: string): string | null {
  return isSet(name) ? (process.env[name] ?? null) : null;
}

const DEPLOYED = {
  region: 'AWS_REGION',
  bucket: 'KEYHOLDER_BUCKET',
  table: 'KEYHOLDER_TABLE',
  topicArn: 'KEYHOLDER_TOPIC_ARN',
  /** Of the role that is assumed in each account. */
  roleName: 'KEYHOLDER_ROLE_NAME',
  /** Of the nightly audit, which also reads a single cluster again. */
  stateMachineArn: 'KEYHOLDER_STATE_MACHINE_ARN',
  /** The home bus. */
  busArn: 'KEYHOLDER_BUS_ARN',
  /** With commas between. */
  regions: 'KEYHOLDER_REGIONS',
} as const;

/** What the stack gives a function; the same for all, though each needs only some. */
export interface DeploymentChoices {
  /** Empty: this account. */
  readonly accounts: readonly string[];
  readonly externalId: string | null;
  readonly trailBucket: string | null;
  /** What is remembered; null: nothing is. */
  readonly table: string | null;
  /** Topics beside the one for people: for Amazon Q Developer in chat applications, and for programs. */
  readonly chatTopicArn: string | null;
  readonly machineTopicArn: string | null;
  /** Of the default product of Security Hub in this account and region; null: nothing is given to it. */
  readonly securityHubProductArn: string | null;
  /** False: nobody asks whether alerts would come from each region. */
  readonly expectsCanaries: boolean;
  /** Tells the metrics of one deployment from those of another. */
  readonly stage: string;
  readonly maxScanGb: number | null;
  /** Stands in for every endpoint of AWS; null: none does. */
  readonly endpoint: string | null;
}

export interface Deployment<Name extends keyof typeof DEPLOYED> extends DeploymentChoices {
  readonly get: (name: Name) => string;
}

/** Throws KeyholderError('usage') that names every setting that is missing, not the first alone. */
export function readDeployment<Name extends keyof typeof DEPLOYED>(...needed: readonly Name[]): Deployment<Name> {
  const missing = needed.map((name) => DEPLOYED[name]).filter((variable) => !isSet(variable));
  const maxScanGb = readSet('KEYHOLDER_MAX_SCAN_GB');
  const isNumber = maxScanGb === null || Number(maxScanGb) > 0;
  const wrong = isNumber ? [] : [`KEYHOLDER_MAX_SCAN_GB to be a number of gigabytes, got ${maxScanGb}`];
  const problems = [...(missing.length === 0 ? [] : [`${missing.join(', ')} to be set`]), ...wrong];
  if (problems.length > 0) throw new KeyholderError('usage', `expected ${problems.join('; ')}`);
  return {
    get: (name) => readSet(DEPLOYED[name]) ?? '',
    accounts: splitList(readSet('KEYHOLDER_ACCOUNTS') ?? ''),
    externalId: readSet('KEYHOLDER_EXTERNAL_ID'),
    trailBucket: readSet('KEYHOLDER_TRAIL_BUCKET'),
    table: readSet('KEYHOLDER_TABLE'),
    chatTopicArn: readSet('KEYHOLDER_CHAT_TOPIC_ARN'),
    machineTopicArn: readSet('KEYHOLDER_MACHINE_TOPIC_ARN'),
    securityHubProductArn: readSet('KEYHOLDER_SECURITY_HUB_PRODUCT_ARN'),
    expectsCanaries: readSet('KEYHOLDER_CANARIES') !== 'none',
    stage: readSet('KEYHOLDER_STAGE') ?? 'prod',
    maxScanGb: maxScanGb === null ? null : Number(maxScanGb),
    endpoint: readSet('AWS_ENDPOINT_URL'),
  };
}

export function splitList(text: string): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== ''))];
}

/** The AWS SDK tells every run on Node 20 that it wants a later one: not what the user of a report asked for. */
export function quietAwsSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
