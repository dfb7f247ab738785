/** Who held what on a date into a sheet: those who could administer the cluster first, each with its grants. */
import type { ClusterHistory, HeldByHolder, HeldGrant } from '../model/history.ts';
import { isAdminLevel } from '../rules/keyholders.ts';
import type { Section, Sheet } from './sheet.ts';
import { rowBlocks, textBlocks } from './sheet.ts';
import { shortenArn, tellCount, tellHolder, tellMoment, tellScope, tellTimes } from './words.ts';

/** More are in the JSON, which has them all. */
const MOST_ROWS = 200;
const MOST_GRANTS = 5;

export function viewHistory({ cluster, answer, at, firstAuditAt, lastAuditAt, holders, notes }: ClusterHistory): Sheet {
  const isDoubtful = notes.length > 0 || holders.some(({ certainty }) => certainty === 'maybe');
  const admins = holders.filter(isAdmin);
  return {
    title: tellTimes(answer),
    tone: isDoubtful ? 'doubtful' : 'good',
    lead: [
      `Cluster ${cluster.name}, ${cluster.region}, account ${cluster.account}, on ${tellMoment(at)}.`,
      `First audit that read every source of grants: ${firstAuditAt === null ? 'none yet' : tellMoment(firstAuditAt)}; last audit: ${lastAuditAt === null ? 'none' : tellMoment(lastAuditAt)}.`,
    ],
    sections: [
      viewHolders('Could administer it', admins.filter(isSure), cluster.account),
      viewHolders(
        'May have',
        admins.filter((holder) => !isSure(holder)),
        cluster.account,
      ),
      viewHolders(
        'Held less',
        holders.filter((holder) => !isAdmin(holder)),
        cluster.account,
      ),
      { title: 'Besides', blocks: textBlocks(notes.map(tellTimes)) },
    ],
  };
}

function isAdmin({ level }: HeldByHolder): boolean {
  return isAdminLevel(level);
}

function isSure({ certainty }: HeldByHolder): boolean {
  return certainty === 'held';
}

function viewHolders(title: string, holders: readonly HeldByHolder[], account: string): Section {
  const blocks = rowBlocks(holders, MOST_ROWS, ({ holder, level, grants }) => {
    const decisive = grants.filter((grant) => grant.level === level).slice(0, MOST_GRANTS);
    const left = grants.length - decisive.length;
    return {
      kind: 'item',
      mark: tellHolder(holder, account),
      text: level,
      details: [
        ...decisive.map((grant) => tellGrant(grant, account)),
        ...(left > 0 ? [`and ${tellCount(left, 'other grant')}`] : []),
      ],
    };
  });
  return { title, blocks };
}

function tellGrant(grant: HeldGrant, account: string): string {
  const { via, detail, scope, from, isFromKnown, grantedBy, until, isUntilKnown, endedBy, doubt } = grant;
  const begin = isFromKnown ? `from ${tellMoment(from)}` : `first seen ${tellMoment(from)}`;
  const giver = grantedBy === null ? '' : ` by ${shortenArn(grantedBy, account)}`;
  const end = until === null ? '' : `, ${isUntilKnown ? 'until' : 'gone by'} ${tellMoment(until)}`;
  const taker = endedBy === null ? '' : ` by ${shortenArn(endedBy, account)}`;
  const perhaps = doubt === null ? '' : `; perhaps: ${tellTimes(doubt)}`;
  return `${via} ${detail}, ${tellScope(scope)}: ${begin}${giver}${end}${taker}${perhaps}`;
}
