/** What alert-on-api-call is given of AWS, as one file to load late. */
import type { FindingStore, LiveRefresh, ObjectStore } from '../../ports.ts';
import { openBucketReader } from '../bucket-reader.ts';
import { openFindingsTable } from '../findings-table.ts';
import { type DeployedHome, openHome } from '../home.ts';
import { openMachineRefresh } from '../machine-refresh.ts';

export interface DeployedAlerts extends DeployedHome {
  readonly bucket: string;
  readonly table: string;
  readonly stateMachineArn: string;
}

export interface AlertAdapters {
  readonly store: FindingStore;
  readonly bucket: Pick<ObjectStore, 'read' | 'list'>;
  readonly refresh: LiveRefresh;
}

export function openAlerts({ bucket, table, stateMachineArn, ...deployed }: DeployedAlerts): AlertAdapters {
  const home = openHome(deployed);
  return {
    store: openFindingsTable(home, table),
    bucket: openBucketReader(home, bucket),
    refresh: openMachineRefresh(home, stateMachineArn, { now: () => new Date().toISOString() }),
  };
}
