/** Turns the data of a log subscription (base64 of gzip) into text. */
import { gunzipSync } from 'node:zlib';

/** The log service sends at most a few megabytes; more than this is made to hurt. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** null when the data is not such a payload, or expands beyond the limit. */
export function unzipLogData(data: string, maxBytes = MAX_TEXT_BYTES): string | null {
  try {
    return gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: maxBytes }).toString('utf8');
  } catch {
    return null;
  }
}
