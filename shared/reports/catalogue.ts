/** The catalogue of detections into text for people and JSON for scripts. */
import type { Detection } from '../model/finding.ts';
import { cut, pad } from './layout.ts';

export const CATALOGUE_FORMATS = ['text', 'json'] as const;
export type CatalogueFormat = (typeof CATALOGUE_FORMATS)[number];

const SEVERITY_WIDTH = 8;

export function renderCatalogue(detections: readonly Detection[], format: CatalogueFormat, width: number): string {
  if (format === 'json') return `${JSON.stringify(detections.map(listFacts), null, 2)}\n`;
  const names = Math.max(...detections.map(({ id }) => id.length));
  const room = Math.max(20, width - names - SEVERITY_WIDTH - 4);
  return detections
    .map(({ id, severity, title }) => `${pad(id, names)}  ${pad(severity, SEVERITY_WIDTH)}  ${cut(title, room)}\n`)
    .join('');
}

/** What is said of a detection; what it does is code. */
function listFacts(detection: Detection): Omit<Detection, 'detect' | 'observe' | 'correlate' | 'shownElsewhere'> {
  const { id, ref, title, severity, needs, why, fix, blindSpots, references, attack, cis } = detection;
  return { id, ref, title, severity, needs, why, fix, blindSpots, references, attack, cis };
}
