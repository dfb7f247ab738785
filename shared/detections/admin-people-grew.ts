/** Somebody can become an admin of the cluster who could not when it was last audited. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { StoredPeople } from '../model/state.ts';
import { nameActor } from '../rules/actors.ts';
import { arePeopleKnown } from '../rules/admin-people.ts';
import { type GrownPerson, listGrownPeople } from '../rules/grown-people.ts';
import { undoIamCall } from '../rules/iam-remedies.ts';

export const adminPeopleGrew: Detection = {
  id: 'admin-people-grew',
  ref: 'IM-003',
  title: 'More people can become admin',
  severity: 'high',
  needs: [['iam', 'eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'Nothing has to change in the cluster for that: a trust policy, a policy of a user, or a member of a group is enough, and no list of mappings shows it.',
  fix: 'Look at the path that the finding names, and take away the step that should not be there. Where somebody joined the team, nothing has to be done.',
  blindSpots:
    'It compares with the last audit that is stored and knew everybody: without one it is not evaluated. The people behind an admin that was none before are told by the finding of that admin, those whom a changed trust policy of an admin let in by admin-role-trust-changed, and who can become somebody named here stands in the same finding. More people than fit into one row of the store (about two thousand) are not compared. Service control policies and session policies are never consulted.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  attack: ['T1098.003'],
  cis: ['4.1.1'],
  shownElsewhere: {
    because: 'its state.json knows no people of an earlier day.',
    test: 'test/detections/admin-people-grew.test.ts',
  },
  findLack: (facts) => (findStored(facts) === null ? 'no earlier audit that knew everybody is stored' : null),
  findPartLack: ({ access }) => (arePeopleKnown(access) ? null : 'nobody can tell who stands behind each admin now'),
  *detect(facts) {
    const stored = findStored(facts);
    if (stored === null) return;
    for (const one of listGrownPeople(facts, stored)) yield describe(one, { facts, stored });
  },
};

function describe(
  one: GrownPerson,
  { facts: { cluster }, stored }: { readonly facts: Facts; readonly stored: StoredPeople },
): Match {
  const { ways, shownBy } = one;
  const [{ person }] = ways;
  const alike = one.behind.filter(({ isToldAlone }) => !isToldAlone).map((other) => other.person);
  const gainers = [person, ...alike].map(({ principalArn, name }) => principalArn ?? name);
  const match: Match = {
    subject: person.principalArn === null ? `user:${person.name}` : `iam:${person.principalArn}`,
    severity: person.certainty === 'yes' ? 'high' : 'medium',
    summary: `${person.name} can become an admin of ${cluster.name} and could not at ${stored.at}${wordWay(one)}.`,
    gainers: gainers.length > MOST_GAINERS ? [...gainers.slice(0, MOST_GAINERS), '…'] : gainers,
    evidence: ways.flatMap(({ row }) => row.grants.flatMap(({ evidence }) => evidence)),
  };
  // Of what may be, no call can be said to have made it.
  if (shownBy === null || person.certainty === 'unknown') return match;
  const { actor, at, evidence } = shownBy;
  const commands = undoIamCall(shownBy);
  return { ...match, commands, actor: nameActor(actor), at, evidence: [evidence, ...match.evidence] };
}

/** Of the life that stands. */
function findStored({ state, cluster }: Facts): StoredPeople | null {
  const stored = state.adminPeople?.[cluster.arn];
  return stored === undefined || stored.life !== cluster.createdAt ? null : stored;
}

function wordWay({ ways, behind }: GrownPerson): string {
  const [{ person }] = ways;
  const doubt =
    person.certainty === 'yes'
      ? ''
      : person.condition === null
        ? ', perhaps'
        : `, under a condition (${person.condition})`;
  const path = person.path.length > 1 ? person.path.join(' -> ') : ways.map(({ row }) => row.holder.name).join(', ');
  const others = behind.length === 0 ? '' : `; and through it ${nameSome(behind.map((other) => other.person.name))}`;
  return `${doubt}: ${path}${others}`;
}

const MOST_NAMES = 5;
const MOST_GAINERS = 50;

function nameSome(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
