import { describe, expect, test } from 'vitest';
import { applyOn } from '../../shared/evidence/apply-on.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { accountOf, iamRole } from '../support/iam.ts';
import { cloudTrailEvent } from '../support/records.ts';

const ROLE = 'arn:aws:iam::111122223333:role';
const makesEntry = (name: string) => cloudTrailEvent({ principalArn: `${ROLE}/${name}` });
const [one, two, three] = [makesEntry('one'), makesEntry('two'), makesEntry('three')];
const adds = cloudTrailEvent({ eventName: 'CreateCapability' });
const deletes = cloudTrailEvent({
  eventName: 'DeleteRole',
  eventSource: 'iam.amazonaws.com',
  principalArn: `${ROLE}/gone`,
});

function openBase() {
  const base = { cluster: clusterEvidence(), accounts: [accountOf([iamRole('gone'), iamRole('stays')])] };
  return (records: readonly EvidenceRecord[]) => {
    const { evidence, unknown, accounts } = applyOn(base, records);
    const entries = evidence.accessEntries.map(({ principal }) => principal.name);
    return { entries, unknown, roles: accounts[0]?.iam?.roles.map(({ principal }) => principal.name) };
  };
}

describe('applyOn', () => {
  test('goes on from what it reached before', () => {
    const apply = openBase();
    apply([one, adds, deletes]);

    expect(apply([one, adds, deletes, two])).toEqual({
      entries: ['one', 'two'],
      unknown: ['CreateCapability'],
      roles: ['stays'],
    });
  });

  test('begins anew where a record came in between, or is not there', () => {
    const apply = openBase();
    apply([one, adds, deletes]);

    expect(apply([two, one])).toEqual({ entries: ['two', 'one'], unknown: [], roles: ['gone', 'stays'] });
    expect(apply([one, three])).toEqual({ entries: ['one', 'three'], unknown: [], roles: ['gone', 'stays'] });
    expect(apply([])).toEqual({ entries: [], unknown: [], roles: ['gone', 'stays'] });
  });

  test('takes nothing over from other accounts', () => {
    const cluster = clusterEvidence();
    applyOn({ cluster, accounts: [accountOf([iamRole('gone')])] }, [deletes]);

    const { accounts } = applyOn({ cluster, accounts: [accountOf([iamRole('other')])] }, [deletes]);

    expect(accounts[0]?.iam?.roles.map(({ principal }) => principal.name)).toEqual(['other']);
  });
});
