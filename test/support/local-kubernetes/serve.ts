/** A Kubernetes API server over TLS that serves the RBAC objects and the aws-auth of one folder of evidence. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { parse } from 'yaml';
import { listenOnLoopback, OPEN_CONNECTIONS } from '../loopback.ts';
import { makeCertificate } from './certificate.ts';

export interface LocalKubernetes {
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  /** What was asked, in order: method, path and query, and the bearer token. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly token: string }[];
}

export interface LocalKubernetesOptions {
  /** With rbac.json and aws-auth.yaml; without one nothing is there. */
  readonly folder?: string;
  /** Answers in place of the objects, by path without query; `hang` never answers. */
  readonly answers?: Readonly<Record<string, number | 'hang' | 'reset' | 'garbage'>>;
  readonly delayMs?: number;
  /** Items a page, whatever limit was asked for. */
  readonly page?: number;
  /** What an access review of the caller answers; true by default. */
  readonly isAdmin?: boolean;
}

interface KubernetesItem {
  readonly kind: string;
}

const LISTS: ReadonlyMap<string, string> = new Map([
  ['clusterroles', 'ClusterRole'],
  ['clusterrolebindings', 'ClusterRoleBinding'],
  ['roles', 'Role'],
  ['rolebindings', 'RoleBinding'],
]);

export interface ServedKubernetes extends LocalKubernetes {
  readonly close: () => void;
}

export async function serveKubernetes(options: LocalKubernetesOptions = {}): Promise<ServedKubernetes> {
  const { cert, key } = makeCertificate();
  const requests: { method: string; path: string; token: string }[] = [];
  const server = createServer({ cert, key, ...OPEN_CONNECTIONS }, (request, response) => {
    const { method = '', url = '' } = request;
    requests.push({ method, path: url, token: (request.headers.authorization ?? '').replace('Bearer ', '') });
    request.resume();
    setTimeout(() => {
      const answer = answerTo(method, new URL(url, 'https://localhost'), options);
      if (answer === 'hang') return;
      if (answer === 'reset') return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.text);
    }, options.delayMs ?? 0);
  });
  const port = await listenOnLoopback(server);
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { endpoint: `https://localhost:${port}`, ca: cert, requests, close };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function answerTo(
  method: string,
  { pathname, searchParams }: URL,
  { answers = {}, folder, page, isAdmin = true }: LocalKubernetesOptions,
): Answer | 'hang' | 'reset' {
  const planned = answers[pathname] ?? answers['*'];
  if (planned === 'hang' || planned === 'reset') return planned;
  if (planned === 'garbage') return { status: 200, text: '<html>a proxy</html>' };
  if (planned !== undefined) return statusOf(planned);
  if (method === 'POST' && pathname === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') {
    return json(201, { kind: 'SelfSubjectAccessReview', status: { allowed: isAdmin } });
  }
  const kind = LISTS.get(/^\/apis\/rbac\.authorization\.k8s\.io\/v1\/(\w+)$/.exec(pathname)?.[1] ?? '');
  if (kind !== undefined) return pageOf(readItems(folder, kind), { kind, page, searchParams });
  if (pathname !== '/api/v1/namespaces/kube-system/configmaps/aws-auth' || folder === undefined) return statusOf(404);
  const file = join(folder, 'aws-auth.yaml');
  return existsSync(file) ? json(200, parse(readFileSync(file, 'utf8'))) : statusOf(404);
}

function readItems(folder: string | undefined, kind: string): readonly KubernetesItem[] {
  if (folder === undefined) return [];
  const { items }: { items: KubernetesItem[] } = JSON.parse(readFileSync(join(folder, 'rbac.json'), 'utf8'));
  return items.filter((item) => item.kind === kind);
}

interface Paging {
  readonly kind: string;
  readonly page: number | undefined;
  readonly searchParams: URLSearchParams;
}

/** Items of a list do not say what they are, as those of the real server. */
function pageOf(items: readonly KubernetesItem[], { kind, page, searchParams }: Paging): Answer {
  const size = page ?? Number(searchParams.get('limit') ?? items.length);
  const from = Number(searchParams.get('continue') ?? 0);
  const bare = items.slice(from, from + size).map((item) => ({ ...item, kind: undefined, apiVersion: undefined }));
  const next = from + size < items.length ? String(from + size) : '';
  return json(200, { kind: `${kind}List`, metadata: { resourceVersion: '7', continue: next }, items: bare });
}

function statusOf(code: number): Answer {
  return json(code, { kind: 'Status', status: 'Failure', code });
}

function json(status: number, value: unknown): Answer {
  return { status, text: JSON.stringify(value) };
}
