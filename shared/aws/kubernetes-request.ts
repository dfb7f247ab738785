/** One request to a Kubernetes API server into its answer, or why there was none. */
import { request } from 'node:https';

export interface KubernetesServer {
  /** https://… as DescribeCluster gives it. */
  readonly endpoint: string;
  /** PEM: one certificate, or two while the authority is being changed. */
  readonly ca: string;
  readonly token: () => Promise<string>;
  readonly timeoutMs: number;
}

export type KubernetesAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'silent'; readonly reason: string; readonly code: string };

export interface KubernetesCall {
  /** With its query. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Sent by POST, as JSON; without one it is a GET. */
  readonly body?: unknown;
}

/** The API server sends pages; a larger answer is none of its own. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Throws nothing: what keeps the answer away is an answer too. */
export async function callKubernetes(server: KubernetesServer, call: KubernetesCall): Promise<KubernetesAnswer> {
  try {
    const token = await server.token();
    return await send(server, token, call);
  } catch (error) {
    return describeSilence(error, server);
  }
}

function send(server: KubernetesServer, token: string, call: KubernetesCall): Promise<KubernetesAnswer> {
  const payload = call.body === undefined ? null : JSON.stringify(call.body);
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(server.timeoutMs)]);
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'user-agent': 'keyholder',
      ...(payload === null ? {} : { 'content-type': 'application/json' }),
    };
    const method = payload === null ? 'GET' : 'POST';
    // A connection of its own for each call: nothing is left open that would keep the process alive.
    const options = { method, headers, ca: server.ca, signal, agent: false } as const;
    const sent = request(new URL(call.path, server.endpoint), options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) response.destroy(new Error('the answer is larger than 64 MiB'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('aborted', () => reject(new Error('the connection broke off')));
      response.on('end', () => {
        const body = parseBody(Buffer.concat(chunks).toString('utf8'));
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body });
      });
    });
    sent.on('error', reject);
    sent.end(payload ?? undefined);
  });
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'the name of the endpoint does not resolve'],
  ['EAI_AGAIN', 'the name of the endpoint does not resolve now'],
  ['ECONNREFUSED', 'the endpoint refuses connections'],
  ['ECONNRESET', 'the connection broke off'],
  ['EHOSTUNREACH', 'there is no route to the endpoint'],
  ['ENETUNREACH', 'there is no route to the endpoint'],
  ['ETIMEDOUT', 'the endpoint does not answer'],
]);

/** Says nothing of the request itself: it carries the token. */
function describeSilence(error: unknown, { timeoutMs }: KubernetesServer): KubernetesAnswer {
  const { name, code } = inspect(error);
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') {
    const reason = `no answer within ${timeoutMs / 1000} s: the endpoint cannot be reached from here`;
    return { kind: 'silent', reason, code: 'timeout' };
  }
  if (name === 'AbortError') return { kind: 'silent', reason: 'out of time', code: 'aborted' };
  const known = REASONS.get(code);
  if (known !== undefined) return { kind: 'silent', reason: `${known} (${code})`, code };
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) {
    const reason = `the certificate of the endpoint is not one of the cluster's authority (${code}): something stands between`;
    return { kind: 'silent', reason, code };
  }
  const words = error instanceof Error && code === '' && name === 'Error' ? error.message : code || name;
  return { kind: 'silent', reason: `no answer that could be read (${words})`, code: code || name };
}

function inspect(error: unknown): { readonly name: string; readonly code: string } {
  if (!(error instanceof Error)) return { name: '', code: '' };
  const gathered: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  const codes = [error, ...gathered].map((one) => (one as { code?: unknown } | undefined)?.code);
  const cause = error.cause instanceof Error ? error.cause.name : '';
  const name = cause === 'TimeoutError' ? cause : error.name;
  return { name, code: codes.find((code): code is string => typeof code === 'string' && code !== 'ABORT_ERR') ?? '' };
}
