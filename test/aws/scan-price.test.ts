import { describe, expect, it } from 'vitest';
import { createScanBudget, describeScan, priceScan } from '../../shared/aws/scan-price.ts';

describe('describeScan', () => {
  it.each([
    [0, 'eu-central-1', '0.0000 GB, about $0.0000'],
    [12_000_000, 'eu-central-1', '0.0120 GB, about $0.0001'],
    [250e9, 'us-east-1', '250.00 GB, about $1.25'],
    [250e9, 'ap-northeast-1', '250.00 GB, about $1.90'],
  ])('words %d bytes in %s', (bytes, region, words) => {
    expect(describeScan(bytes, region)).toBe(words);
  });
});

describe('priceScan', () => {
  it.each([
    [0, 'eu-central-1', 0],
    [1_500_000_000, 'eu-central-1', 0.0075],
    [1_500_000_000, 'ap-northeast-1', 0.0114],
    [123_456, 'eu-central-1', 0.000001],
  ])('gives the dollars of %d bytes in %s', (bytes, region, dollars) => {
    expect(priceScan(bytes, region)).toBe(dollars);
  });
});

describe('createScanBudget', () => {
  it('is never spent without a limit', () => {
    const budget = createScanBudget(null);

    budget.add(1e15);

    expect(budget.isSpent()).toBe(false);
  });

  it('counts what ended and what is running', () => {
    const budget = createScanBudget(2);

    budget.add(1.5e9);

    expect([budget.isSpent(), budget.isSpent(0.5e9), budget.isSpent(0.6e9), budget.used()]).toEqual([
      false,
      false,
      true,
      1.5e9,
    ]);
  });

  it('of nothing lets nothing run to its end', () => {
    expect(createScanBudget(0).isSpent(1)).toBe(true);
  });
});
