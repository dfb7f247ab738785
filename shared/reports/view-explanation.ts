/** Why somebody is allowed or denied into a sheet: the answer, the way it was found along, and what would mend it. */
import type { Ref } from '../model/coverage.ts';
import type { Explanation, PathStep } from '../model/explanation.ts';
import { commandBlocks, type Sheet, textBlocks } from './sheet.ts';
import { tellCluster } from './words.ts';

const MARKS: Readonly<Record<PathStep['outcome'], string>> = { holds: '', broken: 'broken: ', unknown: 'not known: ' };
const MOST_PLACES = 3;

export function viewExplanation(explanation: Explanation): Sheet {
  const { cluster, allowed, brokenLink, answer, because, path, canI, gaps, notes, advice, mend } = explanation;
  const where = tellCluster(cluster);
  return {
    title: answer,
    tone: allowed === true ? 'good' : allowed === false ? 'bad' : 'doubtful',
    lead: [because, brokenLink === null ? where : `Broken link: ${brokenLink}. ${where}`],
    sections: [
      {
        title: 'The way',
        blocks: path.map(({ step, outcome, text, evidence }) => ({
          kind: 'item',
          mark: step,
          text: `${MARKS[outcome]}${text}`,
          details: listPlaces(evidence),
        })),
      },
      { title: 'kubectl auth can-i', blocks: [{ kind: 'text', text: `${canI.answer}. ${canI.note}` }] },
      { title: 'Not known', blocks: textBlocks(gaps.map(({ reason }) => reason)) },
      { title: 'Besides', blocks: textBlocks(notes) },
      {
        title: allowed === false ? 'To mend it' : 'To find out',
        blocks: [...textBlocks(advice === null ? [] : [advice]), ...commandBlocks(mend)],
      },
    ],
  };
}

/** Each record once: file and line, or the id of what lies in no file. */
function listPlaces(evidence: readonly Ref[]): readonly string[] {
  const places = new Set(evidence.map(tellPlace));
  const shown = [...places].slice(0, MOST_PLACES).join(', ');
  if (places.size === 0) return [];
  return [places.size > MOST_PLACES ? `${shown} and ${places.size - MOST_PLACES} more` : shown];
}

function tellPlace({ file, line, id, source }: Ref): string {
  if (file === null) return id === null ? source : `${source} ${id}`;
  return line > 0 ? `${file}:${line}` : file;
}
