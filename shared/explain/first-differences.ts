/** What the shell and kubectl do not have in common: the identity, account or region that one did not think of. */
import type { FirstLook, KubeconfigEntry } from '../model/first-answer.ts';
import { canonicalizeArn } from '../rules/arn.ts';
import type { Judged } from './first-answer.ts';

export function listDifferences(look: FirstLook): readonly string[] {
  const { shell, kubectl, kubeconfig, region } = look;
  const told: string[] = [];
  if (kubeconfig === null)
    return ['kubectl: no kubeconfig has an entry for this cluster; the shell was looked at alone.'];
  if (!kubeconfig.isCurrent) told.push(`kubectl: the current context is another one than ${kubeconfig.context}.`);
  if (kubectl !== null) {
    const source = [
      kubeconfig.profile === null ? null : `profile ${kubeconfig.profile}`,
      kubeconfig.roleArn === null ? null : `role ${kubeconfig.roleArn}`,
    ].filter((part) => part !== null);
    if (shell.value === null) told.push('The shell has no login; kubectl has its own.');
    else if (kubectl.value !== null && !isSame(shell.value.arn, kubectl.value.arn)) {
      told.push(`The shell is ${shell.value.arn}; kubectl comes as ${kubectl.value.arn} (${source.join(', ')}).`);
    }
    if (shell.value !== null && kubectl.value === null) {
      told.push(`The shell is ${shell.value.arn}; kubectl uses ${source.join(', ')}, which does not work.`);
    }
  }
  if (kubeconfig.region !== null && kubeconfig.region !== region) {
    told.push(`The question is about ${region}; kubectl goes to ${kubeconfig.region}.`);
  }
  return told;
}

export function isOtherIdentity({ shell, kubectl }: FirstLook): boolean {
  return shell.value !== null && kubectl?.value != null && !isSame(shell.value.arn, kubectl.value.arn);
}

/** The kubeconfig names its cluster by ARN, or goes to an endpoint that names its region: both can belie the question. */
export function findForeignPlace(look: FirstLook): Judged | null {
  const { cluster, region, account, described, kubeconfig } = look;
  const caller = (look.kubectl ?? look.shell).value;
  const wanted = account ?? kubeconfig?.account ?? null;
  if (caller !== null && wanted !== null && wanted !== caller.account && described?.value == null) {
    return {
      id: 'wrong-account',
      concerns: 'you',
      title: `It is you: the cluster lies in account ${wanted}, and you come from ${caller.account}.`,
      because: [`The caller is ${caller.arn}.`],
      mend: [
        `aws sts get-caller-identity`,
        `aws eks update-kubeconfig --region ${region} --name ${cluster} --profile PROFILE`,
      ],
    };
  }
  const actual = regionOf(kubeconfig?.server ?? null) ?? kubeconfig?.region ?? null;
  if (described?.failure?.kind === 'missing' && actual !== null && actual !== region) {
    return {
      id: 'wrong-region',
      concerns: 'you',
      title: `It is you: the cluster lies in ${actual}, and ${region} was asked.`,
      because: [kubeconfig === null ? '' : describeServer(kubeconfig)].filter((text) => text !== ''),
      mend: [`aws eks describe-cluster --region ${actual} --name ${cluster} --query cluster.status`],
    };
  }
  return null;
}

export function describeServer({ server, file, context }: KubeconfigEntry): string {
  return `kubectl goes to ${server ?? 'no server'} (context ${context} of ${file})`;
}

/** https://ID.gr7.REGION.eks.amazonaws.com */
function regionOf(server: string | null): string | null {
  return /\.([a-z0-9-]+)\.eks\.(?:api\.)?amazonaws\.(?:com(?:\.cn)?|eu)(?:[:/]|$)/.exec(server ?? '')?.[1] ?? null;
}

/** Two sessions of one role are one identity to the cluster. */
function isSame(a: string, b: string): boolean {
  return a === b || (canonicalizeArn(a) ?? a) === (canonicalizeArn(b) ?? b);
}
