/** What a way needs, and what is known of it, into preconditions that say how to go on where it is not known. */
import type { Ref } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { Precondition, Standing } from '../model/recovery.ts';

/** `ofCaller`: it would hold for somebody with other permissions. */
export interface Check extends Precondition {
  readonly ofCaller: boolean;
}

export interface Unsure {
  readonly ifTried: string;
  readonly ifDenied: string;
  readonly next?: string;
  readonly message: string;
}

export interface Claim {
  readonly what: string;
  readonly answer: Standing;
  readonly because: string;
  readonly evidence?: readonly Ref[];
  readonly ofCaller?: boolean;
  /** Stands where the answer is unknown, and where a yes of IAM may still be refused by what was not read. */
  readonly unsure?: Unsure;
}

export function makeCheck({ what, answer, because, evidence = [], ofCaller = false, unsure }: Claim): Check {
  const shown = answer === 'unknown' || (answer === 'yes' && ofCaller) ? unsure : undefined;
  return {
    what,
    answer,
    because,
    ifTried: shown?.ifTried ?? null,
    ifDenied: shown?.ifDenied ?? null,
    next: shown?.next ?? null,
    message: shown?.message ?? null,
    evidence,
    ofCaller,
  };
}

/** Everywhere, as far as the settings of the endpoint say; networks and firewalls in between are not seen. */
export function checkReach(cluster: Cluster): Check {
  const { endpoint, name } = cluster;
  const isOpen =
    endpoint?.publicAccess === true && endpoint.publicCidrs.some((cidr) => cidr === '0.0.0.0/0' || cidr === '::/0');
  const because = isOpen
    ? 'the public endpoint is open to every network'
    : endpoint === null
      ? 'the settings of the endpoint were not read'
      : endpoint.publicAccess
        ? `the public endpoint is held to ${endpoint.publicCidrs.join(', ') || 'networks that were not read'}`
        : 'the endpoint is private';
  return makeCheck({
    what: 'kubectl reaches the API server from where you are',
    answer: isOpen ? 'yes' : 'unknown',
    because,
    evidence: cluster.evidence,
    unsure: {
      ifTried: 'kubectl ends in a timeout where it is not reached; any answer, a 401 too, means that it is.',
      ifDenied: 'AccessDenied comes from IAM and says nothing about the network.',
      next: 'Run the kubectl commands from a host inside the VPC; those that begin with aws work from anywhere.',
      message: `I need to reach the API server of the EKS cluster ${name} for a recovery of access. Please let me use a host in its VPC, or add my network to the public endpoint for today.`,
    },
  });
}
