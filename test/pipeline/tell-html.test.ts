import { describe, expect, test } from 'vitest';
import { renderFormat } from '../../shared/pipeline/tell.ts';
import { renderWholePage, writePages } from '../../shared/pipeline/tell-html.ts';
import { auditEstate } from '../support/estate.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { clusterReport, report } from '../support/report.ts';

const CHARACTERS = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['#96', '`'],
]);

/** Every tag with the names of its attributes, in order. */
function listTags(page: string): readonly string[] {
  return [...page.matchAll(/<(?:[^<>"]|"[^"]*")*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
}

function memorySink(): {
  readonly files: Map<string, string>;
  readonly write: (name: string, text: string) => Promise<string>;
} {
  const files = new Map<string, string>();
  return {
    files,
    write: async (name, text) => {
      files.set(name, text);
      return name;
    },
  };
}

describe('renderWholePage', () => {
  test.each(HOSTILE_NAMES.filter(([what]) => what !== 'nothing'))(
    'has the tags of any page when every name is %s',
    async (_what, name) => {
      const page = await renderWholePage(reportNaming(name));

      expect(listTags(page)).toEqual(listTags(await renderWholePage(reportNaming('alice'))));
      expect(page).not.toMatch(/[^\P{Cc}\n]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
    },
  );

  test('leads to what is of no single cluster, so that the figures above add up', async () => {
    const page = await renderWholePage(await auditEstate());

    expect(page).toContain('<a href="#elsewhere">Of no single cluster</a>');
    expect(page.match(/<section id="elsewhere".*?<\/section>/s)?.[0].match(/<b>[^<]+<\/b>/g)).toEqual([
      '<b>cloudtrail-off</b>',
      '<b>guardduty-eks-off</b>',
    ]);
    expect(await renderWholePage(report())).not.toContain('elsewhere');
  });

  test('asks for nothing from anywhere', async () => {
    const page = await renderWholePage(await auditEstate());

    expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:,")/);
    expect(page).not.toMatch(/url\(|@import|<(?:img|iframe|object|embed|base)\b| style="| on[a-z]+="/);
  });

  test('names no principal, fingerprint, file or command that the JSON does not', async () => {
    const estate = await auditEstate();
    const json = renderFormat(estate, 'json');
    const page = (await renderWholePage(estate)).replace(
      /&(amp|lt|gt|quot|#39|#96);/g,
      (_all, name) => CHARACTERS.get(name) ?? '',
    );
    const arns = page.match(/arn:aws[\w:/.+=,@-]*[\w/]/g) ?? [];
    const commands = [...page.matchAll(/<pre>(.*?)<\/pre>/gs)].map(([, command = '']) =>
      JSON.stringify(command).slice(1, -1),
    );
    const fingerprints = page.match(/\b[0-9a-f]{32}(?:[0-9a-f]{32})?\b/g) ?? [];

    expect([arns.length, commands.length, fingerprints.length].filter((count) => count < 100)).toEqual([]);
    expect([...arns, ...commands, ...fingerprints].filter((text) => !json.includes(text))).toEqual([]);
  });

  test('is the same twice', async () => {
    const estate = await auditEstate();

    expect(await renderWholePage(estate)).toBe(await renderWholePage(estate));
  });

  test('says what was not seen of an empty report', async () => {
    const page = await renderWholePage(report({ clusters: [] }));

    expect(page).toContain('No cluster was found in the evidence.');
  });
});

describe('writePages', () => {
  const many = (count: number) =>
    report({ clusters: Array.from({ length: count }, (_, index) => clusterReport({ name: `c${1000 + index}` })) });

  test('writes one page for a hundred clusters', async () => {
    const sink = memorySink();

    expect(await writePages(many(100), sink)).toBe('report.html');
    expect([...sink.files.keys()]).toEqual(['report.html']);
  });

  test('writes an index and one file a cluster for more, each linked', async () => {
    const sink = memorySink();

    expect(await writePages(many(101), sink)).toBe('report.html');
    const index = sink.files.get('report.html') ?? '';
    const links = [...index.matchAll(/href="(report-[^"]+)"/g)].map(([, file]) => file);

    expect(sink.files.size).toBe(102);
    expect(links.length).toBe(101);
    expect(links.filter((file) => !sink.files.has(file ?? ''))).toEqual([]);
    expect(sink.files.get('report-cluster-7.html')).toContain('<h1>c1006</h1>');
  });

  test('heads what is of no single cluster in the index too', async () => {
    const sink = memorySink();
    const { findings } = await auditEstate();
    await writePages({ ...many(101), findings }, sink);

    const index = sink.files.get('report.html') ?? '';
    expect(index).toContain('<a href="#elsewhere">Of no single cluster</a>');
    expect(index).toContain('<h2 id="elsewhere-name">Of no single cluster</h2>');
  });
});
