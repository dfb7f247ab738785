/** What kubectl printed of the ConfigMap aws-auth into its data, where the authenticator loads all of it. */
import { inspectAwsAuth } from './aws-auth-inspection.ts';
import { readConfigMap } from './config-map.ts';

const LOSSES: ReadonlySet<string> = new Set([
  'section-lost',
  'value-not-a-string',
  'row-invalid',
  'row-not-a-mapping',
  'groups-lost',
]);

/** null where the text holds no ConfigMap, or one of which something is lost. */
export function readAwsAuthData(text: string, file: string): Readonly<Record<string, string>> | null {
  const map = readConfigMap(text, 'aws-auth');
  if ('unreadable' in map) return null;
  const { awsAuth } = inspectAwsAuth(map, text, file);
  if (awsAuth.lostSections.length > 0 || awsAuth.problems.some(({ code }) => LOSSES.has(code))) return null;
  const texts = map.entries.flatMap(({ key, value }): [string, string][] =>
    value.kind === 'string' ? [[key, value.text]] : [],
  );
  return Object.fromEntries(texts);
}
