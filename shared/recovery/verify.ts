/** Questions to the API server into shell commands that wait until they are answered, and say what each answer means. */
import type { RecoveryPlan } from '../model/recovery.ts';
import { kubectl } from '../rules/kube-commands.ts';
import { quoteShell, shellLine } from '../rules/shell.ts';

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
    means: 'the cluster does not know this identity (yet)',
    next: 'Wait two minutes and check again; then compare aws sts get-caller-identity with the principal of this way.',
  },
  {
    answer: '403 Forbidden',
    patterns: ['*orbidden*'],
    means: 'the login works; no grant, or not yet',
    next: 'Wait two minutes and check again; then look at the policy or binding of this way.',
  },
  {
    answer: 'AccessDenied by IAM',
    patterns: ['*AccessDenied*'],
    means: 'the cluster was not even asked',
    next: 'Hand the message of this way to whoever must approve, or go on to the next way.',
  },
  {
    answer: 'timeout or no such host',
    patterns: ['*timeout*', '*"timed out"*', '*"deadline exceeded"*', '*"no such host"*', '*refused*'],
    means: 'the API server is out of reach here',
    next: 'It says nothing about access. Check again from inside the VPC: the endpoint may be private, or held to other networks.',
  },
];

/** What a check may print, for people and machines that read it without the shell. */
export function listReadings(): RecoveryPlan['readings'] {
  return READINGS.map(({ answer, means, next }) => ({ answer, means, next }));
}

/** A function of the shell, so that a check is one line; POSIX, and what zsh reads in the same way. */
const CHECK = 'keyholder_check';

interface Question {
  readonly ask: string;
  /** Part of the answer that is wanted, and of no refusal. */
  readonly wanted: string;
  readonly success: string;
}

/** Reads, and changes nothing. */
export function checkAdmin(): string {
  return waitFor({
    ask: kubectl('get', 'clusterrolebinding', 'cluster-admin', '-o', 'name', '--request-timeout=10s'),
    wanted: 'k8s.io/cluster-admin',
    success: 'It works: this identity may read the RBAC of the whole cluster',
  });
}

export function checkNodes(): string {
  return waitFor({
    ask: kubectl('get', 'nodes', '--no-headers', '--request-timeout=10s'),
    wanted: ' Ready ',
    success: 'Ready: nodes report; kubectl get nodes shows those that do not',
  });
}

export function checkAwsAuth(): string {
  return waitFor({
    ask: kubectl('-n', 'kube-system', 'get', 'configmap', 'aws-auth', '-o', 'name', '--request-timeout=10s'),
    wanted: 'configmap/aws-auth',
    success: 'aws-auth is there; the people of its rows can log in again',
  });
}

function waitFor({ ask, wanted, success }: Question): string {
  return `${shellLine(CHECK, wanted, success)} ${ask}`;
}

/** The checks of a way, with the function that they call before them. */
export function defineChecks(verify: readonly string[]): readonly string[] {
  return verify.some((check) => check.startsWith(`${CHECK} `)) ? [defineCheck(), ...verify] : verify;
}

/** On several lines, for people to read before they paste it. */
function defineCheck(): string {
  const tries = Array.from({ length: TRIES }, (_, index) => index + 1).join(' ');
  const branches = READINGS.flatMap(({ answer, patterns, means }) => [
    `    ${patterns.join('|')})`,
    `      echo ${quoteShell(`${answer}: ${means}`)};;`,
  ]);
  return [
    `${CHECK}() {`,
    '  wanted=$1 success=$2; shift 2',
    `  for try in ${tries}; do`,
    '    answer=$("$@" 2>&1)',
    '    case $answer in',
    '    *"$wanted"*) echo "$success"; return 0;;',
    ...branches,
    `    *) printf '%s\\n' "$answer";;`,
    '    esac',
    `    sleep ${PAUSE_SECONDS}`,
    '  done',
    '  return 1',
    '}',
  ].join('\n');
}
