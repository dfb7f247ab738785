/** What lies with an account rather than with a cluster: CloudTrail, IAM, Identity Center and the organisation. */
import { createDigest } from '../evidence/digest.ts';
import { parseIam } from '../evidence/iam.ts';
import { parseIdentityCenter } from '../evidence/identity-center.ts';
import { parseOrganization } from '../evidence/organization.ts';
import type { Source, Window } from '../model/coverage.ts';
import type { AccountEvidence, ClusterEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import type { Readers } from '../ports.ts';
import { coverState } from './collect-cluster.ts';
import { type Journal, readDocument } from './read-document.ts';
import { readLog } from './read-log.ts';

export interface AccountTask {
  readonly account: string;
  readonly readers: Readers;
  readonly journal: Journal;
  readonly windowOf: (source: Source) => Window | null;
}

export async function collectAccount({ account, readers, journal, windowOf }: AccountTask): Promise<AccountEvidence> {
  const digest = createDigest();
  const trail = await readLog(await readers.readAccount(account, 'cloudtrail'), 'cloudtrail', {
    digest,
    journal,
    window: windowOf('cloudtrail'),
  });
  const iam = await readDocument(
    await readers.readAccount(account, 'iam'),
    (text, file) => {
      const { iam: value, skips, reason } = parseIam(text, file);
      const foreign = value !== null && value.account !== account ? `it describes account ${value.account}` : null;
      const read = value === null ? 0 : value.roles.length + value.users.length;
      return { value: foreign === null ? value : null, read, skips, gap: foreign ?? reason };
    },
    journal,
  );
  const identityCenter = await readDocument(
    await readers.readAccount(account, 'identity-center'),
    (text, file) => {
      const { assignments, skips, reason } = parseIdentityCenter(text, file);
      return { value: assignments, read: assignments?.length ?? 0, skips, gap: reason };
    },
    journal,
  );
  const organization = await readDocument(
    await readers.readAccount(account, 'organization'),
    (text, file) => {
      const parsed = parseOrganization(text, file);
      const read = parsed.organization?.accounts.length ?? 0;
      return { value: parsed.organization, read, skips: parsed.skips, gap: parsed.reason };
    },
    journal,
  );
  return {
    account,
    iam: iam.value,
    identityCenter: identityCenter.value,
    organization: organization.value,
    cloudTrail: digest.finish().cloudTrail,
    coverage: [
      trail,
      coverState('iam', iam),
      coverState('identity-center', identityCenter),
      coverState('organizations', organization),
    ],
  };
}

/** Gives a cluster its account's coverage, and the CloudTrail records that name it. */
export function joinAccount(evidence: ClusterEvidence, account: AccountEvidence | undefined): ClusterEvidence {
  if (account === undefined) return evidence;
  const own = account.cloudTrail.filter((event) => isAbout(event, evidence));
  return {
    ...evidence,
    cloudTrail: [...evidence.cloudTrail, ...own],
    coverage: [...evidence.coverage, ...account.coverage],
  };
}

/**
 * A record that leaves its place out is about every cluster of that name. The files of an organisation's trail hold
 * records of other accounts, whose clusters may have the same name.
 */
function isAbout({ clusterName, account, region }: CloudTrailEvent, { cluster }: ClusterEvidence): boolean {
  const isHere = (place: string | null, own: string): boolean => place === null || place === own;
  return clusterName === cluster.name && isHere(account, cluster.account) && isHere(region, cluster.region);
}
