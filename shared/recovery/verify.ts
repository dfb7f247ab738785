/** A question to the API server into a shell command that waits until it is answered, and says what the answer means. */
import type { RecoveryPlan } from '../model/recovery.ts';
import { kubectl } from '../rules/kube-commands.ts';
import { quoteShell } from '../rules/shell.ts';

/** EKS takes some seconds, and up to a minute or two, to know of a change everywhere. */
const TRIES = 12;
const PAUSE_SECONDS = 10;

interface Reading {
  readonly answer: string;
  /** Shell patterns of what kubectl prints. */
  readonly patterns: readonly string[];
  readonly means: string;
  readonly next: string;
}

const READINGS: readonly Reading[] = [
  {
    answer: '401 Unauthorized',
    patterns: ['*Unauthorized*', '*"must be logged in"*', '*"provide credentials"*'],
    means: 'the cluster does not know this identity, or not yet',
    next: 'Wait two minutes and check again; then compare aws sts get-caller-identity with the principal of this way.',
  },
  {
    answer: '403 Forbidden',
    patterns: ['*orbidden*'],
    means: 'the login works; the grant is missing, or not there yet',
    next: 'Wait two minutes and check again; then look at the policy or binding of this way.',
  },
  {
    answer: 'AccessDenied by IAM',
    patterns: ['*AccessDenied*'],
    means: 'IAM or STS refuses; the cluster was not even asked',
    next: 'Hand the message of this way to whoever must approve, or go on to the next way.',
  },
  {
    answer: 'timeout or no such host',
    patterns: ['*timeout*', '*"timed out"*', '*"deadline exceeded"*', '*"no such host"*', '*refused*'],
    means: 'the API server is not reached from here',
    next: 'It says nothing about access. Check again from inside the VPC: the endpoint may be private, or held to other networks.',
  },
];

/** What a check may print, for people and machines that read it without the shell. */
export function listReadings(): RecoveryPlan['readings'] {
  return READINGS.map(({ answer, means, next }) => ({ answer, means, next }));
}

interface Question {
  readonly ask: string;
  /** Shell pattern of the answer that is wanted. */
  readonly wanted: string;
  readonly success: string;
}

/** Reads, and changes nothing. */
export function checkAdmin(): string {
  return waitFor({
    ask: kubectl('get', 'clusterrolebinding', 'cluster-admin', '-o', 'name', '--request-timeout=10s'),
    wanted: 'clusterrolebinding*',
    success: 'It works: this identity may read the RBAC of the whole cluster',
  });
}

export function checkNodes(): string {
  return waitFor({
    ask: kubectl('get', 'nodes', '--no-headers', '--request-timeout=10s'),
    wanted: '*" Ready "*',
    success: 'Ready: nodes report; kubectl get nodes shows those that do not',
  });
}

export function checkAwsAuth(): string {
  return waitFor({
    ask: kubectl('-n', 'kube-system', 'get', 'configmap', 'aws-auth', '-o', 'name', '--request-timeout=10s'),
    wanted: 'configmap*',
    success: 'aws-auth is there; the people of its rows can log in again',
  });
}

function waitFor({ ask, wanted, success }: Question): string {
  const tries = Array.from({ length: TRIES }, (_, index) => index + 1).join(' ');
  const loop = `for try in ${tries}; do answer=$(${ask} 2>&1) || true; case $answer in ${wanted}) break;; esac; sleep ${PAUSE_SECONDS}; done`;
  const branches = READINGS.map(
    ({ answer, patterns, means }) => `${patterns.join('|')}) ${say(`${answer}: ${means}`)};;`,
  );
  return `${loop}; case $answer in ${wanted}) ${say(success)};; ${branches.join(' ')} *) printf '%s\\n' "$answer";; esac`;
}

function say(text: string): string {
  return `echo ${quoteShell(text)}`;
}
