/** A trust policy as it was read, and one more statement, into the document that IAM takes. */
import type { PolicyDocument } from '../model/iam.ts';
import { renderStatement } from '../rules/trust-policy-text.ts';

/** Stands for the ARN of the recipient, which the shell may have to find out. */
export const PRINCIPAL = '{principal}';

export const ONLY_RECIPIENT = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'KeyholderRecovery', Effect: 'Allow', Principal: { AWS: PRINCIPAL }, Action: 'sts:AssumeRole' }],
};

/** Keeps every statement that stands; a Deny among them goes on to count. */
export function addRecipient({ statements, version = '2008-10-17' }: PolicyDocument): object {
  return { Version: version, Statement: [...statements.map(renderStatement), ...ONLY_RECIPIENT.Statement] };
}
