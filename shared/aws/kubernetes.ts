/** A cluster's own API into rbac.json and aws-auth.yaml, as kubectl would have written all that findings point into. */
import type { CoverageStatus, Source, StatedCoverage } from '../model/coverage.ts';
import type { ClusterPlace, LiveRead, LiveTask } from '../ports.ts';
import { callKubernetes, type KubernetesAnswer, type KubernetesServer } from './kubernetes-request.ts';

const RBAC_API = '/apis/rbac.authorization.k8s.io/v1';
const KINDS = [
  ['clusterroles', 'ClusterRole'],
  ['clusterrolebindings', 'ClusterRoleBinding'],
  ['roles', 'Role'],
  ['rolebindings', 'RoleBinding'],
] as const;
const AWS_AUTH = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
/** As kubectl pages. */
const PAGE = 500;
/** A list that changes faster than it can be read ends here. */
const MOST_PAGES = 2_000;

const GIVE_ACCESS =
  'Give the auditor the access entry, role and binding of resources/auditor-access (RBAC objects and aws-auth, no Secrets).';
const REACH_IT =
  'Run from a network that reaches the endpoint, or let resources/in-cluster-collector write the files to the evidence bucket.';

export interface KubernetesTask extends LiveTask {
  readonly place: ClusterPlace;
  readonly server: KubernetesServer;
}

export async function readKubernetesApi(task: KubernetesTask): Promise<LiveRead> {
  const rbac = await readRbac(task);
  // What nobody answers once is not asked a second time: each silence takes the whole timeout.
  const awsAuth = rbac.silent ? { ...rbac, source: 'aws-auth' as const } : await readAwsAuth(task);
  const rows = [rbac, awsAuth].filter(({ status }) => status !== 'complete');
  return {
    coverage: rows.map((row) => cover(row, task.place)),
    queries: [],
    mends: rows.flatMap(({ reason, mend }) => (mend === null ? [] : [{ reason, mend }])),
  };
}

interface Outcome {
  readonly source: Source;
  readonly status: CoverageStatus;
  readonly reason: string;
  readonly mend: string | null;
  readonly silent: boolean;
}

const WHOLE = { status: 'complete', reason: '', mend: null, silent: false } as const;

async function readRbac(task: KubernetesTask): Promise<Outcome> {
  const { place, sink } = task;
  const items: unknown[] = [];
  const faults: Outcome[] = [];
  for (const [resource, kind] of KINDS) {
    const { found, fault } = await listAll(task, resource);
    items.push(...found.map((item) => named(item, kind)));
    if (fault === null) continue;
    faults.push(fault);
    if (fault.silent) break;
  }
  const list = { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
  const [first] = faults;
  if (first !== undefined && items.length === 0) return first;
  await sink.write(`${place.account}/${place.region}/${place.name}/rbac.json`, `${JSON.stringify(list, null, 4)}\n`);
  if (first === undefined) return { source: 'rbac', ...WHOLE };
  return { ...first, status: 'partial', reason: [...new Set(faults.map(({ reason }) => reason))].join('; ') };
}

async function listAll(
  task: KubernetesTask,
  resource: string,
): Promise<{ readonly found: readonly unknown[]; readonly fault: Outcome | null }> {
  const found: unknown[] = [];
  let next = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(next === '' ? {} : { continue: next }) });
    const path = `${RBAC_API}/${resource}?${query}`;
    const answer = await callKubernetes(task.server, { path, signal: task.signal });
    const list = answer.kind === 'answered' && answer.status === 200 ? readList(answer.body) : null;
    if (list === null) return { found, fault: explainAnswer(answer, 'rbac', `list ${resource}`) };
    found.push(...list.items);
    next = list.next;
    if (next === '') return { found, fault: null };
  }
  const reason = `list ${resource} of the Kubernetes API: it did not end within ${MOST_PAGES} pages`;
  return { found, fault: { source: 'rbac', status: 'partial', reason, mend: null, silent: false } };
}

function readList(body: unknown): { readonly items: readonly unknown[]; readonly next: string } | null {
  const { items, metadata } = (body ?? {}) as { items?: unknown; metadata?: { continue?: unknown } };
  // An empty list comes as null from some servers.
  if (items !== null && !Array.isArray(items)) return null;
  const next = metadata?.continue;
  return { items: items ?? [], next: typeof next === 'string' ? next : '' };
}

/** Lists leave out what every item is. */
function named(item: unknown, kind: string): unknown {
  const { metadata, ...rest } = (item ?? {}) as { metadata?: unknown };
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: withoutManagers(metadata), ...rest };
}

/** As kubectl, which shows nobody who manages which field. */
function withoutManagers(metadata: unknown): Record<string, unknown> {
  const { managedFields: _, ...kept } = (metadata ?? {}) as Record<string, unknown>;
  return kept;
}

async function readAwsAuth({ place, server, sink, signal }: KubernetesTask): Promise<Outcome> {
  const answer = await callKubernetes(server, { path: AWS_AUTH, signal });
  const file = `${place.account}/${place.region}/${place.name}/aws-auth.yaml`;
  if (answer.kind === 'answered' && answer.status === 404) {
    // That there is none is an answer, and this is how kubectl words it.
    await sink.write(file, 'Error from server (NotFound): configmaps "aws-auth" not found\n');
    return { source: 'aws-auth', ...WHOLE };
  }
  // A body that is something else would pass for a ConfigMap that maps nobody.
  const isRead = answer.kind === 'answered' && answer.status === 200 && isConfigMap(answer.body);
  if (!isRead) return explainAnswer(answer, 'aws-auth', 'get aws-auth');
  await sink.write(file, renderConfigMap(answer.body));
  return { source: 'aws-auth', ...WHOLE };
}

function isConfigMap(body: unknown): boolean {
  return (body as { kind?: unknown } | null)?.kind === 'ConfigMap';
}

/** Each text of the data on lines of its own, by which its rows are found again; the rest as JSON, which is YAML too. */
function renderConfigMap(body: unknown): string {
  const { data = {}, metadata } = (body ?? {}) as { data?: Record<string, unknown>; metadata?: unknown };
  const texts = Object.entries(sorted(data ?? {}) as object).map(
    ([key, text]) => `  ${/^map\w+$/.test(key) ? key : renderJson(key)}: ${renderText(text)}`,
  );
  return [
    'apiVersion: v1',
    ...(texts.length === 0 ? ['data: {}'] : ['data:', ...texts]),
    'kind: ConfigMap',
    `metadata: ${renderJson(sorted(withoutManagers(metadata)))}`,
    '',
  ].join('\n');
}

/** What begins with a blank, or holds what does not show, would be another text as a block. */
const BLOCK = /^(?!\s)[\x20-\x7e\n\u00a0-\u2027\u202a-\ud7ff]+$/;

function renderText(text: unknown): string {
  if (typeof text !== 'string' || !BLOCK.test(text)) return renderJson(text);
  const ending = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  return `|${ending}\n${text.replace(/\n$/, '').replace(/^(?=.)/gm, '    ')}`;
}

/** In ASCII: YAML 1.1 breaks lines at characters that JSON leaves as they are. */
function renderJson(value: unknown): string {
  const spell = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, spell);
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** 401, 403, another answer and none: each has a reason and a mend of its own. */
export function explainAnswer(answer: KubernetesAnswer, source: Source, what: string): Outcome {
  const base = { source, silent: false } as const;
  const of = `${what} of the Kubernetes API`;
  if (answer.kind === 'silent') {
    return { source, status: 'unavailable', reason: `${of}: ${answer.reason}`, mend: REACH_IT, silent: true };
  }
  switch (answer.status) {
    case 401:
      return { ...base, status: 'denied', reason: `${of}: 401, the caller is not mapped`, mend: GIVE_ACCESS };
    case 403:
      return {
        ...base,
        status: 'denied',
        reason: `${of}: 403, the caller is mapped without this right`,
        mend: GIVE_ACCESS,
      };
    default:
      return {
        ...base,
        status: 'unavailable',
        reason: `${of}: expected a list or object, got HTTP ${answer.status}`,
        mend: null,
      };
  }
}

function cover({ source, status, reason }: Outcome, { account, region, name }: ClusterPlace): StatedCoverage {
  return { source, account, region, cluster: name, part: null, status, window: null, reason };
}
