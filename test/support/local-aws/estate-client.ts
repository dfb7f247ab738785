/** A local AWS over the sample estate, and what an SDK client needs to ask it. */
import { ESTATE } from '../estate.ts';
import type { CallerOptions, Credentials } from './identities.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from './local-aws.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

export function startEstate(options: Partial<LocalAwsOptions> = {}): Promise<LocalAws> {
  return startLocalAws({ folder: ESTATE, ...options });
}

interface Asking extends Partial<CallerOptions> {
  readonly region?: string;
}

interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
}

/** One attempt, so that a test sees what was answered. */
export function askAs(local: LocalAws, { region = REGION, account = ACCOUNT, ...rights }: Asking = {}): ClientOptions {
  return { endpoint: local.url, region, credentials: local.credentials({ account, ...rights }), maxAttempts: 1 };
}

/** `Name: message` of what was thrown. */
export async function refusal(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => 'answered',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}
