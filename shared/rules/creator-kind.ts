/** The principal that created a cluster into what kind it is: somebody's own, a pipeline's, or not told. */
import type { IamRole } from '../model/iam.ts';
import type { Actor, Principal } from '../model/principal.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { parsePrincipal } from './arn.ts';
import { CREATE_CLUSTER } from './cluster-births.ts';
import { isEksCall } from './eks-calls.ts';
import { listTrusted } from './trusted-parties.ts';

/** By which an entry as old as the cluster turns out to be made by somebody, and not by EKS for the creator. */
export const CREATE_ENTRY = 'CreateAccessEntry';

/** null for a role that is nobody's own. */
export function namePersonal({ type, name }: Principal): string | null {
  if (type === 'root') return 'the root user of the account';
  if (type === 'user' || type === 'federated-user') return 'an IAM user';
  return name.startsWith('AWSReservedSSO_') ? 'the role of a person who signed in through IAM Identity Center' : null;
}

export function namePersonalActor({ kind, principalArn }: Actor): string | null {
  if (principalArn !== null) return namePersonal(parsePrincipal(principalArn));
  return kind === 'root' ? 'the root user of the account' : kind === 'user' ? 'a person' : null;
}

/** Services and OIDC providers alone can assume it: no person signs in as it. */
export function isPipeline(role: Pick<IamRole, 'trust'> | null): boolean {
  if (role === null) return false;
  const parties = listTrusted(role);
  return (
    parties.length > 0 &&
    parties.every(({ kind, name }) => kind === 'service' || (kind === 'provider' && !name.includes(':saml-provider/')))
  );
}

/** null unless the record is a cluster being created, with success. */
export function findCreation(record: EvidenceRecord): CloudTrailEvent | null {
  return isEksCall(record, [CREATE_CLUSTER]) && record.succeeded ? record : null;
}
