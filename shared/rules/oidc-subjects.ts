/** Subjects of bindings into whether a user of the cluster's OIDC provider can carry their names. */
import type { IdentityProvider } from '../model/eks.ts';
import type { Subject } from '../model/rbac.ts';

/** `certain`: the name has the provider's prefix. `possible`: the provider adds none, so that any name may be its. */
export function matchOidcSubject({ kind, name }: Subject, provider: IdentityProvider): 'certain' | 'possible' | 'no' {
  if (kind === 'ServiceAccount' || name.startsWith('system:')) return 'no';
  const prefix = kind === 'User' ? userPrefix(provider) : provider.groupsPrefix;
  if (prefix === null || prefix === '' || prefix === '-') return 'possible';
  return name.startsWith(prefix) ? 'certain' : 'no';
}

/** What is not set is the issuer, for every claim but that of an e-mail address. */
function userPrefix({ usernamePrefix, issuerUrl }: IdentityProvider): string | null {
  return usernamePrefix ?? (issuerUrl === null ? null : `${issuerUrl}#`);
}
