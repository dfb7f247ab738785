import { describe, expect, test } from 'vitest';
import { renderRecoveryJson } from '../../shared/reports/answer-json.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { listLockouts, planLockout } from '../support/lockouts.ts';

describe('schema/recover.v1.json', () => {
  test('holds for the plan of every lockout', () => {
    const broken = [...listLockouts()].flatMap((lockout) => {
      const errors = listAnswerErrors('recover', JSON.parse(renderRecoveryJson(planLockout(lockout))));
      return errors.length === 0 ? [] : [{ lockout, errors }];
    });

    expect(broken).toEqual([]);
  });

  test('refuses a plan that says less than it must', () => {
    const plan = JSON.parse(
      renderRecoveryJson(
        planLockout({
          mode: 'API',
          creator: 'gone',
          entries: 'none',
          awsAuth: 'good',
          caller: 'unnamed',
        }),
      ),
    );

    const [way, ...others] = plan.ways;
    const [unsure] = way.preconditions.filter(({ answer }: { answer: string }) => answer === 'unknown');
    const speechless = { ...way, preconditions: [{ ...unsure, message: null }] };
    const { undo: _, ...endless } = way;

    expect(listAnswerErrors('recover', plan)).toEqual([]);
    expect(listAnswerErrors('recover', { ...plan, state: 'lost' })).not.toEqual([]);
    expect(listAnswerErrors('recover', { ...plan, ways: [] })).not.toEqual([]);
    expect(listAnswerErrors('recover', { ...plan, ways: [endless, ...others] })).not.toEqual([]);
    expect(listAnswerErrors('recover', { ...plan, ways: [speechless, ...others] })).not.toEqual([]);
  });
});
