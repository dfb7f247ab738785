/** A trust policy in its normal form into the text that IAM takes, so that one which stood before can be put back. */
import type { PolicyDocument, Statement } from '../model/iam.ts';

/** null where there is nothing to put back: IAM takes no policy without statements. */
export function renderTrustPolicy({ statements, version }: PolicyDocument): string | null {
  if (statements.length === 0) return null;
  return JSON.stringify({ Version: version ?? '2008-10-17', Statement: statements.map(renderStatement) });
}

/** As IAM takes it; everybody stands for itself, and is no kind of principal. */
export function renderStatement(statement: Statement): Readonly<Record<string, unknown>> {
  const { sid, effect, actions, notActions, principals, notPrincipals, conditions } = statement;
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    ...(principals === null ? {} : { Principal: renderPrincipals(principals) }),
    ...(notPrincipals === null ? {} : { NotPrincipal: renderPrincipals(notPrincipals) }),
    ...(actions === null ? {} : { Action: actions }),
    ...(notActions === null ? {} : { NotAction: notActions }),
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

function renderPrincipals(principals: NonNullable<Statement['principals']>): unknown {
  return Object.hasOwn(principals, '*') ? '*' : principals;
}
