/** The templates into the roles that they make, statement by statement. */
import { type Fields, fieldsAt, isFields, isText, listed, readFunctions, readResources } from './templates.ts';

export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  /** As the template has them: `${Bucket.Arn}/runs/*`. */
  readonly resources: readonly string[];
}

export interface Role {
  /** Its logical name. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

export const AUDIT_ROLE = 'AuditRole';

export function readRoles(root: string): ReadonlyMap<string, Role> {
  const roles = [...readResources(root)].filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return new Map(roles.map(([name, role]) => [name, { name, statements: listStatements(role) }]));
}

function listStatements(role: Fields): readonly Statement[] {
  return listed(fieldsAt(role, 'Properties').Policies)
    .filter(isFields)
    .flatMap((policy) => listed(fieldsAt(policy, 'PolicyDocument').Statement))
    .filter(isFields)
    .map((statement) => ({
      sid: String(statement.Sid),
      actions: listed(statement.Action).filter(isText),
      resources: listed(statement.Resource).filter(isText),
    }));
}

/** The logical name of each function's role, by the function's name: those of osls, and those of other templates. */
export function readRoleNames(root: string): ReadonlyMap<string, string> {
  const deployed = Object.entries(readFunctions(root)).map(([name, settings]): [string, string] => [
    name,
    nameIn(fieldsAt(settings).role),
  ]);
  const others = [...readResources(root).values()]
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map((resource) => fieldsAt(resource, 'Properties'))
    .map(({ FunctionName, Role }): [string, string] => [String(FunctionName).replace(/^keyholder-/, ''), nameIn(Role)]);
  return new Map([...deployed, ...others]);
}

/** `${PlanAuditRole.Arn}`, or the same as !GetAtt has it. */
function nameIn(reference: unknown): string {
  return /^(?:\$\{)?(\w+)\.Arn\}?$/.exec(String(reference))?.[1] ?? '';
}

export function listActions({ statements }: Pick<Role, 'statements'>): readonly string[] {
  return [...new Set(statements.flatMap(({ actions }) => actions))].sort();
}
