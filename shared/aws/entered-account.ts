/** Credentials, and the role to assume with them, into access to the account that they lead to. */
import type { LiveAccess, LiveCaller } from '../ports.ts';
import { type AwsAccess, type AwsAccessOptions, createAwsAccess, enterAccount } from './access.ts';
import { withRole } from './assumed-role.ts';
import { readCallerIdentity } from './caller.ts';

/** What stands in for the world where nobody waits for it. */
export type LiveTools = Pick<AwsAccessOptions, 'credentials' | 'timer' | 'maxAttempts' | 'requestTimeoutMs'>;

export interface AccountEntry {
  /** Asked once: the answer holds as long as the credentials do. */
  readonly identify: () => Promise<LiveCaller>;
  readonly enter: () => Promise<AwsAccess>;
}

/** Makes no call yet. */
export function openAccount(options: LiveAccess, tools: LiveTools): AccountEntry {
  const { region, profile, roleArn, externalId, endpoint, sharedBy, version = '0' } = options;
  const own = { ...tools, region, version, sharedBy, profile: profile ?? undefined, endpoint: endpoint ?? undefined };
  const asCaller = createAwsAccess(withRole(own, { roleArn, externalId }));
  let caller: Promise<LiveCaller> | null = null;
  const identify = (): Promise<LiveCaller> => {
    caller ??= readCallerIdentity(asCaller);
    return caller;
  };
  let entered: Promise<AwsAccess> | null = null;
  const enter = (): Promise<AwsAccess> => {
    entered ??= identify().then((known) => enterAccount(asCaller, placeOf(known)));
    return entered;
  };
  return { identify, enter };
}

function placeOf({ arn, account }: LiveCaller): { readonly account: string; readonly partition: string } {
  return { account, partition: arn.split(':')[1] ?? 'aws' };
}
