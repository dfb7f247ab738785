/** A principal for which no door opens into the reason: the door that was meant for it, or that there is none. */
import type { Mapping } from '../model/access.ts';
import type { Principal } from '../model/principal.ts';
import { showAuthenticationMode, showPrincipal } from '../rules/identity-checks.ts';
import { BACK_UP_AWS_AUTH, describeAccessEntry, recreateAccessEntry } from '../rules/remedies.ts';
import { parseSsoRoleName } from '../rules/sso-roles.ts';
import { findRowFault, mendAwsAuth } from './aws-auth-faults.ts';
import { type Arrival, type Broken, replaceByEntry } from './broken.ts';
import { createEntry, createRow, listOwnGroups } from './entry-commands.ts';
import { createGrant } from './grant-commands.ts';
import { grantToNewEntry, groupNamed, nameGroup } from './grants.ts';
import { decide } from './held.ts';
import { wordPrincipal } from './words.ts';

export function findMappingFault(arrival: Arrival): Broken {
  return (
    findRecreated(arrival) ??
    findUnreadDoor(arrival) ??
    findRowFault(arrival) ??
    findReplacedSuffix(arrival) ??
    describeNoMapping(arrival)
  );
}

function findRecreated({ question, asker, doors, standing }: Arrival): Broken | null {
  const { cluster } = question.facts;
  const entry = doors.entry?.inert === 'principal-recreated' ? doors.entry.entry : null;
  if (entry === null) return null;
  const since = entry.createdAt === null ? '' : ` of ${entry.createdAt}`;
  const created = standing.createdAt === null ? '' : ` on ${standing.createdAt}`;
  return {
    link: 'mapping:principal-recreated',
    why: `its access entry${since} is bound to an earlier ${asker.principal.type} of this name, and this one was created${created}`,
    evidence: [entry.evidence, ...standing.evidence],
    commands: [
      describeAccessEntry(cluster, entry.principal.arn),
      ...listChecks(asker.principal),
      ...recreateAccessEntry(cluster, entry),
    ],
    advice:
      'Check first that it was created again by somebody who may hold its access: a new entry gives it all of it.',
  };
}

/** A door that the authentication mode leaves closed. */
function findUnreadDoor(arrival: Arrival): Broken | null {
  const { doors } = arrival;
  if (doors.entry?.inert === 'mode') return describeUnreadEntry(arrival, doors.entry);
  const row = doors.rows.find(({ inert }) => inert === 'mode');
  return row === undefined ? null : describeUnreadRow(arrival, row);
}

export function describeUnreadRow(arrival: Arrival, row: Mapping): Broken {
  const { cluster } = arrival.question.facts;
  return {
    link: 'mapping:mode',
    why: `its row in line ${row.row?.position.line ?? 0} of aws-auth is not read, for the cluster is in mode API`,
    evidence: [...row.evidence, ...cluster.evidence],
    commands: [showAuthenticationMode(cluster), ...replaceByEntry(arrival, row)],
    advice: null,
  };
}

export function describeUnreadEntry({ question, asker, doors }: Arrival, door: Mapping): Broken {
  const { cluster } = question.facts;
  const own = listOwnGroups(door.identity.groups);
  const isEnough = decide(question, { identity: { username: '', groups: own }, policies: [] }).ways.length > 0;
  const added = nameGroup(question);
  const groups = isEnough ? own : [...own, added];
  return {
    link: 'mapping:mode',
    why: 'its access entry is not read, for the cluster is in mode CONFIG_MAP',
    evidence: [...door.evidence, ...cluster.evidence],
    commands: [
      showAuthenticationMode(cluster),
      BACK_UP_AWS_AUTH,
      createRow(cluster, { ...asker.principal, stsArn: doors.stsArn }, groups),
      ...(isEnough ? [] : createGrant(question, groupNamed(added))),
    ],
    advice: 'A mode that reads access entries would open it as well, and can never be left again.',
  };
}

/** Identity Center made the role of the permission set anew, under a name that ends in another suffix. */
function findReplacedSuffix(arrival: Arrival): Broken | null {
  const { question, asker } = arrival;
  const now = parseSsoRoleName(asker.principal.name);
  if (now === null) return null;
  const { account } = asker.principal;
  const old = question.facts.mappings.find(({ principal, exists, inert }) => {
    const was = principal.account === account ? parseSsoRoleName(principal.name) : null;
    return (
      was !== null &&
      was.permissionSet === now.permissionSet &&
      was.suffix !== now.suffix &&
      exists !== true &&
      inert !== 'mode'
    );
  });
  return old === undefined ? null : describeReplacedSuffix(arrival, old);
}

function describeReplacedSuffix({ question, asker, doors, standing, arn }: Arrival, old: Mapping): Broken {
  const { cluster } = question.facts;
  const said = {
    link: 'mapping:sso-suffix',
    why: `what is mapped is ${wordPrincipal(old.principal)}, the role that its permission set had before`,
    evidence: [...old.evidence, ...standing.evidence],
  } as const;
  if (old.entry === null) {
    const line = old.row?.position.line ?? 0;
    return { ...said, ...mendAwsAuth(`Line ${line}: write ${doors.stsArn}.`) };
  }
  const principal = { ...asker.principal, arn };
  const username = old.entry.username.replace(old.principal.name, () => principal.name);
  const [, ...create] = recreateAccessEntry(cluster, { ...old.entry, principal, username });
  return {
    ...said,
    commands: [describeAccessEntry(cluster, old.entry.principal.arn), ...create],
    advice: 'When a login works, delete the entry of the old role.',
  };
}

function describeNoMapping(arrival: Arrival): Broken {
  const { question, doors } = arrival;
  const { cluster, records } = question.facts;
  const denial = records.findLast(
    (record) =>
      record.source === 'authenticator-log' &&
      record.kind === 'denied' &&
      record.arn?.toLowerCase() === doors.stsArn.toLowerCase(),
  );
  const seen =
    denial === undefined ? '' : `, and the authenticator denied it${denial.at === null ? '' : ` at ${denial.at}`}`;
  const named = question.mentions.find((mention) => mention.arn.toLowerCase() === doors.stsArn.toLowerCase());
  const aside = named === undefined ? '' : `; line ${named.line} of aws-auth names it outside of any row`;
  return {
    link: 'mapping:none',
    why: `${wordNoMapping(arrival)}${aside}${seen}`,
    evidence: [
      ...(doors.entry?.evidence ?? []),
      ...cluster.evidence,
      ...(denial === undefined ? [] : [denial.evidence]),
    ],
    ...mendNoMapping(arrival),
  };
}

function wordNoMapping({ question, doors }: Arrival): string {
  if (doors.entry?.inert === 'root') return 'EKS ignores the access entry of an account root';
  switch (question.facts.cluster.authenticationMode) {
    case 'API':
      return 'no access entry is for it';
    case 'CONFIG_MAP':
      return 'no row of aws-auth is for it';
    default:
      return 'neither an access entry nor a row of aws-auth is for it';
  }
}

function mendNoMapping({ question, asker, standing, doors, arn }: Arrival): Pick<Broken, 'commands' | 'advice'> {
  const { cluster } = question.facts;
  const checks = listChecks(asker.principal);
  if (asker.principal.type === 'root' || asker.principal.type === 'federated-user') {
    return { commands: checks, advice: 'Log in as a role, and map that.' };
  }
  if (cluster.authenticationMode === 'CONFIG_MAP') {
    const group = nameGroup(question);
    const row = createRow(cluster, { ...asker.principal, stsArn: doors.stsArn }, [group]);
    return { commands: [...checks, BACK_UP_AWS_AUTH, row, ...createGrant(question, groupNamed(group))], advice: null };
  }
  const { groups, commands } = grantToNewEntry(question, arn);
  return {
    commands: [...checks, describeAccessEntry(cluster, arn), createEntry(cluster, arn, groups), ...commands],
    advice:
      standing.arn === null
        ? 'An access entry takes the ARN with its path: take the one that the second command shows.'
        : null,
  };
}

export function listChecks(principal: Principal): readonly string[] {
  const shown = showPrincipal(principal);
  return shown === null ? [] : [shown];
}
