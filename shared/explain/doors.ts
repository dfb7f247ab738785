/** The mappings of a cluster into the doors of one IAM principal, and the one that the authenticator takes. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Identity, Principal } from '../model/principal.ts';
import { principalKey, stripRolePath } from '../rules/arn.ts';
import { isWrittenFor } from '../rules/login-doors.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import type { IamAsker } from './asker.ts';

export interface Doors {
  /** What STS prints for the principal, and rows are compared with. */
  readonly stsArn: string;
  readonly entry: Mapping | null;
  /** Of aws-auth, by account, type and name: also those that never match. */
  readonly rows: readonly Mapping[];
  /** All of the principal's account. */
  readonly account: Mapping | null;
  /** The hidden creator, where it is this principal or likely to be. */
  readonly creator: Mapping | null;
}

/** `arn` has the path of a user where IAM shows it: STS prints it, as it never prints that of a role. */
export function findDoors({ mappings, cluster }: Facts, { principal }: IamAsker, arn: string): Doors {
  const key = principalKey(principal);
  const own = mappings.filter((mapping) => mapping.row !== null || mapping.via !== 'aws-auth');
  const named = own.filter((mapping) => principalKey(mapping.principal) === key);
  const accounts = mappings.filter((mapping) => mapping.via === 'aws-auth' && mapping.row === null);
  const isForeign = principal.partition !== '' && principal.partition !== cluster.partition;
  return {
    stsArn: stripRolePath(arn) ?? arn,
    entry: named.find(({ via }) => via === 'access-entry') ?? null,
    rows: named.filter(({ row }) => row !== null),
    account: isForeign ? null : (accounts.find((mapping) => mapping.principal.account === principal.account) ?? null),
    creator: named.find(({ via }) => via === 'cluster-creator') ?? null,
  };
}

/** In the order of the authenticator: its own file (the creator), access entries, mapRoles and mapUsers, mapAccounts. */
export function chooseDoor(
  { entry, rows, account, creator, stsArn }: Doors,
  isCreatorCertain: boolean,
): Mapping | null {
  const row = rows.findLast((mapping) => mapping.inert === null && isWrittenFor(mapping, stsArn));
  const open = [isCreatorCertain ? creator : null, entry, row, account, creator];
  return open.find((mapping) => mapping != null && mapping.inert === null) ?? null;
}

/** As whom the principal comes in: templates are filled in as far as the session is known. */
export function resolveIdentity(door: Mapping, { session, principal }: IamAsker, stsArn: string): Identity {
  const { username, groups } = door.identity;
  const isAccount = door.via === 'aws-auth' && door.row === null;
  const fill = (template: string): string => fillTemplate(template, session, principal);
  return { username: isAccount ? stsArn : fill(username), groups: groups.map(fill) };
}

function fillTemplate(template: string, session: string | null, { account }: Principal): string {
  const named = template.replaceAll('{{AccountID}}', () => account);
  if (session === null) return named;
  return named.replace(/\{\{SessionName(Raw)?\}\}/g, (_all, raw) =>
    raw === undefined ? session.replaceAll('@', '-') : session,
  );
}

export function isNodeDoor({ entry, identity }: Mapping): boolean {
  return entry === null ? isNodeIdentity(identity) : entry.type !== 'STANDARD';
}
