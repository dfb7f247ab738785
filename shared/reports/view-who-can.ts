/** Who can do a thing into a sheet: holders one by one with the grant that allows it, the rest by number. */
import type { Access, Grant, Person } from '../model/access.ts';
import type { WhoCan } from '../model/explanation.ts';
import { sortAccess } from './order.ts';
import { type Block, rowBlocks, type Section, type Sheet, textBlocks } from './sheet.ts';
import { tellCluster, tellHolder, tellList, tellScope } from './words.ts';

/** More are in the JSON, which has them all. */
const MOST_ROWS = 200;
const MOST_PEOPLE = 5;

export function viewWhoCan({ cluster, answer, holders, undecided, elsewhere, refused, gaps, notes }: WhoCan): Sheet {
  const { account } = cluster;
  const shown = sortAccess(holders).filter(({ kind }) => kind !== 'aws');
  const own = holders.filter(({ kind }) => kind === 'aws');
  return {
    title: answer,
    tone: gaps.length > 0 || undecided.length > 0 ? 'doubtful' : 'good',
    lead: [tellCluster(cluster)],
    sections: [
      viewRows('Who can', shown, account),
      viewRows("Kubernetes' and EKS's own, as they ship", own, account),
      viewRows('Not decided: AWS does not publish the rules of their access policy', undecided, account),
      viewRows('In some namespaces', elsewhere, account),
      viewRows('Bound, refused since 1.32', refused, account),
      { title: 'Besides', blocks: textBlocks(notes) },
      { title: 'Not read: there may be more', blocks: textBlocks(gaps.map(({ reason }) => reason)) },
    ],
  };
}

function viewRows(title: string, rows: readonly Access[], account: string): Section {
  return { title, blocks: rowBlocks(rows, MOST_ROWS, (row) => viewRow(row, account)) };
}

function viewRow(row: Access, account: string): Block {
  const [first] = row.grants;
  const gone = row.exists === false ? ' (deleted in IAM)' : '';
  return {
    kind: 'item',
    mark: `${tellHolder(row.holder, account)}${gone}`,
    text: first === undefined ? 'no grant' : tellGrant(first),
    details: tellPeople(row),
  };
}

function tellGrant({ via, detail, scope }: Grant): string {
  return `${via} ${detail}, ${tellScope(scope)}`;
}

function tellPeople({ people, kind }: Access): readonly string[] {
  if (kind === 'aws' || kind === 'node' || kind === 'workload') return [];
  if (people.status === 'not-readable') return [`people: not readable, ${people.reason ?? 'no reason given'}`];
  if (people.list.length === 0) return ['people: none found'];
  return [`people: ${tellList(people.list.map(tellPerson), MOST_PEOPLE)}`];
}

function tellPerson({ name, certainty }: Person): string {
  return certainty === 'yes' ? name : `${name} (${certainty})`;
}
