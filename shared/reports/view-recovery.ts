/** A recovery plan into a sheet: the answer, then every way from top to bottom, then how to leave no trace. */
import type { Ref } from '../model/coverage.ts';
import type { AccessChange, AdminDoor, RecoveryCreator, RecoveryPlan, WayBack } from '../model/recovery.ts';
import { type Block, commandBlocks, type Section, type Sheet, textBlocks } from './sheet.ts';
import { isScript, viewFallback, viewNeeded } from './view-way.ts';
import { tellCluster, tellCount, tellList, tellMoment, tellTimes } from './words.ts';

const TONES: Readonly<Record<RecoveryPlan['state'], Sheet['tone']>> = {
  'locked-out': 'bad',
  degraded: 'doubtful',
  fine: 'good',
};

export function viewRecovery(plan: RecoveryPlan): Sheet {
  const { cluster, state, summary, detail, changes, cause, ways, notOffered, removal, codeNotes } = plan;
  const { doubts, unasked = [] } = plan;
  const others = changes.filter((change) => change !== cause);
  return {
    title: tellTimes(summary),
    tone: TONES[state],
    lead: [tellTimes(detail), tellCluster(cluster), tellCreator(plan.creator)],
    sections: [
      { title: 'Not known', blocks: textBlocks([...doubts, ...unasked]) },
      ...listWays(ways),
      { title: 'Admin doors', blocks: listSome(sortDoors(plan.doors).map(viewDoor)) },
      { title: 'Other changes that took access away', blocks: listSome(others.map(viewChange)) },
      {
        title: 'Not offered',
        blocks: notOffered.map(({ title, reason }) => item('', `${title}: ${reason}.`.replace('..', '.'))),
      },
      {
        title: 'How to read a check',
        blocks: plan.readings.map(({ answer, means, next }) => item(answer, `${means}. ${next}`)),
      },
      {
        title: 'At the end: take temporary access away',
        blocks:
          removal.length === 0
            ? []
            : [
                ...textBlocks([
                  'First see that an admin gets in without it: keyholder recover, with evidence read anew.',
                ]),
                ...commandBlocks(removal),
              ],
      },
      { title: 'What infrastructure code will do next', blocks: codeNotes.flatMap(viewNote) },
    ],
  };
}

/** The JSON has them all. */
const MOST_ROWS = 20;

function listSome(blocks: readonly Block[]): readonly Block[] {
  const more = blocks.length - MOST_ROWS;
  return more <= 0 ? blocks : [...blocks.slice(0, MOST_ROWS), ...textBlocks([`and ${more} more`])];
}

const STATUSES: readonly AdminDoor['status'][] = ['open', 'unknown', 'shut'];

function sortDoors(doors: readonly AdminDoor[]): readonly AdminDoor[] {
  return [...doors].sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status));
}

function listWays(ways: readonly WayBack[]): readonly Section[] {
  const scripted = ways.findIndex(({ verify }) => verify.some(isScript));
  return ways.flatMap((way, index) => {
    const isFirstFallback = way.fallback && ways[index - 1]?.fallback !== true;
    const heading: Section = {
      title: 'If that fails',
      blocks: textBlocks([
        'One after the other, from the least harm to the most; with --format json also their messages.',
      ]),
    };
    return [
      ...(isFirstFallback ? [heading] : []),
      (way.fallback ? viewFallback : viewNeeded)(way, index + 1, index === scripted),
    ];
  });
}

function item(mark: string, text: string, details: readonly string[] = []): Block {
  return { kind: 'item', mark, text, details };
}

function viewDoor({ principalArn, via, level, status, reason }: AdminDoor): Block {
  return item(status, `${principalArn ?? 'whoever created the cluster'}, ${level} by ${VIA[via]}: ${reason}`);
}

const VIA: Readonly<Record<AdminDoor['via'], string>> = {
  'access-entry': 'access entry',
  'aws-auth': 'aws-auth',
  'cluster-creator': 'having created it',
  oidc: 'OIDC',
};

function viewChange({ at, summary, evidence }: AccessChange): Block {
  return item(at === null ? 'no time' : tellMoment(at), summary, evidence.slice(0, 1).map(tellPlace));
}

function tellPlace({ file, line, id, source }: Ref): string {
  if (file === null) return id === null ? source : `${source} ${id}`;
  return line > 0 ? `${file}:${line}` : file;
}

function tellCreator({
  principalArn,
  confidence,
  candidates,
  exists,
  sameUniqueId,
  people,
  reason,
}: RecoveryCreator): string {
  if (principalArn === null) {
    const named = candidates.length === 0 ? '' : ` Candidates: ${tellList(candidates, 3)}.`;
    return `Creator: not known, for ${reason}.${named}`;
  }
  if (exists === false)
    return `Creator: ${principalArn} (${confidence}: ${reason}); it no longer exists, and whoever makes the name again may become it.`;
  const names = people.list.map(({ name }) => name);
  const who =
    names.length > 0
      ? `${tellCount(names.length, 'person', 'people')} can become it: ${tellList(names, 3)}`
      : `who can become it: ${people.reason ?? 'nobody'}`;
  return `Creator: ${principalArn} (${confidence}: ${reason}); ${tellStanding(exists, sameUniqueId)}; ${who}.`;
}

function tellStanding(exists: boolean | null, same: RecoveryCreator['sameUniqueId']): string {
  if (exists === null) return 'whether it still exists was not read';
  if (same === 'yes') return 'it exists, and is the same principal still';
  return same === 'no'
    ? 'a principal of that name exists, and is another one'
    : 'it exists; whether it is the same is not known';
}

function viewNote({ title, text, code }: RecoveryPlan['codeNotes'][number]): readonly Block[] {
  const block: Block = { kind: 'paste', text: code ?? '', language: 'hcl' };
  return [item('', `${title}. ${text}`), ...(code === null ? [] : [block])];
}
