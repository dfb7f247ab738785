/** A trust policy as it was read, and one more statement, into the document that IAM takes. */
import type { PolicyDocument, Statement } from '../model/iam.ts';

/** Stands for the ARN of the recipient, which the shell may have to find out. */
export const PRINCIPAL = '{principal}';

export const ONLY_RECIPIENT = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'KeyholderRecovery', Effect: 'Allow', Principal: { AWS: PRINCIPAL }, Action: 'sts:AssumeRole' }],
};

/** Keeps every statement that stands; a Deny among them goes on to count. */
export function addRecipient({ statements, version = '2008-10-17' }: PolicyDocument): object {
  return { Version: version, Statement: [...statements.map(writeStatement), ...ONLY_RECIPIENT.Statement] };
}

function writeStatement(statement: Statement): object {
  const { sid, effect, actions, notActions, principals, notPrincipals, conditions } = statement;
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    ...(principals === null ? {} : { Principal: writePrincipals(principals) }),
    ...(notPrincipals === null ? {} : { NotPrincipal: writePrincipals(notPrincipals) }),
    ...(actions === null ? {} : { Action: actions }),
    ...(notActions === null ? {} : { NotAction: notActions }),
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

/** A star alone is written without a kind. */
function writePrincipals(principals: Readonly<Record<string, readonly string[]>>): object | string {
  return Object.hasOwn(principals, '*') ? '*' : principals;
}
