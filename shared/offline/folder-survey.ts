/** An evidence folder into what lies where: its places, the file of each document, and what belongs to nothing. */
import { findCloudTrail } from './cloudtrail-folder.ts';
import { compareByCodePoint } from './code-point-order.ts';
import {
  claimDocuments,
  describeStranger,
  documentKey,
  isPlace,
  readLevel,
  type Survey,
  startSurvey,
} from './folder-claims.ts';
import * as layout from './folder-layout.ts';
import { listRoot, refuseForeign, refuseUnreadableTop, resolveRoot } from './folder-root.ts';

export async function surveyFolder(dir: string): Promise<Survey> {
  const survey = startSurvey(await resolveRoot(dir));
  const entries = await listRoot(survey.root, dir);
  for (const entry of claimDocuments(survey, '', { entries, names: layout.TOP_NAMES })) {
    if (isPlace(survey, '', { entry, isShaped: layout.isAccountName(entry.name) }))
      await surveyAccount(survey, entry.name);
  }
  refuseForeign(survey, dir, entries);
  refuseUnreadableTop(survey, entries);
  survey.strangers.sort(compareByCodePoint);
  return survey;
}

async function surveyAccount(survey: Survey, account: string): Promise<void> {
  survey.accounts.push(account);
  const rest = await readLevel(survey, account, layout.ACCOUNT_NAMES);
  if (rest === null) return;
  const trail = rest.find(({ name }) => name === layout.CLOUDTRAIL_FOLDER);
  survey.documents.set(documentKey(account, 'cloudtrail'), await findCloudTrail(survey, account, trail));
  for (const entry of rest) {
    if (entry === trail) continue;
    if (isPlace(survey, account, { entry, isShaped: layout.isRegionName(entry.name) }))
      await surveyRegion(survey, account, entry.name);
  }
}

async function surveyRegion(survey: Survey, account: string, region: string): Promise<void> {
  const folder = `${account}/${region}`;
  survey.regions.push({ account, region });
  for (const entry of (await readLevel(survey, folder, layout.REGION_NAMES)) ?? []) {
    if (!isPlace(survey, folder, { entry, isShaped: true })) continue;
    survey.clusters.push({ account, region, name: entry.name });
    const inside = `${folder}/${entry.name}`;
    const rest = (await readLevel(survey, inside, layout.CLUSTER_NAMES)) ?? [];
    for (const stranger of rest) survey.strangers.push(describeStranger(inside, stranger));
  }
}
