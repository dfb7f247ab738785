/** What publish-changes is given of AWS, as one file to load late. */
import type { Publisher } from '../../message-port.ts';
import type { FindingStore, ObjectStore } from '../../ports.ts';
import type { AwsAccess } from '../access.ts';
import { openBucketReader } from '../bucket-reader.ts';
import { openFindingsTable } from '../findings-table.ts';
import { type DeployedHome, openHome } from '../home.ts';
import { openTopic } from '../sns.ts';

export interface DeployedChanges extends DeployedHome {
  readonly bucket: string;
  readonly table: string;
}

export interface ChangesAdapters {
  readonly home: AwsAccess;
  readonly store: FindingStore;
  readonly bucket: Pick<ObjectStore, 'read' | 'list'>;
  readonly openTopic: (topicArn: string) => Publisher;
}

export function openChanges({ bucket, table, ...deployed }: DeployedChanges): ChangesAdapters {
  const home = openHome(deployed);
  return {
    home,
    store: openFindingsTable(home, table),
    bucket: openBucketReader(home, bucket),
    openTopic: (topicArn) => openTopic(home, topicArn),
  };
}
