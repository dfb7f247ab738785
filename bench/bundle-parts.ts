/** The files of a bundle into how much of it, gzipped, each part of the project is. */
import type { Metafile } from 'esbuild';

const PARTS: readonly (readonly [part: string, path: RegExp])[] = [
  ['parsers of evidence', /^shared\/evidence\//],
  ['tables and rules', /^shared\/rules\//],
  ['detections', /^shared\/detections\//],
  ['who holds what', /^shared\/(access|findings)\//],
  ['ways back in', /^shared\/recovery\//],
  ['messages and reports', /^shared\/reports\//],
  ['adapters of AWS', /^shared\/aws\//],
  ['the rest of ours', /^(shared|functions)\//],
  ['yaml', /^node_modules\/yaml\//],
];

/** Each file's share of what its output weighs, by bytes; the SDK and what it needs are left out. */
export function weighParts({ outputs }: Metafile, weigh: (path: string) => number): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const [path, { bytes, inputs }] of Object.entries(outputs)) {
    const ofByte = weigh(path) / bytes;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const [part] = PARTS.find(([, pattern]) => pattern.test(input)) ?? [];
      if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + bytesInOutput * ofByte);
    }
  }
  return parts;
}
