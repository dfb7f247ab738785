/** A live run into what lies with its account. */
import type { LiveSources } from '../ports.ts';
import { listClusterNames } from './eks.ts';
import { readIamAccount } from './iam.ts';
import { readIdentityCenter } from './identity-center.ts';
import { joinReads } from './live-read.ts';
import type { LiveRun } from './live-run.ts';
import { readOrganization } from './organizations.ts';

/** For a function that reads no more: it carries these clients alone. */
export type AccountSources = Pick<LiveSources, 'readCaller' | 'listClusters' | 'readAccount'>;

export function openAccountSources(run: LiveRun): AccountSources {
  return {
    readCaller: run.identify,
    listClusters: async (_, region) => listClusterNames(await run.enter(), region),
    readAccount: async (account, task) => {
      const access = await run.enterFor(task);
      const readers = [readIamAccount, readIdentityCenter, readOrganization];
      return joinReads(await Promise.all(readers.map((read) => read(access, account, task))));
    },
  };
}
