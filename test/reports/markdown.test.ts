import { describe, expect, test } from 'vitest';
import type { Format } from '../../shared/reports/render.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { auditEstate } from '../support/estate.ts';
import { access } from '../support/facts.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { clusterReport, finding, report } from '../support/report.ts';

function render(given: Parameters<typeof renderReport>[0], format: Format = 'markdown'): string {
  return renderReport(given, format, { colour: false, width: 80 });
}

/** Code stands in fences that nothing inside can end. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})sh\n.*?\n\1$/gms, '');
}

/** How each line begins: heading, list, table with so many columns, or text. A command that nobody would paste is left out. */
function listShapes(markdown: string): readonly string[] {
  const lines = withoutCode(markdown).split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const columns = line.startsWith('|') ? [...line.matchAll(/(?<!\\)(?:\\\\)*\|/g)].length : 0;
      return columns > 0 ? `table ${columns}` : (/^(#+|- |```)/.exec(line)?.[0] ?? 'text');
    });
}

describe('renderMarkdown', () => {
  test('has the keyholders as a table, and findings with a command to paste', () => {
    const clusters = [clusterReport({ access: [access()], findings: [finding()] })];

    const text = render(report({ clusters }));

    expect(text).toContain('## payments');
    expect(text).toContain('| Holder | Level | Since | Last used | People | Through |');
    expect(text).toContain('| role/platform-admin | cluster-admin | 23 Aug 2026 | 20 Nov 2026 | 1 |');
    expect(text).toContain('**CRITICAL** AmazonEKSClusterAdminPolicy is associated at cluster scope.');
    expect(text).toContain('```sh\naws eks disassociate-access-policy --cluster-name payments');
  });

  test('fits the body of a pull request for the sample estate', async () => {
    expect(render(await auditEstate()).length).toBeLessThan(65_536);
  });

  test.each(HOSTILE_NAMES.filter(([what]) => what !== 'nothing'))(
    'keeps headings, lists, tables and fences when names are %s',
    (_what, name) => {
      const text = render(reportNaming(name));

      expect(listShapes(text)).toEqual(listShapes(render(reportNaming('alice'))));
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
      expect(withoutCode(text)).not.toMatch(/(?<!\\)[<[]/);
    },
  );
});

describe('renderScope', () => {
  test('says whether anything is missing, place by place and cluster by cluster', async () => {
    const text = render(await auditEstate(), 'scope');

    expect(text).toContain('This report is not complete.');
    expect(text).toContain('| 444455556666 | eu-west-1 | denied | 0 | AccessDeniedException on eks:ListClusters.');
    expect(text).toContain('cluster/payments | 37 | authenticator-log (48),');
    expect(text).toMatch(/\| manifest\.json \| [0-9a-f]{64} \|/);
    expect(render(report(), 'scope')).toContain('Every place that was asked for answered');
  });

  test('says that a folder was read only where nobody asked AWS', () => {
    const folder = report();
    const live = { ...folder, provenance: { ...folder.provenance, caller: 'arn:aws:iam::111122223333:user/alice' } };

    expect(render(folder, 'scope')).toContain('## Queries\n\n- None: a folder was read.');
    expect(render(live, 'scope')).toContain('## Queries\n\n- None.\n');
  });

  test.each(HOSTILE_NAMES.filter(([what]) => what !== 'nothing'))(
    'keeps headings, lists and tables when names are %s',
    (_what, name) => {
      const text = render(reportNaming(name), 'scope');

      expect(listShapes(text)).toEqual(listShapes(render(reportNaming('alice'), 'scope')));
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    },
  );
});
