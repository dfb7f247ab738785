/** What a first look saw into its answer: whether it is you, or everybody, and what to do. */
import type { FirstAnswer, FirstAnswerId, FirstLook } from '../model/first-answer.ts';
import { describeServer, findForeignPlace, listDifferences } from './first-differences.ts';
import { judgeReach } from './first-reach.ts';
import { listRefinements } from './first-refinements.ts';

export interface Judged {
  readonly id: FirstAnswerId;
  readonly concerns: FirstAnswer['concerns'];
  readonly title: string;
  readonly because: readonly string[];
  readonly mend: readonly string[];
}

export function answerFirst(look: FirstLook, now: string): FirstAnswer {
  const { cluster, region } = look;
  const judged = judgeLogin(look) ?? judgePlace(look) ?? judgeReach(look);
  return {
    schema: 'keyholder.first-answer/v1',
    generatedAt: now,
    cluster,
    region,
    ...judged,
    differences: listDifferences(look),
    refine: listRefinements(look),
  };
}

/** Whoever kubectl comes as has to be somebody first. */
function judgeLogin({ shell, kubectl, kubeconfig }: FirstLook): Judged | null {
  const { failure } = kubectl ?? shell;
  if (failure === null) return null;
  const whose = kubectl === null ? 'the shell' : `kubectl (context ${kubeconfig?.context ?? 'unknown'})`;
  const profile = kubectl === null ? null : (kubeconfig?.profile ?? null);
  const signIn = `aws sso login${profile === null ? '' : ` --profile ${profile}`}`;
  if (failure.kind === 'expired') {
    return {
      id: 'expired-login',
      concerns: 'you',
      title: `It is you: the login of ${whose} has expired.`,
      because: [failure.reason],
      mend: [signIn],
    };
  }
  if (failure.kind === 'network') {
    return {
      id: 'unreachable',
      concerns: 'unknown',
      title: 'AWS itself cannot be reached from here.',
      because: [failure.reason],
      mend: [failure.mend ?? 'Check the network and its proxy.'],
    };
  }
  return {
    id: 'no-login',
    concerns: 'you',
    title: `It is you: ${whose} has no login to AWS that works.`,
    because: [failure.reason],
    mend: [failure.mend ?? signIn],
  };
}

function judgePlace(look: FirstLook): Judged | null {
  const { cluster, region, described, kubeconfig } = look;
  const foreign = findForeignPlace(look);
  if (foreign !== null) return foreign;
  if (described?.failure?.kind === 'missing') {
    return {
      id: 'not-found',
      concerns: 'unknown',
      title: `There is no cluster ${cluster} in ${region} of ${nameAccount(look)}.`,
      because: [
        described.failure.reason,
        'The account, the region or the name is another one, or the cluster was deleted.',
      ],
      mend: [`aws eks list-clusters --region ${region}`],
    };
  }
  const cut = described?.value ?? null;
  if (cut === null) return null;
  if (!['ACTIVE', 'UPDATING', 'PENDING'].includes(cut.status)) {
    return {
      id: 'not-active',
      concerns: 'everybody',
      title: `It is everybody: the cluster is ${cut.status}.`,
      because: [`eks:DescribeCluster says that ${cut.arn} is ${cut.status}.`],
      mend: [`aws eks describe-cluster --region ${region} --name ${cluster} --query cluster.health`],
    };
  }
  if (kubeconfig?.server != null && cut.endpoint !== null && hostOf(kubeconfig.server) !== hostOf(cut.endpoint)) {
    return {
      id: 'stale-kubeconfig',
      concerns: 'you',
      title: 'It is you: kubectl goes to the endpoint of another cluster.',
      because: [
        `${describeServer(kubeconfig)}; the endpoint of ${cut.arn} is ${cut.endpoint}.`,
        'A cluster that was created again under its old name has a new endpoint.',
      ],
      mend: [`aws eks update-kubeconfig --region ${region} --name ${cluster}`],
    };
  }
  return null;
}

function nameAccount({ shell, kubectl }: FirstLook): string {
  const account = (kubectl ?? shell).value?.account;
  return account === undefined ? 'the account' : `account ${account}`;
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host.toLowerCase() : server;
}
