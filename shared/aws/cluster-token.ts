/** Credentials into the bearer token that the API server of one EKS cluster takes: a request to STS, signed and not sent. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { CredentialSource } from './access.ts';
import { partitionOf } from './partition.ts';

export interface TokenRequest {
  /** By name: an ARN is not taken. */
  readonly cluster: string;
  readonly region: string;
  readonly credentials: CredentialSource;
  readonly at: Date;
}

/** More is refused: the token is the request to STS, and the authenticator allows no further parameters. */
const EXPIRES_IN_SECONDS = 60;

/** Holds for 15 minutes from `at`, whatever it says itself. */
export async function createClusterToken({ cluster, region, credentials, at }: TokenRequest): Promise<string> {
  const hostname = `sts.${region}.${partitionOf(region).suffix}`;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const request = {
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host: hostname, 'x-k8s-aws-id': cluster },
  };
  const { query = {} } = await signer.presign(request, { expiresIn: EXPIRES_IN_SECONDS, signingDate: at });
  const parameters = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const url = `https://${hostname}/?${parameters.join('&')}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
