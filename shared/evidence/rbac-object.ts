/** One RBAC object, as the API server prints it, into a role or a binding. */
import type { Ref } from '../model/coverage.ts';
import type {
  Binding,
  BindingKind,
  LabelSelector,
  PolicyRule,
  Role,
  RoleKind,
  Subject,
  SubjectKind,
} from '../model/rbac.ts';
import { isoTime } from '../rules/time.ts';
import { fieldIn, isRecord, itemsIn, textIn, textMapIn, textsIn } from './json-fields.ts';
import type { SkipTally } from './skip-tally.ts';

export interface RbacObject {
  readonly value: unknown;
  readonly kind: string;
  readonly file: string;
  /** Asked where a record is shown or skipped: to count the lines of a large file takes as long as to read it. */
  readonly lineOf: () => number;
}

/** null when the object has no name. */
export function parseRole(object: RbacObject, kind: RoleKind, tally: SkipTally): Role | null {
  const head = parseHead(object, kind === 'ClusterRole', tally);
  if (head === null) return null;
  const rules: PolicyRule[] = [];
  for (const rule of itemsIn(object.value, 'rules') ?? []) {
    if (isRecord(rule)) rules.push(parsePolicyRule(rule));
    else tally.add('expected a rule that is an object, got another type', head.evidence.id, { line: object.lineOf() });
  }
  const selectors = itemsIn(fieldIn(object.value, 'aggregationRule'), 'clusterRoleSelectors') ?? [];
  return { ...head, kind, rules, aggregates: kind === 'ClusterRole' ? selectors.map(parseSelector) : [] };
}

/** null when the object has no name, or refers to no role. */
export function parseBinding(object: RbacObject, kind: BindingKind, tally: SkipTally): Binding | null {
  const head = parseHead(object, kind === 'ClusterRoleBinding', tally);
  if (head === null) return null;
  const roleRef = fieldIn(object.value, 'roleRef');
  const role = { kind: textIn(roleRef, 'kind'), name: textIn(roleRef, 'name') };
  if (role.name === null || (role.kind !== 'ClusterRole' && role.kind !== 'Role')) {
    tally.add('expected a roleRef to a Role or ClusterRole, got none', head.evidence.id, { line: object.lineOf() });
    return null;
  }
  const subjects: Subject[] = [];
  for (const item of itemsIn(object.value, 'subjects') ?? []) {
    const subject = parseSubject(item, head.namespace);
    if (typeof subject === 'string') tally.add(subject, head.evidence.id, { line: object.lineOf() });
    else subjects.push(subject);
  }
  return { ...head, kind, role: { kind: role.kind, name: role.name }, subjects };
}

type Head = Pick<Role, 'name' | 'namespace' | 'labels' | 'annotations' | 'createdAt' | 'evidence'>;

function parseHead({ value, kind, file, lineOf }: RbacObject, isClusterScoped: boolean, tally: SkipTally): Head | null {
  const metadata = fieldIn(value, 'metadata');
  const name = textIn(metadata, 'name');
  if (name === null) {
    tally.add('expected a role or binding with a name, got one without', kind, { line: lineOf() });
    return null;
  }
  const createdAt = isoTime(fieldIn(metadata, 'creationTimestamp'));
  // A published manifest may leave the namespace out: kubectl then takes the context's, `default` where it names none.
  const namespace = isClusterScoped ? null : (textIn(metadata, 'namespace') ?? 'default');
  const evidence: Ref = {
    source: 'rbac',
    id: `${kind}/${namespace ?? '-'}/${name}`,
    at: createdAt,
    file,
    get line() {
      return lineOf();
    },
  };
  const labels = textMapIn(metadata, 'labels');
  return { name, namespace, labels, annotations: textMapIn(metadata, 'annotations'), createdAt, evidence };
}

export function parsePolicyRule(value: unknown): PolicyRule {
  return {
    apiGroups: textsIn(value, 'apiGroups'),
    resources: textsIn(value, 'resources'),
    verbs: textsIn(value, 'verbs'),
    resourceNames: textsIn(value, 'resourceNames'),
    nonResourceURLs: textsIn(value, 'nonResourceURLs'),
  };
}

function parseSelector(value: unknown): LabelSelector {
  return {
    matchLabels: textMapIn(value, 'matchLabels'),
    matchExpressions: (itemsIn(value, 'matchExpressions') ?? []).map((expression) => ({
      key: textIn(expression, 'key') ?? '',
      operator: textIn(expression, 'operator') ?? '',
      values: textsIn(expression, 'values'),
    })),
  };
}

const SUBJECT_KINDS: ReadonlyMap<unknown, SubjectKind> = new Map([
  ['User', 'User'],
  ['Group', 'Group'],
  ['ServiceAccount', 'ServiceAccount'],
]);

/** The subject, or why there is none. The authorizer looks at no apiGroup of a subject, so neither do we. */
function parseSubject(value: unknown, bindingNamespace: string | null): Subject | string {
  const kind = SUBJECT_KINDS.get(fieldIn(value, 'kind'));
  const name = textIn(value, 'name');
  if (kind === undefined) return 'expected a subject that is a User, Group or ServiceAccount, got another kind';
  if (name === null) return 'expected a subject with a name, got one without';
  if (kind !== 'ServiceAccount') return { kind, name, namespace: null };
  // A RoleBinding may leave the namespace out and means its own; in a ClusterRoleBinding such a subject matches nobody.
  const namespace = textIn(value, 'namespace') ?? bindingNamespace;
  return namespace === null
    ? 'expected a namespace on the service account of a ClusterRoleBinding, got none'
    : { kind, name, namespace };
}
