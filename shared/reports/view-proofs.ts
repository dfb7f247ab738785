/** References to records into places that people can open. */
import type { Ref } from '../model/coverage.ts';

const MOST_PROOFS = 6;

/** Each place once; a file of `folder` goes without it. */
export function tellProofs(evidence: readonly Ref[], folder: string): readonly string[] {
  const places = [...new Set(evidence.map((ref) => tellProof(ref, folder)))];
  const more = places.length - MOST_PROOFS;
  return more > 0 ? [...places.slice(0, MOST_PROOFS), `and ${more} more`] : places;
}

function tellProof({ file, line, id, source }: Ref, folder: string): string {
  if (file === null) return id === null ? source : `${source} ${id}`;
  const short = folder !== '' && file.startsWith(folder) ? file.slice(folder.length) : file;
  return line > 0 ? `${short}:${line}` : short;
}
