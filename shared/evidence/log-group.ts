/** log-group.json into the cluster's control-plane log group; null when it lists none of that name. */
import type { Skip } from '../model/coverage.ts';
import type { LogGroup } from '../model/eks.ts';
import { isoTime } from '../rules/time.ts';
import { type ClusterText, eksRef, type Item, listDescribed, type OutputShape } from './cluster-text.ts';
import { fieldIn, textIn } from './json-fields.ts';

const SHAPE: OutputShape = { one: 'logGroup', many: ['logGroups'], command: 'aws logs describe-log-groups' };

export function parseLogGroup(source: ClusterText): {
  readonly logGroup: LogGroup | null;
  readonly skips: readonly Skip[];
} {
  const { items, skips } = listDescribed(source, SHAPE);
  const wanted = `/aws/eks/${source.place.name}/cluster`;
  let logGroup: LogGroup | null = null;
  for (const item of items) {
    const name = textIn(item.value, 'logGroupName');
    if (name === null) skips.add(`expected the output of ${SHAPE.command}`, item.value, item);
    // The command asks by prefix, so that groups of clusters with longer names come along.
    else if (name === wanted && logGroup === null) logGroup = describeGroup(source, item, name);
  }
  return { logGroup, skips: skips.list() };
}

function describeGroup(source: ClusterText, { value, line }: Item, name: string): LogGroup {
  const retention = fieldIn(value, 'retentionInDays');
  return {
    name,
    retentionDays: typeof retention === 'number' ? retention : null,
    logClass: textIn(value, 'logGroupClass'),
    evidence: eksRef(source, line, { id: name, at: isoTime(fieldIn(value, 'creationTime')) }),
  };
}
