/** trails.json (`aws cloudtrail describe-trails`, each trail perhaps with status and selectors) into the trails of a region. */
import type { Skip } from '../model/coverage.ts';
import type { Trail } from '../model/region.ts';
import { parseJsonDocument } from './json-document.ts';
import { isRecord, textIn } from './json-fields.ts';
import { looseField, looseItems, looseText } from './loose-fields.ts';
import { tallySkips } from './skip-tally.ts';

export interface ParsedTrails {
  /** null when the text is no such output. */
  readonly trails: readonly Trail[] | null;
  readonly skips: readonly Skip[];
  /** What the output leaves out; null when nothing. */
  readonly gap: string | null;
}

export function parseTrails(text: string, file: string): ParsedTrails {
  const tally = tallySkips(file);
  const document = parseJsonDocument(text);
  const list = 'problem' in document ? null : looseItems(document.value, 'trailList');
  if (list === null || 'problem' in document) {
    tally.add('problem' in document ? `not JSON: ${document.problem}` : 'expected trailList, got none', text);
    return { trails: null, skips: tally.list(), gap: null };
  }
  const trails = list.flatMap((item, index): readonly Trail[] => {
    const line = document.lineOf(['trailList', index]);
    const name = looseText(item, 'name');
    if (name !== null) return [describeTrail(item, { name, file, line })];
    tally.add('a trail without Name', item, { line });
    return [];
  });
  const bare = trails.filter(({ isLogging, recordsWrites }) => isLogging === null || recordsWrites === null);
  const gap = bare.length === 0 ? null : `${bare.length} of ${trails.length} trails without status or selectors`;
  return { trails, skips: tally.list(), gap };
}

interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

function describeTrail(trail: unknown, { name, file, line }: Place): Trail {
  const arn = textIn(trail, 'TrailARN') ?? textIn(trail, 'trailARN') ?? textIn(trail, 'trailArn');
  const isLogging = looseField(looseField(trail, 'status'), 'isLogging');
  return {
    name,
    arn,
    homeRegion: looseText(trail, 'homeRegion'),
    isMultiRegion: looseField(trail, 'isMultiRegionTrail') === true,
    isLogging: typeof isLogging === 'boolean' ? isLogging : null,
    recordsWrites: findWrites(trail),
    evidence: { source: 'trails', id: arn ?? name, at: null, file, line },
  };
}

/** Basic and advanced selectors exclude each other; a trail that has neither in its answer says nothing of what it records. */
function findWrites(trail: unknown): boolean | null {
  const advanced = looseItems(trail, 'advancedEventSelectors') ?? [];
  const basic = looseItems(trail, 'eventSelectors') ?? [];
  if (advanced.length > 0) return advanced.some(selectsWrites);
  if (basic.length === 0) return null;
  return basic.some(
    (selector) =>
      looseField(selector, 'includeManagementEvents') !== false && looseText(selector, 'readWriteType') !== 'ReadOnly',
  );
}

/** Management events, with no field beside that could leave the writes of EKS or IAM out. */
function selectsWrites(selector: unknown): boolean {
  const fields = (looseItems(selector, 'fieldSelectors') ?? []).filter(isRecord);
  const find = (field: string) => fields.find((one) => looseText(one, 'field') === field);
  const equal = (field: string): readonly unknown[] => looseItems(find(field), 'equals') ?? [];
  if (!equal('eventCategory').includes('Management')) return false;
  if (find('readOnly') !== undefined && !equal('readOnly').includes('false')) return false;
  const sources = find('eventSource');
  if (sources === undefined) return true;
  const named = looseItems(sources, 'equals');
  // Selectors that leave KMS and the RDS data API out are the usual ones.
  if (named !== null) return OF_ACCESS.every((source) => named.includes(source));
  return !OF_ACCESS.some((source) => (looseItems(sources, 'notEquals') ?? []).includes(source));
}

const OF_ACCESS = ['eks.amazonaws.com', 'iam.amazonaws.com'];
