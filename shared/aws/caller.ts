/** Who the credentials make us, as STS says. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { KeyholderError } from '../errors.ts';
import type { LiveCaller } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws } from './call.ts';
import { refusalOf } from './failure.ts';

/** No permission is needed for it, so that without an answer nothing else would be answered either: it throws. */
export async function readCallerIdentity(access: AwsAccess): Promise<LiveCaller> {
  const client = createClient(access, STSClient, access.region);
  const asked = { action: 'sts:GetCallerIdentity', resource: '*', on: 'the caller' };
  const { value, failure } = await askAws(asked, () => client.send(new GetCallerIdentityCommand({})));
  if (failure !== null) {
    const message = [failure.reason, failure.mend].filter((text) => text !== null).join('. ');
    throw new KeyholderError('read-failed', message, { refusal: refusalOf(failure) });
  }
  const { Arn: arn, Account: account, UserId: userId } = value;
  if (arn === undefined || account === undefined || userId === undefined) {
    throw new KeyholderError('read-failed', 'sts:GetCallerIdentity: expected Arn, Account and UserId, got less');
  }
  return { arn, account, userId };
}
