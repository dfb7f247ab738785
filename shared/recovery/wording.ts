/** Principals and doors into the words that ways use. */
import { parsePrincipal } from '../rules/arn.ts';
import type { Door } from './admin-doors.ts';

/** "role/platform-admin": titles name a principal without the account, commands in full. */
export function nameShort(arn: string): string {
  const { type, name } = parsePrincipal(arn);
  return type === 'role' || type === 'user' ? `${type}/${name}` : type === 'root' ? 'the root user' : arn;
}

export function nameDoor({ principalArn, via }: Door): string {
  const name = principalArn === null ? 'whoever created the cluster' : nameShort(principalArn);
  switch (via) {
    case 'access-entry':
      return `${name}, by its access entry`;
    case 'aws-auth':
      return `${name}, by its row in aws-auth`;
    case 'cluster-creator':
      return `${name}, who created the cluster`;
    case 'oidc':
      return `${name}, through the OIDC provider`;
  }
}

export function listNames(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}
