/** A loopback server that answers SDK calls as a test says, one after the other, and keeps what was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { type AwsAccess, createAwsAccess } from '../../shared/aws/access.ts';
import type { Timer } from '../../shared/aws/pace.ts';
import { endServer, listenOnLoopback, OPEN_CONNECTIONS, readBody } from './loopback.ts';

export interface AskedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly target: string | undefined;
  readonly userAgent: string | undefined;
  readonly body: string;
}

/** `reset` drops the connection in place of an answer. */
export type AwsAnswer =
  | { readonly status?: number; readonly error?: string; readonly body?: unknown; readonly bytes?: Uint8Array }
  | 'reset';

export interface AwsAnswers {
  readonly access: AwsAccess;
  readonly asked: readonly AskedCall[];
}

const open = new Set<() => Promise<void>>();
afterEach(async () => {
  for (const close of open) await close();
  open.clear();
});

/** Waiting takes no time, and is counted. */
export function createFastTimer(): Timer & { readonly sleptMs: number[] } {
  const sleptMs: number[] = [];
  let nowMs = 0;
  return {
    sleptMs,
    nowMs: () => nowMs,
    sleep: async (ms) => {
      sleptMs.push(ms);
      nowMs += ms;
    },
  };
}

export async function serveAws(answer: (call: AskedCall, number: number) => AwsAnswer): Promise<AwsAnswers> {
  const asked: AskedCall[] = [];
  const server = createServer(OPEN_CONNECTIONS, (request, response) => {
    readBody(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const target = request.headers['x-amz-target'];
      const call: AskedCall = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        target: typeof target === 'string' ? target : undefined,
        userAgent: request.headers['user-agent'],
        body,
      };
      asked.push(call);
      send(answer(call, asked.length), request, response);
    });
  });
  const port = await listenOnLoopback(server);
  open.add(() => endServer(server));
  return { asked, access: createTestAccess(`http://127.0.0.1:${port}`) };
}

export function createTestAccess(endpoint: string, maxAttempts = 2): AwsAccess {
  const credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'example',
    sessionToken: 'example-token',
  };
  return createAwsAccess({
    region: 'eu-central-1',
    version: '0.1.0',
    endpoint,
    credentials: async () => credentials,
    maxAttempts,
    timer: createFastTimer(),
  });
}

function send(answer: AwsAnswer, request: IncomingMessage, response: ServerResponse): void {
  if (answer === 'reset') {
    request.socket.destroy();
    return;
  }
  const status = answer.status ?? (answer.error === undefined ? 200 : 400);
  response.statusCode = status;
  if (answer.error !== undefined) response.setHeader('x-amzn-errortype', answer.error);
  if (answer.bytes !== undefined) response.end(answer.bytes);
  else response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
}
