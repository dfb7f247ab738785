/**
 * What several versions of Kubernetes ship (output of `scripts/oracles/rbac/bootstrap.sh`) into the table of shared/rules.
 *
 *   sh scripts/oracles/rbac/bootstrap.sh 22 24 26 28 29 30 31 32 33 34 35 36 37 | npx tsx scripts/default-rbac.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { groupBy } from '../shared/rules/lists-by-key.ts';

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}
interface Shipped {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly rules?: readonly Rule[];
  readonly roleKind?: string;
  readonly role?: string;
  readonly subjects?: readonly { readonly kind: string; readonly namespace?: string; readonly name: string }[];
}

/** Published between two releases, and on clusters that run such a build. */
const BETWEEN_RELEASES: readonly Shipped[] = [
  {
    kind: 'ClusterRole',
    name: 'system:controller:horizontal-pod-autoscaler',
    rules: [{ verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*'] }],
  },
];

const released: readonly Shipped[] = readFileSync(0, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const shipped = [...released, ...BETWEEN_RELEASES];

const rulesByRole = groupBy(
  shipped.filter(({ role }) => role === undefined),
  keyOf,
);
const bindings = groupBy(
  shipped.filter(({ role }) => role !== undefined),
  keyOf,
);

writeFileSync(
  new URL('../shared/rules/default-rbac-kubernetes.json', import.meta.url),
  `${JSON.stringify(
    {
      roles: mapEntries(rulesByRole, (all) => mergeRules(all.flatMap(({ rules = [] }) => rules))),
      bindings: mapEntries(bindings, (all) => [
        ...new Set(all.map(({ roleKind, role }) => `${roleKind}/${role}`)),
        ...[...new Set(all.flatMap(({ subjects }) => subjects ?? []).map(renderSubject))].sort(),
      ]),
    },
    null,
    2,
  )}\n`,
);

function keyOf({ kind, namespace, name }: Shipped): string {
  return `${kind}/${namespace ?? '-'}/${name}`;
}

function renderSubject({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): string {
  return [kind, ...(namespace ? [namespace] : []), name].join('/');
}

function mapEntries<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, change(value)]));
}

/** One line of each list of verbs and API group, whatever the versions' own cut: `verbs | group | resources | names`. */
function mergeRules(rules: readonly Rule[]): readonly string[] {
  const single = rules.flatMap((rule) => [
    ...(rule.nonResourceURLs ?? []).flatMap((url) => rule.verbs.map((verb) => ({ verb, object: url, rest: null }))),
    ...(rule.apiGroups ?? []).flatMap((apiGroup) =>
      (rule.resources ?? []).flatMap((object) =>
        rule.verbs.map((verb) => ({
          verb,
          object,
          rest: [apiGroup === '' ? 'core' : apiGroup, join(rule.resourceNames ?? [])],
        })),
      ),
    ),
  ]);
  const byObject = groupBy(single, ({ object, rest }) => JSON.stringify([object, rest]));
  const merged = [...byObject.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : { ...first, verbs: join([first, ...more].map(({ verb }) => verb)) },
  );
  const byVerbs = groupBy(merged, ({ verbs, rest }) => JSON.stringify([verbs, rest]));
  return [...byVerbs.values()]
    .flatMap(([first, ...more]) => (first === undefined ? [] : renderLine(first, [first, ...more])))
    .sort();
}

interface Merged {
  readonly verbs: string;
  readonly object: string;
  readonly rest: readonly string[] | null;
}

function renderLine({ verbs, rest }: Merged, all: readonly Merged[]): string {
  const objects = join(all.map(({ object }) => object));
  if (rest === null) return `${verbs} | ${objects}`;
  const [apiGroup = '', names = ''] = rest;
  return `${verbs} | ${apiGroup} | ${objects}${names === '' ? '' : ` | ${names}`}`;
}

function join(texts: readonly string[]): string {
  return [...new Set(texts)].sort().join(',');
}
