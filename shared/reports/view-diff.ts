/** What changed between two dates into a sheet: grants by what became of them, then findings. */
import type { ChangedFinding, ChangedGrant, ChangedLevel, EstateDiff } from '../model/history.ts';
import type { Block, Section, Sheet } from './sheet.ts';
import { rowBlocks, textBlocks } from './sheet.ts';
import { shortenArn, shortenSubject, tellHolder, tellMoment, tellScope, tellTimes } from './words.ts';

const MOST_ROWS = 200;

export function viewDiff({ answer, clusters, begun, ended, levels, firstSeen, findings, notes }: EstateDiff): Sheet {
  return {
    title: tellTimes(answer),
    tone: notes.length > 0 ? 'doubtful' : 'good',
    lead: [`Clusters: ${clusters.map(({ name, region, account }) => `${name} (${region}, ${account})`).join(', ')}.`],
    sections: [
      viewRows('Given', begun, (grant) => viewGrant(grant, 'given')),
      viewRows('Ended', ended, (grant) => viewGrant(grant, 'ended')),
      viewRows('Of another level', levels, viewLevel),
      viewRows('Seen for the first time, and made nobody knows when', firstSeen, (grant) =>
        viewGrant(grant, 'first seen'),
      ),
      viewRows('Findings', findings, viewFinding),
      { title: 'Besides', blocks: textBlocks(notes.map(tellTimes)) },
    ],
  };
}

function viewRows<Row>(title: string, rows: readonly Row[], view: (row: Row) => Block): Section {
  return { title, blocks: rowBlocks(rows, MOST_ROWS, view) };
}

function viewGrant(grant: ChangedGrant, word: string): Block {
  const { holder, cluster, level, via, detail, scope } = grant;
  return {
    kind: 'item',
    mark: `${tellHolder(holder, cluster.account)} on ${cluster.name}`,
    text: `${level}: ${via} ${detail}, ${tellScope(scope)}`,
    details: [`${word} ${tellWhen(grant)}${tellBy(grant)}`],
  };
}

function tellWhen({ changedAt, notBefore }: ChangedGrant): string {
  if (notBefore === null) return tellMoment(changedAt);
  return `between ${tellMoment(notBefore)} and ${tellMoment(changedAt)}`;
}

function tellBy({ changedBy, cluster }: ChangedGrant): string {
  return changedBy === null
    ? ', by whom no record that was read tells'
    : ` by ${shortenArn(changedBy, cluster.account)}`;
}

function viewLevel({ before, grant }: ChangedLevel): Block {
  const { cluster, holder, level, via, detail } = grant;
  return {
    kind: 'item',
    mark: `${tellHolder(holder, cluster.account)} on ${cluster.name}`,
    text: `${before} became ${level}: ${via} ${detail}`,
    details: [tellWhen(grant)],
  };
}

function viewFinding({ severity, subject, summary, change, cluster, actor, firstSeenAt }: ChangedFinding): Block {
  const account = cluster?.account ?? '';
  const by = actor === null ? '' : ` by ${shortenArn(actor, account)}`;
  return {
    kind: 'item',
    mark: severity,
    text: summary,
    details: [
      `${change.kind} ${tellMoment(change.at)} (${change.cause})${by}, first seen ${tellMoment(firstSeenAt)}`,
      `${shortenSubject(subject, account)}${cluster === null ? '' : ` on ${cluster.name}`}`,
    ],
  };
}
