/** The roles of the stack into docs/permissions.md. */
import { FREE, listPlatformActions, RENAMED, UNSCOPED } from './permission-rules.ts';
import { AUDIT_ROLE, type Role, readRoleNames, readRoles, type Statement } from './roles.ts';

export function renderPermissionsPage(root: string): string {
  const roles = readRoles(root);
  const functions = [...readRoleNames(root)].map(([name, role]) => ({ name, role: roles.get(role) }));
  const own = new Set(functions.map(({ role }) => role?.name));
  const services = [...roles.values()].filter(({ name }) => name !== AUDIT_ROLE && !own.has(name));
  const audit = roles.get(AUDIT_ROLE);
  return [
    '# Permissions',
    '<!-- Written by npm run docs from serverless.yml, resources/ and scripts/permission-rules.ts: edit those. -->',
    'Each function has a role of its own. `test/permissions.test.ts` holds it to what the bundle of the function calls: an action too many fails it as one too few does. No action is a pattern, and nothing here writes to a cluster or to the account of one.',
    '## Functions',
    ...functions.flatMap(({ name, role }) => (role === undefined ? [] : renderRole(name, role, true))),
    '## The audit role',
    'In every account, the home account too (`resources/member-account.yml`). Whatever a function reads of an account it reads through this role, which the functions named in its trust policy may assume with the external id, and nobody else.',
    ...(audit === undefined ? [] : [renderStatements(audit.statements)]),
    'Inside a cluster it reads what `resources/auditor-access/rbac.yaml` gives its group: RBAC objects and the ConfigMap aws-auth.',
    '## Services of AWS',
    ...services.flatMap((role) => renderRole(role.name, role, false)),
    '## What stands on every resource',
    table(
      ['action', 'why nothing narrower'],
      [...UNSCOPED].map(([action, reason]) => [code(action), reason]),
    ),
    '## Operations and actions',
    'An operation of the SDK needs the action of its name, but for these:',
    table(
      ['operation', 'action'],
      [
        ...[...RENAMED].map(([operation, action]) => [code(operation), code(action)]),
        ...[...FREE].map(([operation, reason]) => [code(operation), `none. ${reason}`]),
      ],
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function renderRole(title: string, role: Role, isFunction: boolean): readonly string[] {
  const platform = listPlatformActions(role.name, isFunction).map(
    ({ actions, reason }) => `- ${actions.map(code).join(', ')}: ${reason}`,
  );
  const note = isFunction ? 'Not called by its code, but by AWS with its role:' : 'What for:';
  return [`### ${title}`, renderStatements(role.statements), note, platform.join('\n')];
}

function renderStatements(statements: readonly Statement[]): string {
  return table(
    ['statement', 'actions', 'resources'],
    statements.map(({ sid, actions, resources }) => [sid, lines(actions), lines(resources)]),
  );
}

function lines(texts: readonly string[]): string {
  return texts.map(code).join('<br>');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
