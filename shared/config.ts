/** Environment variables into settings: the only place that reads them. */
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

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

/** The AWS SDK tells every run on Node 20 that it wants a later one: not what the user of a report asked for. */
export function quietAwsSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
