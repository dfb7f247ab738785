/** Own credentials into those of a role that they may assume. */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { KeyholderError } from '../errors.ts';
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
  return { ...options, credentials: shareCredentials(() => assumeRole(options, { roleArn, externalId })) };
}

/** The SDK's own way brings a second client of STS, which would be a part of every bundle that has the first. */
async function assumeRole(
  { region, endpoint, profile, credentials }: AwsAccessOptions,
  { roleArn, externalId }: AssumedRole & { readonly roleArn: string },
): Promise<AwsCredentials> {
  const sts = new STSClient({
    region,
    credentials: credentials ?? fromNodeProviderChain(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const asked = {
    RoleArn: roleArn,
    RoleSessionName: SESSION_NAME,
    ...(externalId === undefined || externalId === null ? {} : { ExternalId: externalId }),
  };
  try {
    const { Credentials: got } = await sts.send(new AssumeRoleCommand(asked));
    if (got?.AccessKeyId === undefined || got.SecretAccessKey === undefined) {
      throw new KeyholderError('read-failed', `expected credentials of ${roleArn} from sts:AssumeRole, got none`);
    }
    return {
      accessKeyId: got.AccessKeyId,
      secretAccessKey: got.SecretAccessKey,
      ...(got.SessionToken === undefined ? {} : { sessionToken: got.SessionToken }),
      ...(got.Expiration === undefined ? {} : { expiration: got.Expiration }),
    };
  } finally {
    sts.destroy();
  }
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
