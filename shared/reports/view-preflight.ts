/** A preflight into a sheet: one table for each account, region and cluster, then everything missing as one policy. */
import type { Preflight, PreflightRow } from '../model/preflight.ts';
import type { Block, Section, Sheet } from './sheet.ts';

const MARKS: Readonly<Record<PreflightRow['status'], string>> = {
  readable: 'yes',
  denied: 'DENIED',
  disabled: 'off',
  unavailable: 'NO',
};

export function viewPreflight({ rows, missing, callers, policy }: Preflight): Sheet {
  const places = [...new Set(rows.map(placeOf))];
  return {
    title:
      missing === 0
        ? `Everything can be read: ${rows.length} calls were tried.`
        : `${missing} of ${rows.length} calls that an audit makes are missing.`,
    tone: missing === 0 ? 'good' : 'bad',
    lead: callers.map((caller) => `Tried as ${caller}.`),
    sections: [
      ...places.map((place) => viewPlace(place, rows)),
      {
        title: 'Allow this to the auditor',
        blocks: policy === null ? [] : [{ kind: 'paste', text: JSON.stringify(policy, null, 2), language: 'json' }],
      },
    ],
  };
}

function placeOf({ account, region, cluster }: PreflightRow): string {
  return [account, region, cluster].filter((part) => part !== null).join(' / ');
}

/** What can be read is one line a source; what cannot is one a call. */
function viewPlace(place: string, rows: readonly PreflightRow[]): Section {
  const here = rows.filter((row) => placeOf(row) === place);
  const sources = [...new Set(here.map(({ source }) => source))];
  const blocks = sources.flatMap((source): readonly Block[] => {
    const ofSource = here.filter((row) => row.source === source);
    const gaps = ofSource.filter(({ status }) => status !== 'readable');
    if (gaps.length === 0) {
      return [{ kind: 'item', mark: MARKS.readable, text: source, details: [] }];
    }
    return gaps.map((row) => viewGap(row));
  });
  return { title: place, blocks };
}

function viewGap({ status, source, reason, mend, unanswered }: PreflightRow): Block {
  const details = [
    unanswered === null ? null : `Stays open: ${unanswered}.`,
    mend === null ? null : `To mend it: ${mend}`,
  ].filter((text) => text !== null);
  return { kind: 'item', mark: MARKS[status], text: `${source}: ${reason ?? status}`, details };
}
