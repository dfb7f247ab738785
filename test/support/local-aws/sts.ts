/** STS: who asks, and as whom they may go on. */
import { AwsError } from './errors.ts';
import { fieldsOf, listOf, textOf } from './fields.ts';
import type { Identities } from './identities.ts';
import type { Call, Handlers } from './operations.ts';

const SESSION_MS = 3_600_000;

export function answerSts(identities: Identities): Handlers {
  return {
    GetCallerIdentity: ({ identity: { account, arn, userId } }) => ({ Account: account, Arn: arn, UserId: userId }),
    AssumeRole: (call) => {
      const roleArn = textOf(call.input, 'RoleArn');
      const rights = identities.findRole(roleArn) ?? findRole(call, roleArn);
      if (rights === undefined)
        throw new AwsError(
          'AccessDenied',
          `User: ${call.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
          { status: 403 },
        );
      const account = roleArn.split(':')[4] ?? '';
      const session = textOf(call.input, 'RoleSessionName');
      const arn = `arn:aws:sts::${account}:assumed-role/${roleArn.split('/').at(-1)}/${session}`;
      const userId = `AROAEXAMPLEASSUMED001:${session}`;
      const { accessKeyId, secretAccessKey, sessionToken } = identities.issue({ ...rights, account, arn, userId });
      // By the caller's clock: that of the evidence may stand long ago.
      const expiration = new Date(Date.now() + SESSION_MS).toISOString();
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: expiration,
        },
        AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      };
    },
  };
}

/** A role of the evidence may be assumed by anybody here, and may then do anything. */
function findRole({ estate }: Call, roleArn: string): object | undefined {
  const account = estate.accounts.get(roleArn.split(':')[4] ?? '');
  return listOf(account?.iam?.RoleDetailList).find((role) => fieldsOf(role).Arn === roleArn) === undefined
    ? undefined
    : {};
}
