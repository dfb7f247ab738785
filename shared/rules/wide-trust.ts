/** The trust policy of a role into those whom it lets in without naming them one by one, and into sessions without a name. */
import type { IamRole, Statement } from '../model/iam.ts';
import { parseArn } from './arn.ts';
import { coversAction } from './iam-matching.ts';

/** Account ids of the organisation; null when it was not read. */
export type Organisation = ReadonlySet<string> | null;

/** Each in words; empty when all who are trusted are named. */
export function listWideTrusts({ trust, principal }: IamRole, organisation: Organisation): readonly string[] {
  const found = trust.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => [
      ...(coversAction(statement, 'sts:assumerole')
        ? listWidePrincipals(statement, principal.account, organisation)
        : []),
      ...listWideProviders(statement),
    ]);
  return [...new Set(found)];
}

/** True when a user or role that may assume it chooses the session name freely: logs then name nobody for certain. */
export function hasFreeSessionNames({ trust }: IamRole): boolean {
  return trust.statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      coversAction(statement, 'sts:assumerole') &&
      (statement.principals === null || namesOf(statement, 'AWS').length > 0 || namesOf(statement, '*').length > 0) &&
      !hasKey(statement, (key) => key === 'sts:rolesessionname' || key === 'sts:sourceidentity'),
  );
}

function listWidePrincipals(statement: Statement, home: string, organisation: Organisation): readonly string[] {
  if (statement.principals === null || [...namesOf(statement, 'AWS'), ...namesOf(statement, '*')].includes('*'))
    return hasKey(statement, namesCallers) ? [] : ['anybody in any AWS account'];
  return namesOf(statement, 'AWS').flatMap((name) => {
    const account = /^\d{12}$/.test(name) ? name : parseArn(name)?.account;
    if (account === undefined) return []; // the unique id of a principal that is gone
    const isWhole = name === account || parseArn(name)?.resource === 'root';
    if (isWhole && hasKey(statement, () => true)) return [];
    const where = account === home ? '' : wordForeign(account, organisation);
    if (isWhole) return [`every principal of account ${account} whose own policies allow it${where}`];
    return account === home || organisation?.has(account) === true ? [] : [`${name}${where}`];
  });
}

/** Keys that say which principals a wildcard means. The organisation alone does not: everybody of it stays everybody. */
function namesCallers(key: string): boolean {
  return (
    key === 'aws:principalarn' || key === 'aws:userid' || key === 'aws:username' || key.startsWith('aws:principaltag/')
  );
}

function wordForeign(account: string, organisation: Organisation): string {
  if (organisation === null) return `, account ${account} being another one, of which it is not known whose it is`;
  return organisation.has(account)
    ? ', another account of the organisation'
    : `, account ${account} being none of the organisation`;
}

function listWideProviders(statement: Statement): readonly string[] {
  return namesOf(statement, 'Federated').flatMap((provider) => {
    const isSaml = provider.includes(':saml-provider/');
    const isWide = isSaml
      ? coversAction(statement, 'sts:assumerolewithsaml') && !hasKey(statement, (key) => /^saml:(?:aud|sub)$/.test(key))
      : coversAction(statement, 'sts:assumerolewithwebidentity') && !namesWebIdentity(statement);
    return isWide ? [`everybody who logs in with ${provider}`] : [];
  });
}

/** `sub` names the identity; a lone star in it does not. `aud` says only for whom the token was made. */
function namesWebIdentity({ conditions }: Statement): boolean {
  return Object.values(conditions).some((tests) =>
    Object.entries(tests).some(
      ([key, values]) => key.toLowerCase().endsWith(':sub') && values.length > 0 && !values.includes('*'),
    ),
  );
}

function namesOf({ principals }: Statement, kind: string): readonly string[] {
  return principals !== null && Object.hasOwn(principals, kind) ? (principals[kind] ?? []) : [];
}

function hasKey({ conditions }: Statement, test: (key: string) => boolean): boolean {
  return Object.values(conditions).some((tests) => Object.keys(tests).some((key) => test(key.toLowerCase())));
}
