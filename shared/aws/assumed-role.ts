/** Own credentials into those of a role that they may assume. */
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AwsAccessOptions, AwsCredentials, CredentialSource } from './access.ts';

/** What CloudTrail in the other account shows as the session. */
const SESSION_NAME = 'keyholder';

export interface AssumedRole {
  /** null: the credentials stay as they are. */
  readonly roleArn: string | null;
  /** That the role's trust policy asks for; null: none. */
  readonly externalId?: string | null | undefined;
}

/** A file of its own: what never assumes a role does not carry the code for it, and needs no right to. */
export function withRole(options: AwsAccessOptions, { roleArn, externalId }: AssumedRole): AwsAccessOptions {
  if (roleArn === null) return options;
  const { region, endpoint, profile } = options;
  const credentials = fromTemporaryCredentials({
    masterCredentials: options.credentials ?? fromNodeProviderChain(profile === undefined ? {} : { profile }),
    params: {
      RoleArn: roleArn,
      RoleSessionName: SESSION_NAME,
      ...(externalId === undefined || externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: { region, ...(endpoint === undefined ? {} : { endpoint }) },
  });
  return { ...options, credentials: shareCredentials(credentials) };
}

/** Long before the SDK thinks that they are about to end. */
const KEPT_MS = 10 * 60_000;

/** Each client asks for itself: one answer is enough for all. */
function shareCredentials(ask: CredentialSource): CredentialSource {
  let asked: { readonly answer: Promise<AwsCredentials>; readonly untilMs: number } | null = null;
  return () => {
    if (asked !== null && Date.now() < asked.untilMs) return asked.answer;
    const answer = ask();
    asked = { answer, untilMs: Date.now() + KEPT_MS };
    answer.catch(() => {
      asked = null;
    });
    return answer;
  };
}
