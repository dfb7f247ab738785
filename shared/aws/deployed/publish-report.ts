/** What publish-report is given of AWS, as one file to load late. */
import type { Publisher } from '../../message-port.ts';
import type { FindingStore, ObjectStore, ReportSink } from '../../ports.ts';
import type { AwsAccess } from '../access.ts';
import { openBucket } from '../bucket.ts';
import { openRowList } from '../findings-table.ts';
import { type DeployedHome, openHome } from '../home.ts';
import { createLink, openReportBucket } from '../report-bucket.ts';
import { openTopic } from '../sns.ts';

export interface DeployedReport extends DeployedHome {
  readonly bucket: string;
  /** Of the reports; ends with a slash. */
  readonly prefix: string;
  readonly topicArn: string;
  /** null: nothing is remembered. */
  readonly table: string | null;
}

export interface ReportAdapters {
  readonly home: AwsAccess;
  readonly store: ObjectStore;
  readonly reports: ReportSink;
  readonly link: (key: string) => ReturnType<typeof createLink>;
  readonly publisher: Publisher;
  /** null: nothing is remembered. */
  readonly rows: Pick<FindingStore, 'list'> | null;
}

export function openReport({ bucket, prefix, topicArn, table, ...deployed }: DeployedReport): ReportAdapters {
  const home = openHome(deployed);
  const store = openBucket(home, bucket);
  return {
    home,
    store,
    reports: openReportBucket(store, prefix),
    link: (key) => createLink(home, { bucket, key, at: new Date() }),
    publisher: openTopic(home, topicArn),
    rows: table === null ? null : openRowList(home, table),
  };
}
