/** The rows that go into steps that take a few of them out of aws-auth at a time, dead ones first and admins last. */
import type { AwsAuthRow } from '../model/aws-auth.ts';
import type { Facts } from '../model/facts.ts';
import type { MigrationStep } from '../model/migration.ts';
import { renderRows } from '../rules/aws-auth-text.ts';
import { kubectl } from '../rules/kube-commands.ts';
import { type Draft, isKept } from './draft.ts';
import { formGroups } from './groups.ts';
import { patchAwsAuth, type SectionChange, showDenials } from './step-commands.ts';

export interface Removal {
  readonly draft: Draft;
  readonly facts: Facts;
  readonly rankOf: (principalArn: string) => number;
  /** A copy of aws-auth as it was. */
  readonly backup: string;
}

const SECTIONS = ['mapRoles', 'mapUsers'] as const;

export function removeRows(removal: Removal): readonly MigrationStep[] {
  const { awsAuth, cluster } = removal.facts;
  if (awsAuth === null) return [];
  const groups = groupRows(removal);
  // A section that nobody can read is left as it is.
  const sections = SECTIONS.filter(
    (name) => !awsAuth.lostSections.includes(name) && awsAuth.rows.some(({ section }) => section === name),
  );
  const gone = new Set<AwsAuthRow>();
  let texts: ReadonlyMap<string, string> = new Map();
  return groups.map((group, index): MigrationStep => {
    const isFirst = index === 0;
    const earlier = texts;
    for (const row of group) gone.add(row);
    const left = awsAuth.rows.filter((row) => !gone.has(row));
    texts = new Map(sections.map((name) => [name, renderRows(left.filter(({ section }) => section === name))]));
    const changes = sections.map(
      (section): SectionChange => ({
        section,
        before: earlier.get(section) ?? null,
        after: texts.get(section) ?? '',
      }),
    );
    return {
      id: `rows-${index + 1}`,
      title: `Take rows out of aws-auth, group ${index + 1} of ${groups.length}`,
      text: `${tellRows(group)} Nothing changes for anybody who has an entry. It is refused when aws-auth was changed in between: then plan again.`,
      isOneWay: false,
      commands: [patchAwsAuth(changes, isFirst ? awsAuth.resourceVersion : null)],
      checks: [showDenials(cluster), kubectl('get', 'nodes')],
      undo: isFirst ? [kubectl('replace', '-f', removal.backup)] : [patchAwsAuth(changes.map(turnAround), null)],
    };
  });
}

function turnAround({ section, before, after }: SectionChange): SectionChange {
  return { section, before: after, after: before ?? '' };
}

/** Those that do nothing in one group; then a few at a time, from the least to the most. */
function groupRows({ draft, rankOf }: Removal): readonly (readonly AwsAuthRow[])[] {
  const going = draft.decided.filter((each) => each.mapping?.row != null && !isKept(each, draft.target));
  const isAwaited = ({ decision }: (typeof going)[number]): boolean =>
    decision.decision === 'left-to-eks' && decision.entry !== null;
  const dead = going.filter(({ decision }) => decision.decision === 'dropped');
  const live = going
    .filter((each) => each.decision.decision !== 'dropped' && !isAwaited(each))
    .sort((a, b) => rankOf(a.mapping?.principal.arn ?? '') - rankOf(b.mapping?.principal.arn ?? ''));
  return [dead, ...formGroups(live)]
    .filter((group) => group.length > 0)
    .map((group) => group.flatMap(({ mapping }) => mapping?.row ?? []));
}

function tellRows(rows: readonly AwsAuthRow[]): string {
  const names = rows.slice(0, 5).map(({ arn }) => arn);
  const more = rows.length > names.length ? ` and ${rows.length - names.length} more` : '';
  return `${names.join(', ')}${more}.`;
}
