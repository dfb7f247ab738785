import { describe, expect, it } from 'vitest';
import { listKnownCreators } from '../../shared/pipeline/known-creators.ts';

describe('listKnownCreators', () => {
  it('gives the lives of clusters whose creator is stored', () => {
    const clusterArn = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
    const life = '2026-01-01T00:00:00Z';
    const creators = [{ clusterArn, life, principalArn: 'arn:aws:iam::111122223333:role/ci', uniqueId: null }];

    const text = JSON.stringify({ schema: 'keyholder.state/v1', creators });

    expect(listKnownCreators(text, 'state.json')).toEqual([{ clusterArn, life }]);
  });

  it('refuses a state that is none', () => {
    expect(() => listKnownCreators('{', 'old/state.json')).toThrow('old/state.json: not JSON');
  });
});
