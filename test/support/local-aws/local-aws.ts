/** An evidence folder into an HTTP server that answers as AWS would: one endpoint for every service, region and account. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { endServer, listenOnLoopback, OPEN_CONNECTIONS } from '../loopback.ts';
import { type HttpAnswer, renderError } from './answers.ts';
import { answerCall, type CallRecord, type Desk } from './desk.ts';
import { AwsError } from './errors.ts';
import { type Estate, readEstate } from './estate.ts';
import { createFaults, type Injection } from './faults.ts';
import { type CallerOptions, type Credentials, createIdentities } from './identities.ts';
import { createThrottle, type Limits } from './limits.ts';
import type { Query } from './logs-queries.ts';
import { readRequest, readScope } from './requests.ts';
import type { Buckets } from './s3.ts';
import { createServices } from './services.ts';
import type { PublishedMessage } from './sns.ts';
import { fillTrailBucket, type TrailBucket } from './trail-bucket.ts';

export interface LocalAwsOptions {
  /** The evidence folder that is served. */
  readonly folder: string;
  /** Epoch milliseconds; by default it goes on from where the manifest says that the folder was collected. */
  readonly clock?: () => number;
  /** Items of a page, by `service:Operation` or, as `default`, of every list. */
  readonly pageSizes?: Readonly<Record<string, number>>;
  /** Calls a second by `service:Operation`, beside the published limits; Infinity for none. */
  readonly limits?: Limits;
  /** Each answer takes this long. */
  readonly latencyMs?: number;
  /** A slow answer takes this long. */
  readonly slowMs?: number;
  /** The records of the evidence also lie in this bucket, as a trail writes them. */
  readonly trail?: TrailBucket;
  /** Buckets that are there, and empty. */
  readonly buckets?: readonly string[];
}

export interface LocalAws {
  /** For `endpoint` of any SDK client, and `--endpoint-url`. */
  readonly url: string;
  readonly credentials: (options: CallerOptions) => Credentials;
  /** A role that may be assumed, with what it may do; roles of iam.json may be assumed as they are. */
  readonly addRole: (roleArn: string, rights?: Pick<CallerOptions, 'allow' | 'deny'>) => void;
  readonly inject: (injection: Injection) => void;
  /** Injections that met no call. */
  readonly unmet: () => readonly Injection[];
  /** Every call in the order of arrival. */
  readonly calls: readonly CallRecord[];
  /** By `account/region/service:Operation`. */
  readonly countCalls: () => Readonly<Record<string, number>>;
  /** What a model forbids in a request or an answer: expect this to be empty. */
  readonly problems: readonly string[];
  /** Insights queries by id, with how far each came: one that is Scheduled or Running at the end was left behind. */
  readonly queries: ReadonlyMap<string, Query>;
  readonly buckets: Buckets;
  readonly published: readonly PublishedMessage[];
  readonly close: () => Promise<void>;
}

const PAGE_SIZES = { default: 2, 'cloudtrail:LookupEvents': 50, 'logs:GetQueryResults': 1000 };
const SLOW_MS = 60_000;

export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const identities = createIdentities();
  const faults = createFaults();
  const calls: CallRecord[] = [];
  const problems: string[] = [];
  const estate = readEstate(options.folder);
  const published: PublishedMessage[] = [];
  const kept = {
    identities,
    queries: new Map<string, Query>(),
    buckets: createBuckets(estate, options),
    trail: options.trail,
    published,
  };
  const desk: Desk = {
    estate,
    services: createServices(kept),
    identities,
    faults,
    throttle: createThrottle(options.limits ?? {}),
    clock: options.clock ?? clockFrom(estate.collectedAt),
    pageSizes: new Map(Object.entries({ ...PAGE_SIZES, ...options.pageSizes })),
    calls,
    problems,
  };
  const { latencyMs = 0, slowMs = SLOW_MS } = options;
  const waits = new Set<NodeJS.Timeout>();
  const server = createServer(OPEN_CONNECTIONS, (request, response) => {
    respond(desk, request).then(
      (answer) => send(response, answer, { waits, waitMs: answer.fault === 'slow' ? slowMs : latencyMs }),
      () => response.destroy(),
    );
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    url,
    credentials: identities.issue,
    addRole: (roleArn, rights = {}) => identities.addRole(roleArn, rights),
    inject: faults.inject,
    unmet: faults.unmet,
    calls,
    countCalls: () => count(calls),
    problems,
    queries: kept.queries,
    buckets: kept.buckets,
    published: kept.published,
    close: () => close(server, waits),
  };
}

function createBuckets(estate: Estate, { trail, buckets = [] }: LocalAwsOptions): Buckets {
  const empty = buckets.map((name) => [name, new Map()] as const);
  return new Map([...empty, ...(trail === undefined ? [] : [[trail.bucket, fillTrailBucket(estate, trail)] as const])]);
}

function clockFrom(collectedAt: number | undefined): () => number {
  const started = Date.now();
  return () => (collectedAt ?? started) + Date.now() - started;
}

interface Sent extends HttpAnswer {
  readonly fault?: 'reset' | 'half-answer' | 'slow' | undefined;
}

async function respond(desk: Desk, message: IncomingMessage): Promise<Sent> {
  const request = await readRequest(message);
  const scope = readScope(request);
  if (scope === undefined) {
    desk.problems.push(`${request.method} ${request.path}: no signature of a service that is served here`);
    return renderError(
      undefined,
      new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', { status: 403 }),
    );
  }
  return answerCall(desk, request, scope);
}

interface Sending {
  readonly waits: Set<NodeJS.Timeout>;
  readonly waitMs: number;
}

function send(response: ServerResponse, answer: Sent, { waits, waitMs }: Sending): void {
  const write = (): void => {
    if (answer.fault === 'reset') response.socket?.resetAndDestroy();
    else {
      response.writeHead(answer.status, { 'content-length': answer.body.length, ...answer.headers });
      if (answer.fault !== 'half-answer') response.end(answer.body);
      else response.write(answer.body.subarray(0, answer.body.length >> 1), () => response.destroy());
    }
  };
  if (waitMs === 0) {
    write();
    return;
  }
  const wait = setTimeout(() => {
    waits.delete(wait);
    write();
  }, waitMs);
  waits.add(wait);
}

function count(calls: readonly CallRecord[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { account, region, name } of calls) {
    const key = `${account}/${region}/${name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function close(server: Server, waits: Set<NodeJS.Timeout>): Promise<void> {
  for (const wait of waits) clearTimeout(wait);
  return endServer(server);
}
