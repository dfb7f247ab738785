/** The story of a first answer: the kubeconfig, who the caller is, one description and one request, within seconds. */
import { findKubeconfigEntry, parseKubeconfig } from '../evidence/kubeconfig.ts';
import { answerFirst } from '../explain/first-answer.ts';
import type { AccessLook, OpenAccessLook } from '../live-ports.ts';
import type { FirstAnswer, KubeconfigEntry, Looked } from '../model/first-answer.ts';
import type { LiveAccess } from '../ports.ts';

export interface FirstQuestion {
  readonly cluster: string;
  readonly account: string | null;
  /** As the flags or the environment say; null: only the kubeconfig can tell. */
  readonly region: string | null;
  readonly profile: string | null;
  readonly roleArn: string | null;
  readonly endpoint: string | null;
  readonly kubeconfigs: readonly { readonly file: string; readonly text: string }[];
  readonly now: string;
  /** Of the whole answer: what has not come by then is told as out of time. */
  readonly signal: AbortSignal;
}

/** null when no region is known, neither to the flags nor to kubectl. */
export async function answerFirstLook(open: OpenAccessLook, question: FirstQuestion): Promise<FirstAnswer | null> {
  const { cluster, account, signal, now } = question;
  const kubeconfig = findEntry(question);
  const region = question.region ?? kubeconfig?.region ?? null;
  if (region === null) return null;
  const access = { region, profile: question.profile, roleArn: question.roleArn, endpoint: question.endpoint };
  const own = open(access, signal);
  const other = kubeconfig === null ? null : openOther(open, { kubeconfig, access, signal });
  const coming = other ?? own;
  const [shell, kubectl, described] = await Promise.all([
    inTime(own.identify(), signal),
    other === null ? null : inTime(other.identify(), signal),
    inTime(coming.describe(cluster), signal),
  ]);
  const server = findServer(described, kubeconfig);
  const isSomebody = (kubectl ?? shell).failure === null;
  const api = server === null || !isSomebody ? null : await coming.ask(cluster, server);
  return answerFirst({ cluster, region, account, shell, kubeconfig, kubectl, described, api }, now);
}

function findEntry({ kubeconfigs, cluster, region, account }: FirstQuestion): KubeconfigEntry | null {
  const entries = kubeconfigs.flatMap(({ text, file }) => parseKubeconfig(text, file));
  return findKubeconfigEntry(entries, { cluster, region, account });
}

interface Coming {
  readonly kubeconfig: KubeconfigEntry;
  readonly access: Pick<LiveAccess, 'region' | 'profile' | 'roleArn' | 'endpoint'>;
  readonly signal: AbortSignal;
}

/** null where kubectl comes with what the shell has. */
function openOther(open: OpenAccessLook, { kubeconfig, access, signal }: Coming): AccessLook | null {
  const { profile, roleArn } = kubeconfig;
  const isSame = (profile === null || profile === access.profile) && roleArn === access.roleArn;
  if (isSame || (profile === null && roleArn === null)) return null;
  return open({ ...access, profile: profile ?? access.profile, roleArn }, signal);
}

/** Without eks:DescribeCluster, kubectl's own configuration says where the API server is. */
function findServer(described: Awaited<ReturnType<AccessLook['describe']>>, kubeconfig: KubeconfigEntry | null) {
  const { endpoint = null, ca = null } = described.value ?? {};
  if (endpoint !== null && ca !== null) return { endpoint, ca };
  if (described.failure?.kind === 'missing' || kubeconfig === null) return null;
  return kubeconfig.server === null || kubeconfig.ca === null
    ? null
    : { endpoint: kubeconfig.server, ca: kubeconfig.ca };
}

/** Whatever a credential process or an SDK retry does, the answer comes. */
function inTime<T>(looking: Promise<Looked<T>>, signal: AbortSignal): Promise<Looked<T>> {
  const late: Looked<T> = { value: null, failure: { kind: 'network', reason: 'no answer in time', mend: null } };
  if (signal.aborted) return Promise.resolve(late);
  return Promise.race([
    looking,
    new Promise<Looked<T>>((resolve) => signal.addEventListener('abort', () => resolve(late), { once: true })),
  ]);
}
