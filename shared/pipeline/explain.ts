/** The story of `explain` and `who-can`: one cluster of what the readers have, a question, and its answer. */
import { KeyholderError } from '../errors.ts';
import { parseAsker } from '../explain/asker.ts';
import { type AccessQuestion, explainAccess } from '../explain/explain-access.ts';
import { explainError } from '../explain/explain-error.ts';
import { type AskedFor, parseAsk } from '../explain/request.ts';
import { whoCan } from '../explain/who-can.ts';
import type { ErrorAnswer, Explanation, WhoCan } from '../model/explanation.ts';
import type { ClusterPlace, Readers } from '../ports.ts';
import { type ClusterQuestion, collectClusterFacts } from './cluster-facts.ts';
import { MAX_DOCUMENT_BYTES } from './read-document.ts';
import { readText } from './read-text.ts';

/** Throws KeyholderError('usage') for a question that cannot be asked, before anything is read. */
export async function explainInCluster(
  readers: Readers,
  asked: AccessQuestion,
  where: ClusterQuestion,
): Promise<Explanation> {
  parseAsker(asked.principal);
  parseAsk(asked);
  const { facts, place } = await collectClusterFacts(readers, where);
  return explainAccess(facts, asked, await readAwsAuthText(readers, place));
}

export async function whoCanInCluster(readers: Readers, asked: AskedFor, where: ClusterQuestion): Promise<WhoCan> {
  parseAsk(asked);
  const { facts } = await collectClusterFacts(readers, where);
  return whoCan(facts, asked);
}

/** Needs no evidence: the text is all there is. */
export function explainErrorText(text: string): readonly ErrorAnswer[] {
  if (text.trim() !== '') return explainError(text);
  throw new KeyholderError('usage', 'expected the text of an error for --error, got nothing');
}

/** As it lies there: what its parser had to drop is named in it all the same. */
async function readAwsAuthText(readers: Readers, place: ClusterPlace): Promise<string | null> {
  const raw = await readers.readCluster(place, 'aws-auth');
  const [file] = raw.status === 'read' ? raw.files : [];
  if (file === undefined) return null;
  try {
    return (await readText(file, MAX_DOCUMENT_BYTES)).text;
  } catch (error) {
    // It broke off before, too: the coverage of aws-auth says so.
    if (error instanceof KeyholderError && error.code === 'read-failed') return null;
    throw error;
  }
}
