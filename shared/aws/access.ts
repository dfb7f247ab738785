/** One set of credentials into SDK clients of any region: their calls are paced, counted and retried alike. */
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { type CallCount, type CallCounts, createCallCounts } from './call-counts.ts';
import { createPaces, type PacedCall, SYSTEM_TIMER, type Timer } from './pace.ts';
import { partitionOf } from './partition.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}
export type CredentialSource = () => Promise<AwsCredentials>;

export interface AwsAccessOptions {
  /** Where STS, and what has no region of its own, is asked. */
  readonly region: string;
  /** Of Keyholder, for the user agent. */
  readonly version: string;
  readonly profile?: string | undefined;
  /** Stands in for the endpoints of every service. */
  readonly endpoint?: string | undefined;
  /** Stands in for the usual chain: environment, profile, container, instance. */
  readonly credentials?: CredentialSource | undefined;
  readonly maxAttempts?: number | undefined;
  readonly requestTimeoutMs?: number | undefined;
  readonly timer?: Timer | undefined;
  /** How many processes keep to the same rates at once. */
  readonly sharedBy?: number | undefined;
}

/** What every client is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: CredentialSource;
  readonly endpoint?: string;
  readonly retryMode: 'standard';
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    readonly socketTimeout: number;
    readonly connectionTimeout: number;
  };
  readonly customUserAgent: [string, string][];
}

export interface AwsAccess {
  /** Whose resources it reads; null until the caller is known. */
  readonly account: string | null;
  readonly partition: string;
  readonly region: string;
  readonly timer: Timer;
  readonly credentials: CredentialSource;
  readonly configOf: (region: string) => ClientConfig;
  /** One client a class and region: its connections and its knowledge of being throttled are shared. */
  readonly clients: Map<unknown, Map<string, unknown>>;
  readonly counts: CallCounts;
  readonly wait: (call: PacedCall) => Promise<void>;
  readonly options: AwsAccessOptions;
}

const MAX_ATTEMPTS = 6;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

export function createAwsAccess(options: AwsAccessOptions): AwsAccess {
  const timer = options.timer ?? SYSTEM_TIMER;
  const { profile } = options;
  const credentials = options.credentials ?? fromNodeProviderChain(profile === undefined ? {} : { profile });
  const shared = { counts: createCallCounts(), wait: createPaces(timer, options.sharedBy) };
  return buildAccess({
    account: null,
    partition: partitionOf(options.region).name,
    credentials,
    options,
    timer,
    ...shared,
  });
}

export interface EnteredAccount {
  readonly account: string;
  readonly partition: string;
}

/** The account that the credentials lead to, once it is known. */
export function enterAccount(access: AwsAccess, entered: EnteredAccount): AwsAccess {
  return buildAccess({ ...access, ...entered });
}

/** SDK clients differ in type only; what a config must hold is the same for each. */
export function createClient<Client extends object>(
  access: AwsAccess,
  ClientClass: new (config: ClientConfig) => Client,
  region: string,
): Client {
  const ofClass = access.clients.get(ClientClass) ?? new Map<string, unknown>();
  access.clients.set(ClientClass, ofClass);
  const known = ofClass.get(region);
  if (known instanceof ClientClass) return known;
  const client = new ClientClass(access.configOf(region));
  watchCalls(access, client as unknown as Watchable, region);
  ofClass.set(region, client);
  return client;
}

export function listCalls(access: AwsAccess): readonly CallCount[] {
  return access.counts.list();
}

/** Lets go of every connection, so that a process can end. */
export function closeClients(access: AwsAccess): void {
  for (const ofClass of access.clients.values()) {
    for (const client of ofClass.values()) (client as { destroy: () => void }).destroy();
  }
  access.clients.clear();
}

function buildAccess(from: Omit<AwsAccess, 'region' | 'clients' | 'configOf'>): AwsAccess {
  const { options, credentials } = from;
  const { endpoint, maxAttempts = MAX_ATTEMPTS, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const configOf = (region: string): ClientConfig => ({
    region,
    credentials,
    ...(endpoint === undefined ? {} : { endpoint }),
    // The pace keeps the rate; the adaptive mode goes down to one call in two seconds after a single throttling.
    retryMode: 'standard',
    maxAttempts,
    requestHandler: {
      requestTimeout: requestTimeoutMs,
      // Without it, a request that takes too long is warned of and waited for.
      throwOnRequestTimeout: true,
      // An answer that stops halfway.
      socketTimeout: requestTimeoutMs,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
    },
    customUserAgent: [['keyholder', options.version]],
  });
  return { ...from, region: options.region, clients: new Map(), configOf };
}

type Next = (args: unknown) => Promise<unknown>;
type Middleware = (next: Next, context: { commandName?: string; clientName?: string }) => Next;

/** The part of an SDK client that its types hide behind its own inputs and outputs. */
interface Watchable {
  readonly middlewareStack: { add: (middleware: Middleware, options: object) => void };
}

function watchCalls(access: AwsAccess, client: Watchable, region: string): void {
  const account = access.account ?? 'caller';
  const name = (context: Parameters<Middleware>[1]): PacedCall => ({
    account,
    region,
    service: serviceOf(context.clientName ?? ''),
    operation: (context.commandName ?? '').replace(/Command$/, ''),
  });
  const count: Middleware = (next, context) => (args) => {
    access.counts.addCall(name(context));
    return next(args);
  };
  // Inside of the retries: a repeated attempt waits for its turn like a first one.
  const attempt: Middleware = (next, context) => async (args) => {
    const call = name(context);
    await access.wait(call);
    access.counts.addAttempt(call);
    return next(args);
  };
  client.middlewareStack.add(count, { step: 'initialize', name: 'countCalls' });
  client.middlewareStack.add(attempt, { step: 'finalizeRequest', priority: 'low', name: 'paceAttempts' });
}

/** Clients whose name is not the prefix of their IAM actions. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['CloudWatchLogsClient', 'logs'],
  ['SSOAdminClient', 'sso'],
]);

function serviceOf(clientName: string): string {
  return PREFIXES.get(clientName) ?? clientName.replace(/Client$/, '').toLowerCase();
}
