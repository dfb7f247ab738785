/** What the API server answered, or that it did not, into a first answer. */
import type { DescribedCluster, FirstLook } from '../model/first-answer.ts';
import type { Judged } from './first-answer.ts';
import { isOtherIdentity } from './first-differences.ts';

export function judgeReach(look: FirstLook): Judged {
  const { api, described, cluster, region } = look;
  if (api === null) {
    return {
      id: 'not-known',
      concerns: 'unknown',
      title: 'It cannot be told yet: the endpoint of the cluster is not known.',
      because: [described?.failure?.reason ?? 'eks:DescribeCluster gave no endpoint.'],
      mend: [described?.failure?.mend ?? `aws eks describe-cluster --region ${region} --name ${cluster}`],
    };
  }
  switch (api.kind) {
    case 'allowed':
      return judgeAllowed(look);
    case 'not-allowed':
      return judgeRefused(look, 'mapped-without-rights');
    case 'unauthorized':
      return judgeRefused(look, 'not-mapped');
    case 'failing':
      return {
        id: 'unreachable',
        concerns: 'everybody',
        title: `It is everybody: the API server answers with HTTP ${api.status}.`,
        because: ['It answers to nobody as it should, whoever asks.'],
        mend: [`aws eks describe-cluster --region ${region} --name ${cluster} --query cluster.health`],
      };
    case 'silent':
      return judgeSilence(look, api.reason);
  }
}

function judgeAllowed(look: FirstLook): Judged {
  return {
    id: 'works',
    concerns: 'nobody',
    title: 'It works: you log in, and may do everything.',
    because: [`The API server takes ${nameCaller(look)} and allows every verb on every resource.`],
    mend: [],
  };
}

function judgeRefused(look: FirstLook, id: 'not-mapped' | 'mapped-without-rights'): Judged {
  const isMapped = id === 'mapped-without-rights';
  const fact = isMapped
    ? `The API server knows ${nameCaller(look)}, and does not allow it everything; it may still hold lesser rights.`
    : `The API server answers, and answered 401: it takes ${nameCaller(look)} for nobody. Others may still get in.`;
  if (isOtherIdentity(look)) {
    return {
      id: 'other-identity',
      concerns: 'you',
      title: `It is you: kubectl comes as another identity than your shell, and that one ${isMapped ? 'has no admin rights' : 'is not mapped'}.`,
      because: [fact, `Your shell is ${look.shell.value?.arn ?? 'unknown'}.`],
      mend: [`aws eks update-kubeconfig --region ${look.region} --name ${look.cluster}`],
    };
  }
  return {
    id,
    concerns: 'you',
    title: isMapped ? 'It is you: you log in, and are no admin.' : 'It is you: the cluster does not know you.',
    because: [fact, ...tellMode(look.described?.value ?? null)],
    mend: [`keyholder explain --error Unauthorized`].filter(() => !isMapped),
  };
}

function tellMode(cluster: DescribedCluster | null): readonly string[] {
  switch (cluster?.authenticationMode ?? null) {
    case 'API':
      return ['Only an access entry lets you in (mode API).'];
    case 'API_AND_CONFIG_MAP':
      return ['An access entry lets you in, or a row of aws-auth (mode API_AND_CONFIG_MAP).'];
    case 'CONFIG_MAP':
      return ['Only a row of aws-auth lets you in, and the hidden creator (mode CONFIG_MAP).'];
    default:
      return [];
  }
}

function judgeSilence(look: FirstLook, reason: string): Judged {
  const cluster = look.described?.value ?? null;
  const base = { id: 'unreachable', because: [reason] } as const;
  if (cluster !== null && !cluster.isPublic) {
    return {
      ...base,
      concerns: 'everybody',
      title: 'It is everybody outside the network of the cluster: its endpoint is private.',
      mend: ['Come from the VPC, a VPN or a bastion, and see that the cluster security group lets 443 in.'],
    };
  }
  const narrowed = (cluster?.publicCidrs ?? []).filter((cidr) => cidr !== '0.0.0.0/0' && cidr !== '::/0');
  if (cluster !== null && narrowed.length > 0) {
    return {
      ...base,
      concerns: 'you',
      title: 'It is likely you: the endpoint is open to some networks alone, and does not answer here.',
      because: [reason, `It is open to ${narrowed.slice(0, 10).join(', ')}.`],
      mend: ['Compare your public address with these networks.'],
    };
  }
  return {
    ...base,
    concerns: 'unknown',
    title: 'The endpoint does not answer here: the network in between, or the cluster for everybody.',
    mend: ['Try from another network: an answer there means that it is the network here.'],
  };
}

function nameCaller({ shell, kubectl }: FirstLook): string {
  return (kubectl ?? shell).value?.arn ?? 'the caller';
}
