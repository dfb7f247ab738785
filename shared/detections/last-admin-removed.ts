/** After access was taken away, no admin is left through whom people get in. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { canLockOut, isTaking } from '../rules/access-calls.ts';
import { nameActor } from '../rules/actors.ts';
import { listHumanDoors } from '../rules/admin-doors.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import { areDoorsRead } from '../rules/read-doors.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { shellLine } from '../rules/shell.ts';

export const lastAdminRemoved: Detection = {
  id: 'last-admin-removed',
  ref: 'AE-009',
  title: 'The last admin that works was taken away',
  severity: 'critical',
  needs: [['eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'Nobody can administer the cluster any more, whether by mistake or because somebody wanted to be alone in it: every further fault stays as it is.',
  fix: 'Run recover: it lists the ways back in, in the order to try them, with the commands and what each of them leaves behind.',
  blindSpots:
    'A principal of which IAM does not say whether it exists counts as a way in. Where no record shows the removal, only clusters that were created with an admin entry, or had admins at an earlier audit that is stored, are told. Admins of namespaces alone do not count.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  ],
  attack: ['T1531'],
  cis: [],
  findLack: (facts) =>
    isLockedOut(facts) && findRemoval(facts) === undefined && !hadAdmins(facts)
      ? 'no record and no earlier audit tells whether an admin ever stood'
      : null,
  *detect(facts) {
    if (!isLockedOut(facts)) return;
    const removal = findRemoval(facts);
    if (removal !== undefined) yield tell(facts, removal);
    else if (hadAdmins(facts)) yield tell(facts, null);
  },
  *observe(record, facts) {
    if (facts === null || !isRemoval(record) || !isLockedOut(facts)) return;
    yield tell(facts, record);
  },
};

function findRemoval({ records }: Facts): EvidenceRecord | undefined {
  return records.findLast(isRemoval);
}

/** From the beginning, or when the cluster was last audited: then it is known without a record that one was taken away. */
function hadAdmins({ cluster, state }: Facts): boolean {
  const stored = state.adminPeople?.[cluster.arn];
  const isOfLife = stored !== undefined && stored.life === cluster.createdAt;
  return cluster.bootstrapCreatorAdmin === true || (isOfLife && stored.people.length > 0);
}

/** The hidden creator may get in, and is no way for people to work. */
function isLockedOut(facts: Facts): boolean {
  const { cluster, access, creator, records, coverage } = facts;
  if (!areDoorsRead(facts) || !isReadInWhole(coverage, 'rbac')) return false;
  if (cluster.status === 'DELETING' || records.some(isTeardown)) return false;
  const doors = listHumanDoors(access);
  if (cluster.authenticationMode !== 'CONFIG_MAP') return doors.length === 0;
  return doors.every(
    ({ grants, principalArn }) =>
      principalArn === creator.principalArn && grants.every(({ via }) => via === 'cluster-creator'),
  );
}

function isTeardown(record: EvidenceRecord): boolean {
  return isEksCall(record, ['DeleteCluster']) && record.succeeded;
}

function isRemoval(record: EvidenceRecord): boolean {
  return isTaking(record) || canLockOut(record);
}

function tell({ cluster }: Facts, removal: EvidenceRecord | null): Match {
  const what = 'no admin is left through whom people get in';
  const command = shellLine('keyholder', 'recover', '--cluster', cluster.name);
  const how = cluster.authenticationMode === 'CONFIG_MAP' ? `${what}, but for the hidden creator` : what;
  const match: Match = {
    subject: 'cluster',
    summary: `Of ${cluster.name} ${how}.`,
    commands: [command],
    evidence: removal === null ? cluster.evidence : [removal.evidence],
  };
  if (removal === null) return match;
  const actor = removal.source === 'authenticator-log' ? null : nameActor(removal.actor);
  const by = actor === null ? '' : ` by ${actor}`;
  return {
    ...match,
    summary: `After access was changed${by}${removal.at === null ? '' : ` at ${removal.at}`}, ${how} of ${cluster.name}.`,
    actor,
    at: removal.at,
  };
}
