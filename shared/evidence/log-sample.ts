/** Turns a raw log record into a short sample that is safe to print: no credentials, no control characters. */
import { renderSample } from './skip-tally.ts';

/** What is looked at: a secret further in never reaches the sample. */
const MAX_READ = 4096;

/** A presigned URL inside a URL or a form: the signature is as good as there. */
const ENCODED_SIGNATURE = /(x-amz-(?:signature|security-token|credential)%3d)[^&\s"']+/gi;

export function renderLogSample(text: string): string {
  const printable = text
    .slice(0, MAX_READ)
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(ENCODED_SIGNATURE, '$1[secret]');
  return renderSample(printable.trim());
}
