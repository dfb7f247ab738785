import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly MaxConcurrency?: number;
  readonly Retry?: readonly object[];
  readonly Catch?: readonly object[];
  readonly ItemProcessor?: Processor;
}

interface Processor {
  readonly ProcessorConfig: { readonly Mode: string };
  readonly States: Readonly<Record<string, State>>;
}

const MACHINE = JSON.parse(readFileSync(new URL('../resources/audit-estate.asl.json', import.meta.url), 'utf8'));

function listStates(states: Readonly<Record<string, State>>): readonly (readonly [string, State])[] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as const,
    ...listStates(state.ItemProcessor?.States ?? {}),
  ]);
}

const STATES = listStates(MACHINE.States);

describe('audit-estate.asl.json', () => {
  it('is a state machine by the language of Amazon', () => {
    expect(validate(MACHINE).isValid).toBe(true);
  });

  it('waits with a run that is asked for later, and dates every run by when its first task begins', () => {
    expect(MACHINE.StartAt).toBe('IsDue');
    expect(MACHINE.States.IsDue).toMatchObject({
      Choices: [{ Variable: '$.startAt', IsPresent: true, Next: 'WaitUntilDue' }],
      Default: 'PlanAudit',
    });
    expect(MACHINE.States.WaitUntilDue).toMatchObject({ Type: 'Wait', TimestampPath: '$.startAt', Next: 'PlanAudit' });
    expect(MACHINE.States.PlanAudit.Parameters['startedAt.$']).toBe('$$.State.EnteredTime');
  });

  it('repeats every task, and goes on without it but for the first and the last', () => {
    const tasks = STATES.filter(([, { Type }]) => Type === 'Task');

    expect(tasks.filter(([, { Retry }]) => Retry === undefined)).toEqual([]);
    expect(tasks.filter(([, { Catch }]) => Catch === undefined).map(([name]) => name)).toEqual([
      'PlanAudit',
      'PublishReport',
    ]);
  });

  it('goes on without any of its maps', () => {
    const maps = STATES.filter(([, { Type }]) => Type === 'Map');

    expect(maps.filter(([, { Catch }]) => Catch === undefined)).toEqual([]);
    expect(maps.map(([name, { MaxConcurrency }]) => [name, MaxConcurrency])).toEqual([
      ['AuditAccounts', 40],
      ['AuditRegions', 40],
      ['AuditClusters', 5],
      ['AuditRegionsApart', 100],
      ['AuditClustersApart', 5],
    ]);
  });

  it('makes executions of their own for regions above 2,000 clusters alone', () => {
    const distributed = STATES.filter(([, state]) => state.ItemProcessor?.ProcessorConfig.Mode === 'DISTRIBUTED');

    expect(distributed.map(([name]) => name)).toEqual(['AuditRegionsApart']);
    expect(MACHINE.States.AreThereMany).toMatchObject({
      Choices: [{ Variable: '$.clusters', NumericGreaterThan: 2000, Next: 'AuditRegionsApart' }],
      Default: 'AuditAccounts',
    });
  });

  it('does the same in regions of their own', () => {
    const inline = MACHINE.States.AuditAccounts.ItemProcessor.States.AuditRegions.ItemProcessor.States;
    const apart = MACHINE.States.AuditRegionsApart.ItemProcessor.States;

    expect(JSON.stringify(apart).replaceAll('Apart"', '"')).toBe(JSON.stringify(inline));
  });
});
