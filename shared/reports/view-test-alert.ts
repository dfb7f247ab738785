/** A test of the way of alerts into a sheet: each place with its hops, and where to look behind the last that answered. */
import type { AlertTest, TestedPlace, TestHop } from '../model/alert-test.ts';
import type { Block, Section, Sheet } from './sheet.ts';
import { tellMoment } from './words.ts';

const MARKS: Readonly<Record<TestHop['status'], string>> = {
  answered: 'yes',
  nobody: 'none',
  refused: 'REFUSED',
  silent: 'SILENT',
  absent: 'NOT HERE',
  unknown: 'UNKNOWN',
};

export function viewAlertTest({ isOpen, places, caller }: AlertTest): Sheet {
  const broken = places.filter((place) => !place.isOpen);
  const isWhole = places.every(({ hops }) => hops.every(({ status }) => status !== 'absent'));
  return {
    title: isOpen
      ? `Alerts arrive: every hop of ${tellPlaces(places)}${isWhole ? '' : ' that is deployed'} answered.`
      : `Alerts do not arrive from ${tellPlaces(broken)}.`,
    tone: isOpen ? 'good' : 'bad',
    lead: [`Sent as ${caller}.`],
    sections: places.map(viewPlace),
  };
}

function tellPlaces(places: readonly TestedPlace[]): string {
  return places.map(({ account, region }) => `${account} ${region}`).join(', ');
}

function viewPlace({ account, region, id, hops, lastAnswered, next, pages }: TestedPlace): Section {
  const advice: readonly Block[] =
    next === null
      ? []
      : [
          {
            kind: 'item',
            mark: 'next',
            text: next,
            details: [
              `The last hop that answered: ${lastAnswered ?? 'none'}.`,
              ...(pages.length === 0 ? [] : [`docs/runbook.md: ${pages.join(', ')}.`]),
            ],
          },
        ];
  return { title: `${account} / ${region} (test ${id})`, blocks: [...hops.map(viewHop), ...advice] };
}

function viewHop({ hop, status, at, reason }: TestHop): Block {
  const when = at === null ? '' : ` at ${tellMoment(at)}`;
  return { kind: 'item', mark: MARKS[status], text: `${hop}${when}`, details: reason === null ? [] : [reason] };
}
