import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DETECTIONS } from '../../shared/detections/index.ts';
import { listControls } from '../../shared/rules/controls.ts';

const CONTROLS = listControls(DETECTIONS);

describe('listControls', () => {
  test('names only detections that there are, each once', () => {
    const known = new Set(DETECTIONS.map(({ id }) => id));

    expect(CONTROLS.flatMap(({ detections }) => detections).filter((id) => !known.has(id))).toEqual([]);
    expect(CONTROLS.filter(({ detections }) => new Set(detections).size < detections.length)).toEqual([]);
  });

  test('has a detection for each control, and a title for each number of CIS that a detection names', () => {
    const cis = CONTROLS.filter(({ standard }) => standard === 'CIS EKS').map(({ control }) => control);

    expect(CONTROLS.filter(({ detections }) => detections.length === 0)).toEqual([]);
    expect(DETECTIONS.flatMap((detection) => detection.cis).filter((control) => !cis.includes(control))).toEqual([]);
  });

  test('covers the standards of the catalogue', () => {
    expect([...new Set(CONTROLS.map(({ standard }) => standard))]).toEqual([
      'CIS EKS',
      'CIS GKE',
      'SOC 2',
      'PCI DSS 4.0.1',
    ]);
  });

  test('is written down control by control for whoever has to agree to it', () => {
    const page = readFileSync(new URL('../../docs/compliance.md', import.meta.url), 'utf8');

    for (const { standard, control, title, detections } of CONTROLS) {
      expect(page).toContain(
        `| ${standard} ${control} | ${title} | ${detections.map((id) => `\`${id}\``).join(', ')} |`,
      );
    }
  });
});
