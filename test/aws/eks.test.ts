import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listClusterNames, readEksCluster } from '../../shared/aws/eks.ts';
import { parseAccessEntries } from '../../shared/evidence/access-entries.ts';
import { parseDescribeCluster } from '../../shared/evidence/describe-cluster.ts';
import { parseIdentityProviders } from '../../shared/evidence/identity-providers.ts';
import { parseLogGroup } from '../../shared/evidence/log-group.ts';
import { parseWorkloadRoles } from '../../shared/evidence/workload-roles.ts';
import { ESTATE } from '../support/estate.ts';
import { openLiveAws, PLACE } from '../support/live-aws.ts';

const FOLDER = '111122223333/eu-central-1/payments';

function withoutLine(records: readonly { readonly evidence: { readonly line: number } }[]): readonly unknown[] {
  return records.map((record) => ({ ...record, evidence: { ...record.evidence, line: 0 } }));
}

describe('EKS adapter', () => {
  test('writes files of which every parser makes what it makes of those of the command line', async () => {
    const { access, task, files } = await openLiveAws();

    const { read } = await readEksCluster(access, PLACE, task);

    const live = (file: string) => ({ text: files.get(`${FOLDER}/${file}`) ?? '', file, place: PLACE });
    const stored = (file: string) => ({
      text: readFileSync(`${ESTATE}/${FOLDER}/${file}`, 'utf8'),
      file,
      place: PLACE,
    });
    expect(read).toEqual({ coverage: [], queries: [], mends: [] });
    expect(parseDescribeCluster(live('describe-cluster.json'))).toEqual(
      parseDescribeCluster(stored('describe-cluster.json')),
    );
    expect(parseLogGroup(live('log-group.json')).logGroup).toMatchObject({ retentionDays: 90, logClass: 'STANDARD' });
    const listed = [
      ['access-entries.json', parseAccessEntries],
      ['identity-providers.json', parseIdentityProviders],
      ['node-groups.json', parseWorkloadRoles.bind(null, 'node-group')],
      ['fargate-profiles.json', parseWorkloadRoles.bind(null, 'fargate-profile')],
      ['pod-identity.json', parseWorkloadRoles.bind(null, 'pod-identity')],
      ['capabilities.json', parseWorkloadRoles.bind(null, 'capability')],
    ] as const;
    for (const [file, parse] of listed) {
      expect({ file, skips: parse(live(file)).skips }).toEqual({ file, skips: [] });
      expect(withoutLine(parse(live(file)).records)).toEqual(withoutLine(parse(stored(file)).records));
    }
  });

  test('prints the description of a cluster byte for byte as the command line does', async () => {
    const { access, task, files } = await openLiveAws();

    await readEksCluster(access, PLACE, task);

    const text = files.get(`${FOLDER}/describe-cluster.json`) ?? '';
    expect(text).toContain('        "createdAt": "2026-03-02T09:15:00+00:00",\n');
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 4)}\n`);
  });

  test('pages to the end of the clusters', async () => {
    const { access } = await openLiveAws({ pageSizes: { default: 1 } });

    expect(await listClusterNames(access, 'eu-central-1')).toEqual(['archive', 'legacy', 'payments']);
  });

  test('throws what the service answered where the clusters may not be listed', async () => {
    const { access } = await openLiveAws({ caller: { deny: ['eks:ListClusters'] } });

    await expect(listClusterNames(access, 'eu-central-1')).rejects.toMatchObject({
      code: 'read-failed',
      message: expect.stringMatching(/^eks:ListClusters on region eu-central-1: denied \(/),
    });
  });

  test('asks for no access entries in mode CONFIG_MAP, where the call is refused', async () => {
    const { access, task, files, aws } = await openLiveAws();

    const { read } = await readEksCluster(access, { ...PLACE, name: 'legacy' }, task);

    expect(read.coverage).toEqual([]);
    expect(files.has('111122223333/eu-central-1/legacy/access-entries.json')).toBe(false);
    expect(aws.calls.filter(({ name }) => name === 'eks:ListAccessEntries')).toEqual([]);
  });

  test('keeps the other parts where one is denied, and gives the statement that allows it', async () => {
    const { access, task, files } = await openLiveAws({ caller: { deny: ['eks:ListNodegroups'] } });

    const { read } = await readEksCluster(access, PLACE, task);

    expect(read.coverage).toMatchObject([
      { source: 'eks-api', part: 'node-groups', cluster: 'payments', status: 'denied', window: null },
    ]);
    expect(read.mends).toHaveLength(1);
    expect(read.mends[0]?.mend).toContain('"Action":"eks:ListNodegroups"');
    expect(files.has(`${FOLDER}/node-groups.json`)).toBe(false);
    expect(files.has(`${FOLDER}/access-entries.json`)).toBe(true);
  });

  test('calls the entries read in part where their policies could not be listed', async () => {
    const { access, task, files } = await openLiveAws({ caller: { deny: ['eks:ListAssociatedAccessPolicies'] } });

    const { read } = await readEksCluster(access, PLACE, task);

    expect(read.coverage).toMatchObject([{ part: 'access-entries', status: 'partial' }]);
    const text = files.get(`${FOLDER}/access-entries.json`) ?? '';
    const { records, skips } = parseAccessEntries({ text, file: 'access-entries.json', place: PLACE });
    expect(records.length).toBeGreaterThan(5);
    expect(skips.map(({ reason }) => reason)).toEqual([
      'no associatedAccessPolicies beside the entry: its policies were not read',
    ]);
  });

  test('reads an entry once that two pages show', async () => {
    const { access, task, files, aws } = await openLiveAws();
    aws.inject({ operation: 'eks:ListAccessEntries', fault: 'results-change', nth: 2 });

    await readEksCluster(access, PLACE, task);

    const text = files.get(`${FOLDER}/access-entries.json`) ?? '';
    expect(aws.unmet()).toEqual([]);
    expect(parseAccessEntries({ text, file: 'access-entries.json', place: PLACE }).skips).toEqual([]);
  });

  test.each(['throttle', 'server-error', 'reset', 'half-answer'] as const)('gets over one %s', async (fault) => {
    const { access, task, aws } = await openLiveAws();
    aws.inject({ operation: 'eks:DescribeCluster', fault });

    const { read, cluster } = await readEksCluster(access, PLACE, task);

    expect({ name: cluster?.name, coverage: read.coverage, unmet: aws.unmet() }).toEqual({
      name: 'payments',
      coverage: [],
      unmet: [],
    });
  });

  test('still asks for the rest of a cluster that it may not describe', async () => {
    const { access, task, files } = await openLiveAws({ caller: { deny: ['eks:DescribeCluster'] } });

    const { read, cluster } = await readEksCluster(access, PLACE, task);

    expect(cluster).toBeNull();
    expect(read.coverage).toMatchObject([{ part: 'cluster', status: 'denied' }]);
    expect(files.has(`${FOLDER}/access-entries.json`)).toBe(true);
  });

  test('says of each part that time ran out', async () => {
    const { access, task } = await openLiveAws({ signal: AbortSignal.abort() });

    const { read } = await readEksCluster(access, PLACE, task);

    expect(read.coverage).toHaveLength(8);
    expect(new Set(read.coverage.map(({ status }) => status))).toEqual(new Set(['unavailable']));
    expect(read.coverage.every(({ reason }) => reason?.includes('out of time'))).toBe(true);
  });
});
