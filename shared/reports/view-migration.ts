/** A migration plan into a sheet: what becomes of each row, the proof, then the steps as a checklist. */
import type { MigrationPlan, MigrationStep, ProvenPrincipal, RowDecision, UsernameChange } from '../model/migration.ts';
import { type Block, commandBlocks, rowBlocks, type Section, type Sheet, textBlocks } from './sheet.ts';
import { viewVerification } from './view-verification.ts';
import { shortenArn, tellCluster, tellCount, tellTimes } from './words.ts';

const TONES: Readonly<Record<MigrationPlan['outcome'], Sheet['tone']>> = {
  ready: 'good',
  blocked: 'bad',
  'nothing-to-do': 'good',
  'not-readable': 'doubtful',
};

/** The JSON has them all. */
const MOST_ROWS = 50;

export function viewMigration(plan: MigrationPlan): Sheet {
  const { cluster, answer, outcome, decisions, proof, steps, gaps, notes, verification } = plan;
  const of = (wanted: readonly RowDecision['decision'][]): readonly RowDecision[] =>
    decisions.filter(({ decision }) => wanted.includes(decision));
  const { account } = cluster;
  if (verification !== null) return viewVerification(cluster, verification, gaps);
  return {
    title: answer,
    tone: outcome === 'ready' && !proof.equal ? 'doubtful' : TONES[outcome],
    lead: [tellCluster(cluster), tellProof(proof.principals)],
    sections: [
      { title: 'Blocks', blocks: cap(of(['blocked']).flatMap(viewBlocked)) },
      { title: 'What changes', blocks: cap(proof.principals.flatMap((each) => viewChanged(each, account))) },
      { title: 'Moves', blocks: cap(of(['entry', 'policy', 'node-entry']).map(viewRow)) },
      { title: 'Left to EKS', blocks: cap(of(['left-to-eks']).map(viewRow)) },
      { title: 'Goes without anything in its place', blocks: cap(of(['dropped']).map(viewRow)) },
      { title: 'Usernames that change', blocks: cap(proof.usernames.map((each) => viewUsername(each, account))) },
      { title: 'Besides', blocks: textBlocks(notes) },
      { title: 'Not read', blocks: textBlocks(gaps.map(({ reason }) => reason)) },
      ...steps.map(viewStep),
    ],
  };
}

function cap(blocks: readonly Block[]): readonly Block[] {
  return rowBlocks(blocks, MOST_ROWS, (block) => block);
}

function item(mark: string, text: string, details: readonly string[] = []): Block {
  return { kind: 'item', mark, text, details };
}

function nameRow({ section, arn, line }: RowDecision): string {
  return `${arn ?? section}${line > 0 ? ` (line ${line})` : ''}`;
}

function viewRow(row: RowDecision): Block {
  return item(nameRow(row), row.because, row.advice === null ? [] : [tellTimes(row.advice)]);
}

function viewBlocked(row: RowDecision): readonly Block[] {
  return [
    item(
      nameRow(row),
      `${row.reason ?? 'blocked'}: ${row.because}`,
      row.advice === null ? [] : [tellTimes(row.advice)],
    ),
    ...commandBlocks(row.commands),
  ];
}

function tellProof(principals: readonly ProvenPrincipal[]): string {
  const of = (wanted: ProvenPrincipal['outcome']): number =>
    principals.filter(({ outcome }) => outcome === wanted).length;
  const parts = [
    `${of('same')} of ${tellCount(principals.length, 'principal')} can do the same before and after`,
    of('differs') > 0 ? `${of('differs')} cannot` : null,
    of('nobody') > 0 ? `${of('nobody')} that IAM does not have would lose what nobody can use` : null,
  ];
  return `Proof: ${parts.filter((part) => part !== null).join(', ')}.`;
}

const MOST_DIFFERENCES = 8;

function viewChanged({ principalArn, outcome, differences }: ProvenPrincipal, account: string): readonly Block[] {
  if (outcome !== 'differs') return [];
  const shown = differences.slice(0, MOST_DIFFERENCES).map(({ change, text }) => `${change}: ${text}`);
  const more = differences.length - shown.length;
  const text = `${tellCount(differences.length, 'difference')}.`;
  return [item(shortenArn(principalArn, account), text, more > 0 ? [...shown, `and ${more} more`] : shown)];
}

const COUNTS: Readonly<Record<'gained' | 'lost', string>> = {
  lost: 'it counted, and does not by this name any more',
  gained: 'it did not count, and does by this name',
};

function viewUsername({ principalArn, before, after, bindings }: UsernameChange, account: string): Block {
  const details = bindings.map(({ binding, user, change }) => `${binding} names ${user}: ${COUNTS[change]}`);
  const from = before === '' ? 'no username' : before;
  return item(
    shortenArn(principalArn, account),
    `${from} becomes ${after}.`,
    details.length === 0 ? ['No binding names either.'] : details,
  );
}

function viewStep({ title, text, isOneWay, commands, checks, undo }: MigrationStep, index: number): Section {
  return {
    title: `Step ${index + 1}: ${title}`,
    blocks: [
      { kind: 'task', text: isOneWay ? `Done. It cannot be undone. ${text}` : `Done. ${text}` },
      ...commandBlocks(commands),
      ...(checks.length === 0 ? [] : [{ kind: 'task', text: 'Checked:' } as const, ...commandBlocks(checks)]),
      ...(undo.length === 0 ? [] : [...textBlocks(['The way back:']), ...commandBlocks(undo)]),
    ],
  };
}
