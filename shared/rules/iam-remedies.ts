/** A call to IAM that gave something into the commands that show it and take it back. */
import type { CloudTrailEvent } from '../model/records.ts';
import { textIn } from './loose-values.ts';
import { shellLine } from './shell.ts';

/** An operation, and the fields of the request that it takes too. */
type Step = readonly [operation: string, ...fields: string[]];

interface Remedy {
  readonly steps: readonly Step[];
  /** What the call replaced, which its record does not say. */
  readonly last?: string;
}

/** What was put may have stood before, with less in it: it is shown before it goes. */
const REMEDIES: ReadonlyMap<string, Remedy> = new Map([
  ['AddUserToGroup', { steps: [['remove-user-from-group', 'groupName', 'userName']] }],
  ['AttachGroupPolicy', { steps: [['detach-group-policy', 'groupName', 'policyArn']] }],
  ['AttachRolePolicy', { steps: [['detach-role-policy', 'roleName', 'policyArn']] }],
  ['AttachUserPolicy', { steps: [['detach-user-policy', 'userName', 'policyArn']] }],
  ['PutGroupPolicy', { steps: takeAway('group', 'groupName') }],
  ['PutRolePolicy', { steps: takeAway('role', 'roleName') }],
  ['PutUserPolicy', { steps: takeAway('user', 'userName') }],
  ['CreatePolicyVersion', setVersion()],
  ['SetDefaultPolicyVersion', setVersion()],
  ['DeleteRolePermissionsBoundary', setBoundary('role', 'roleName')],
  ['DeleteUserPermissionsBoundary', setBoundary('user', 'userName')],
  ['PutRolePermissionsBoundary', setBoundary('role', 'roleName')],
  ['PutUserPermissionsBoundary', setBoundary('user', 'userName')],
  [
    'UpdateAssumeRolePolicy',
    {
      steps: [['get-role', 'roleName']],
      last: 'put the trust policy back that stood before: aws iam update-assume-role-policy',
    },
  ],
]);

function takeAway(kind: string, name: string): readonly Step[] {
  return [
    [`get-${kind}-policy`, name, 'policyName'],
    [`delete-${kind}-policy`, name, 'policyName'],
  ];
}

function setVersion(): Remedy {
  const last = 'make the version the default again that was it before: aws iam set-default-policy-version';
  return { steps: [['list-policy-versions', 'policyArn']], last };
}

function setBoundary(kind: string, name: string): Remedy {
  const last = `put the boundary back that stood before: aws iam put-${kind}-permissions-boundary`;
  return { steps: [[`get-${kind}`, name]], last };
}

/** None where the call gave nothing, or where its record does not say to whom. */
export function undoIamCall({ eventSource, eventName, succeeded, request }: CloudTrailEvent): readonly string[] {
  const remedy = REMEDIES.get(eventName);
  if (remedy === undefined || eventSource !== 'iam.amazonaws.com' || !succeeded) return [];
  const commands: string[] = [];
  for (const [operation, ...fields] of remedy.steps) {
    const words = fields.flatMap((field) => {
      const value = textIn(request, field);
      return value === null ? [] : [nameFlag(field), value];
    });
    if (words.length < 2 * fields.length) return [];
    commands.push(shellLine('aws', 'iam', operation, ...words));
  }
  return remedy.last === undefined ? commands : [...commands, `# then ${remedy.last}`];
}

/** `roleName` is `--role-name`. */
function nameFlag(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
