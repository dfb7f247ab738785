/** The data of an aws-auth ConfigMap into its sections, each with a way back from its own text to the file. */
import type { AwsAuthSection } from '../model/aws-auth.ts';
import {
  type Wording,
  wordKeyCase,
  wordOtherObject,
  wordRepeatedSection,
  wordStrangeKey,
  wordValueNotAString,
} from './aws-auth-wording.ts';
import type { ConfigMap, ConfigMapEntry } from './config-map.ts';
import type { Span } from './go-yaml.ts';
import { mapOffsets } from './scalar-offsets.ts';

export const SECTIONS = ['mapRoles', 'mapUsers', 'mapAccounts'] as const satisfies readonly AwsAuthSection[];

export interface SectionText {
  readonly section: AwsAuthSection;
  readonly text: string;
  /** The value with its quotes or its `|`, in the file. */
  readonly span: Span;
  /** For each character of the text, and for its end, the offset in the file. */
  readonly offsets: Int32Array;
}

/** What is wrong around the sections, by its offset in the file. */
export interface FileComplaint {
  readonly wording: Wording;
  readonly section: AwsAuthSection | null;
  readonly at: number;
}

export interface Reading {
  readonly sections: readonly SectionText[];
  readonly complaints: readonly FileComplaint[];
  /** Sections whose value is no text. */
  readonly lost: readonly AwsAuthSection[];
}

export function findSection(key: string): AwsAuthSection | null {
  return SECTIONS.find((section) => section === key) ?? null;
}

export function readSections(map: ConfigMap, file: string): Reading {
  const sections: SectionText[] = [];
  const complaints: FileComplaint[] = [...listObjectComplaints(map)];
  const lost: AwsAuthSection[] = [];
  const taken = new Set(map.entries.map(({ key }) => key));
  for (const { key, keySpan, value } of map.entries) {
    const section = findSection(key);
    if (value.kind !== 'string' && value.kind !== 'null') {
      complaints.push({ wording: wordValueNotAString(key, value.kind), section, at: keySpan.start });
      if (section !== null) lost.push(section);
    } else if (section === null) {
      complaints.push({ wording: wordKey(key, taken), section: nearestSection(key), at: keySpan.start });
    } else if (value.kind === 'string') {
      sections.push({ section, text: value.text, span: value, offsets: mapOffsets(file, value, value.text) });
    }
  }
  return { sections, complaints, lost };
}

function nearestSection(key: string): AwsAuthSection | null {
  return SECTIONS.find((section) => section.toLowerCase() === key.toLowerCase()) ?? null;
}

function wordKey(key: string, taken: ReadonlySet<string>): Wording {
  const section = nearestSection(key);
  return section === null ? wordStrangeKey(key) : wordKeyCase(key, section, taken.has(section));
}

function* listObjectComplaints(map: ConfigMap): Iterable<FileComplaint> {
  const name = map.name ?? 'aws-auth';
  const namespace = map.namespace ?? 'kube-system';
  if (name !== 'aws-auth' || namespace !== 'kube-system')
    yield { wording: wordOtherObject(`${namespace}/${name}`), section: null, at: map.nameSpan.start };
  for (const { key, keySpan } of map.replaced) yield* complainOfReplaced({ key, at: keySpan.start });
}

function* complainOfReplaced({ key, at }: Pick<ConfigMapEntry, 'key'> & { at: number }): Iterable<FileComplaint> {
  const section = findSection(key);
  if (section !== null) yield { wording: wordRepeatedSection(section), section, at };
}
