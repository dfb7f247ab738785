/** Reports into a bucket, and the links by which people without rights on it read them for a while. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ObjectStore, ReportSink } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { partitionOf } from './partition.ts';

/** Gives keys; `prefix` ends with a slash. */
export function openReportBucket(store: ObjectStore, prefix: string): ReportSink {
  return {
    async write(name, text) {
      await store.write(`${prefix}${name}`, text);
      return `${prefix}${name}`;
    },
  };
}

export interface LinkRequest {
  readonly bucket: string;
  readonly key: string;
  readonly at: Date;
}

const HOUR_SECONDS = 3600;
/** A link ends with the credentials that signed it, and those of a function last for hours, not days. */
const LASTS_SECONDS = 12 * HOUR_SECONDS;

export async function createLink(
  access: AwsAccess,
  { bucket, key, at }: LinkRequest,
): Promise<{ readonly url: string; readonly expiresAt: string }> {
  const { region } = access;
  const { expiration } = await access.credentials();
  const left = expiration === undefined ? LASTS_SECONDS : Math.floor((expiration.getTime() - at.getTime()) / 1000);
  const expiresIn = Math.max(1, Math.min(LASTS_SECONDS, left));
  const hostname = `${bucket}.s3.${region}.${partitionOf(region).suffix}`;
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: access.credentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
  const path = `/${key.split('/').map(encodeURIComponent).join('/')}`;
  // S3 computes the signature of a link over these words in place of a body; by itself, the signer hashes an empty one.
  const headers = { host: hostname, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' };
  const request = { method: 'GET', protocol: 'https:', hostname, path, headers };
  const { query = {} } = await signer.presign(request, { expiresIn, signingDate: at });
  const parameters = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const expiresAt = new Date(at.getTime() + expiresIn * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  return { url: `https://${hostname}${path}?${parameters.join('&')}`, expiresAt };
}
