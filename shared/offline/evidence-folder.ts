/** An evidence folder on disk into the Readers of the ports. */
import type { Raw, Readers } from '../ports.ts';
import { documentKey, type Survey } from './folder-claims.ts';
import { surveyFolder } from './folder-survey.ts';
import { openStoredFile, READ_LIMITS, type ReadLimits } from './stored-file.ts';

/** Nothing is read before the first question; a folder that is none is an error then. */
export function openEvidenceFolder(dir: string, limits: ReadLimits = READ_LIMITS): Readers {
  let surveyed: Promise<Survey> | null = null;
  const survey = () => {
    surveyed ??= surveyFolder(dir);
    return surveyed;
  };
  const readFrom = async (folder: string, document: string): Promise<Raw> => {
    const { documents, unlisted } = await survey();
    const found = documents.get(documentKey(folder, document));
    if (found === undefined) {
      return { status: 'unavailable', reason: unlisted.get(folder) ?? `${folder}/ is not in the folder` };
    }
    if (found.status !== 'read') return found;
    return { status: 'read', files: found.files.map((stored) => openStoredFile(stored, limits)) };
  };
  return {
    async places() {
      const { accounts, regions, clusters, problems, strangers } = await survey();
      return { accounts, regions, clusters, problems, strangers };
    },
    readTop: (document) => readFrom('', document),
    readAccount: (account, document) => readFrom(account, document),
    readRegion: (account, region, document) => readFrom(`${account}/${region}`, document),
    readCluster: ({ account, region, name }, document) => readFrom(`${account}/${region}/${name}`, document),
  };
}
