/** node-groups.json, fargate-profiles.json, pod-identity.json and capabilities.json into the IAM roles that they use. */
import type { Parsed } from '../model/coverage.ts';
import type { WorkloadRole } from '../model/eks.ts';
import { parseArn } from '../rules/arn.ts';
import { isoTime } from '../rules/time.ts';
import { type ClusterText, eksRef, type Item, listDescribed, namesOnly, type OutputShape } from './cluster-text.ts';
import { fieldIn, textIn } from './json-fields.ts';

export type ListedRoleKind = Exclude<WorkloadRole['kind'], 'irsa'>;

interface RoleShape extends OutputShape {
  /** Fields that make up the name, joined by a slash. */
  readonly name: readonly string[];
  readonly roles: readonly string[];
}

const SHAPES: Readonly<Record<ListedRoleKind, RoleShape>> = {
  'node-group': {
    one: 'nodegroup',
    many: ['nodegroups'],
    command: 'aws eks describe-nodegroup',
    name: ['nodegroupName'],
    roles: ['nodeRole'],
  },
  'fargate-profile': {
    one: 'fargateProfile',
    many: ['fargateProfiles', 'fargateProfileNames'],
    command: 'aws eks describe-fargate-profile',
    name: ['fargateProfileName'],
    roles: ['podExecutionRoleArn'],
  },
  'pod-identity': {
    one: 'association',
    many: ['associations'],
    command: 'aws eks describe-pod-identity-association',
    name: ['namespace', 'serviceAccount'],
    roles: ['roleArn', 'targetRoleArn'], // the pod holds the first and assumes the second
  },
  capability: {
    one: 'capability',
    many: ['capabilities'],
    command: 'aws eks describe-capability',
    name: ['capabilityName'],
    roles: ['roleArn'],
  },
};

export function parseWorkloadRoles(kind: ListedRoleKind, source: ClusterText): Parsed<WorkloadRole> {
  const shape = SHAPES[kind];
  const { items, skips } = listDescribed(source, shape);
  const records: WorkloadRole[] = [];
  for (const item of items) {
    const name = nameItem(item, shape);
    const roleArns = shape.roles.flatMap((field) => textIn(item.value, field) ?? []);
    if (name === null) skips.add(`expected the output of ${shape.command}`, item.value, item);
    else if (roleArns.length === 0) skips.add(namesOnly(shape), name, item);
    for (const roleArn of name === null ? [] : roleArns) {
      const at = isoTime(fieldIn(item.value, 'createdAt'));
      if (parseArn(roleArn) === null) skips.add('expected a role ARN', roleArn, item);
      else records.push({ kind, name: name ?? '', roleArn, evidence: eksRef(source, item.line, { id: name, at }) });
    }
  }
  return { records, skips: skips.list() };
}

function nameItem({ value }: Item, { name }: RoleShape): string | null {
  const parts = name.map((field) => textIn(value, field));
  return parts.includes(null) ? null : parts.join('/');
}
