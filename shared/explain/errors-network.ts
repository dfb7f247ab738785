/** Errors before any login: the API server was not reached, or is not the one that was expected. */
import { DESCRIBE_CLUSTER, type KnownError, SHOW_CONFIG, UPDATE_KUBECONFIG } from './known-error.ts';

const ENDPOINT =
  'aws eks describe-cluster --region REGION --name CLUSTER --query "cluster.resourcesVpcConfig.[endpointPublicAccess,endpointPrivateAccess,publicAccessCidrs]"';

export const NETWORK_ERRORS: readonly KnownError[] = [
  {
    id: 'localhost-refused',
    title: 'kubectl has no cluster to talk to and tries this machine',
    pattern: /(?:localhost|127\.0\.0\.1|\[::1\]):8080/i,
    cause: 'kubectl found no configuration, or one without a current context, and falls back to localhost:8080.',
    checks: ['kubectl config get-contexts', 'echo "$KUBECONFIG"'],
    mend: 'Write a configuration for the cluster. Under sudo, or in a job, it is that of another user: point KUBECONFIG at yours.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'certificate-other-name',
    title: 'The certificate of the server is for other names',
    pattern: /x509: certificate is (?:valid for|not valid for any)/i,
    cause:
      'Something else than the API server answers at this address: a proxy, a tunnel or load balancer in front of it, or the address of a cluster that was created again.',
    checks: [SHOW_CONFIG, DESCRIBE_CLUSTER],
    mend: 'Use the endpoint that EKS names. Through a tunnel, set tls-server-name in the configuration to the host of that endpoint; never turn verification off.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'certificate-unknown-authority',
    title: 'The certificate of the server is not of the authority in the configuration',
    pattern: /x509: certificate signed by unknown authority/i,
    cause:
      'The configuration holds the authority of another cluster, most often of one of the same name that was created again; or a proxy opens the connection.',
    checks: [SHOW_CONFIG, DESCRIBE_CLUSTER],
    mend: 'Write the configuration again: the authority comes with it. Have the endpoint excepted from the proxy.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'certificate-expired',
    title: 'The certificate of the server has expired, or the clock is wrong',
    pattern: /x509: certificate has expired or is not yet valid/i,
    cause:
      'EKS renews certificates by itself, so that the clock of the machine is the first suspect, a proxy the second.',
    checks: ['date -u', DESCRIBE_CLUSTER],
    mend: 'Set the clock. If it is right, ask AWS Support about the cluster.',
    commands: [],
  },
  {
    id: 'no-such-host',
    title: 'The name of the endpoint does not resolve',
    pattern: /no such host|temporary failure in name resolution|could not resolve host/i,
    cause:
      'The cluster is gone, the configuration is old, or the endpoint is private and its name resolves inside the VPC alone.',
    checks: [DESCRIBE_CLUSTER, SHOW_CONFIG],
    mend: 'Write the configuration again. For a private endpoint resolve from inside the VPC, or through a resolver or VPN that reaches it.',
    commands: [UPDATE_KUBECONFIG],
  },
  {
    id: 'connection-timeout',
    title: 'The endpoint does not answer from here',
    pattern:
      /i\/o timeout|connection timed out|tls handshake timeout|context deadline exceeded|client\.timeout exceeded|no route to host/i,
    cause:
      'The network lies between: a private endpoint, a list of public networks that this one is not on, a security group without port 443, or a proxy. Nobody looked at credentials yet.',
    checks: [ENDPOINT, SHOW_CONFIG],
    mend: 'Come from a network that may: through the VPC, or from one on the list. Whoever changes the list must keep the others on it, for it is replaced in whole.',
    commands: [],
  },
  {
    id: 'connection-refused',
    title: 'Nothing listens where kubectl connects to',
    pattern: /connection refused|connection to the server .* was refused/i,
    cause:
      'The address is not that of an EKS endpoint, which listens on 443: a tunnel that is closed, or an old configuration.',
    checks: [SHOW_CONFIG, DESCRIBE_CLUSTER],
    mend: 'Open the tunnel again, or write the configuration again.',
    commands: [UPDATE_KUBECONFIG],
  },
];
