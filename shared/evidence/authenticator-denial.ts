/** Turns the error of an `access denied` line into the class of denial. */
import type { DenialClass } from '../model/records.ts';

/**
 * In order. Token and STS errors repeat text that the caller chose, so what they say is only looked at behind the
 * prefix that the authenticator itself writes.
 */
const CLASSES: readonly (readonly [RegExp, DenialClass])[] = [
  [/^input token was not properly formatted: X-Amz-Date parameter is expired/i, 'expired-token'],
  [/^input token was not properly formatted/i, 'bad-token'],
  [/^sts getCallerIdentity was throttled/i, 'sts-throttled'],
  [/^sts getCallerIdentity failed: error from AWS/i, 'sts-refused'],
  [/^sts getCallerIdentity failed/i, 'other'], // no answer, or one that could not be read: nobody refused anything
  [/^\[?(?:arn|identity) is not mapped/i, 'not-mapped'],
  [/^\[?(?:mapper \S+ renderTemplates error|failed mapping (?:username|group)|error rendering )/i, 'template-error'],
  [/^\[?(?:mapper \S+ Map error|invalid username )/i, 'mapper-error'],
  [/(?:arn|identity) is not mapped/i, 'not-mapped'],
];

export function parseDenial(error: string): DenialClass {
  return CLASSES.find(([pattern]) => pattern.test(error))?.[1] ?? 'other';
}

/** Older builds put the ARN into the error, in lower case; null when it is not there. */
export function findDeniedArn(error: string): string | null {
  return /^ARN is not mapped: (arn:\S+)/i.exec(error)?.[1] ?? null;
}
