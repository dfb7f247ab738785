import { describe, expect, it } from 'vitest';
import { withKnownLife } from '../../shared/evidence/known-life.ts';
import type { ClusterEvidence } from '../../shared/model/evidence.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { ADMIN_ROLE, cluster } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';

const BORN = '2026-03-02T09:15:00Z';
const REBORN = '2026-09-01T10:00:00Z';
const UNDESCRIBED = cluster({ createdAt: null });
const STATE = {
  creators: [
    { clusterArn: UNDESCRIBED.arn, life: BORN, principalArn: ADMIN_ROLE, uniqueId: null },
    { clusterArn: `${UNDESCRIBED.arn}-2`, life: REBORN, principalArn: ADMIN_ROLE, uniqueId: null },
  ],
};
const NO_STATE = { creators: [] };

function undescribed(...cloudTrail: ClusterEvidence['cloudTrail']): ClusterEvidence {
  const coverage = coverageBut(eksCoverage({ cluster: 'denied' }));
  return clusterEvidence({ cluster: UNDESCRIBED, cloudTrail, coverage });
}

function created(at: string, createdAt: string | null) {
  const answered = createdAt === null ? {} : { response: { cluster: { createdAt } } };
  return cloudTrailEvent({ eventName: 'CreateCluster', at, ...answered });
}

function tell(evidence: ClusterEvidence) {
  const row = evidence.coverage.find(({ source }) => source === 'eks-api');
  return [evidence.cluster.createdAt, row?.reason?.replace('not read: cluster; ', '')];
}

const UNKNOWN = 'which life of the cluster this is cannot be told: its findings are not matched with earlier ones';

describe('withKnownLife', () => {
  it('leaves a cluster alone that was described', () => {
    const described = clusterEvidence({ cluster: cluster({ createdAt: BORN }) });

    expect(withKnownLife(described, STATE)).toBe(described);
  });

  it('takes the life of the stored state, and says so', () => {
    expect(tell(withKnownLife(undescribed(), STATE))).toEqual([
      BORN,
      `taken for the cluster that was created at ${BORN}, by the stored state`,
    ]);
  });

  it('takes the life of the record of its creation, and the later of two', () => {
    expect(tell(withKnownLife(undescribed(created(REBORN, REBORN)), STATE))).toEqual([
      REBORN,
      `taken for the cluster that was created at ${REBORN}, by the record of its creation`,
    ]);
  });

  it.each([
    ['nothing tells of it', undescribed(), NO_STATE],
    ['it was deleted since', undescribed(cloudTrailEvent({ eventName: 'DeleteCluster', at: REBORN })), STATE],
    ['it was created again at an unknown time', undescribed(created(REBORN, null)), STATE],
  ])('says that the life is not known where %s', (_, evidence, state) => {
    expect(tell(withKnownLife(evidence, state))).toEqual([null, UNKNOWN]);
  });

  it('goes by no creation that failed', () => {
    const failed = cloudTrailEvent({ eventName: 'CreateCluster', at: REBORN, succeeded: false });

    expect(tell(withKnownLife(undescribed(failed), STATE))[0]).toBe(BORN);
  });
});
