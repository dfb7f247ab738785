/** The text of a file into the aws-auth ConfigMap that is to be applied from it, or what it holds instead. */
import type { AwsAuth, Position } from '../model/aws-auth.ts';
import { inspectAwsAuth } from './aws-auth-inspection.ts';
import { SECTIONS } from './aws-auth-reading.ts';
import { type ConfigMap, readConfigMap } from './config-map.ts';
import { locateIn } from './text-positions.ts';

export interface NoAwsAuth {
  /** In the form: expected this, got that. */
  readonly unreadable: string;
  readonly position: Position;
}

export function readAwsAuthFile(text: string, file: string): AwsAuth | NoAwsAuth {
  const map = readConfigMap(text, 'aws-auth');
  if ('unreadable' in map) {
    const isWhole = map.unreadable.startsWith('expected ');
    const unreadable = isWhole ? map.unreadable : `expected the ConfigMap aws-auth, got this: ${map.unreadable}`;
    return { unreadable, position: locateIn(text)(map.at) };
  }
  if (isAnother(map)) {
    const got = map.name === null ? 'one without a name' : `${map.namespace ?? 'kube-system'}/${map.name}`;
    const unreadable = `expected the ConfigMap kube-system/aws-auth, got ${got}`;
    return { unreadable, position: locateIn(text)(map.nameSpan.start) };
  }
  return inspectAwsAuth(map, text, file).awsAuth;
}

/** Under another name it is still taken for aws-auth when it holds one of its sections: then the name is the mistake. */
function isAnother({ name, entries, replaced }: ConfigMap): boolean {
  const keys = [...entries, ...replaced].map(({ key }) => key.toLowerCase());
  return name !== 'aws-auth' && !SECTIONS.some((section) => keys.includes(section.toLowerCase()));
}
