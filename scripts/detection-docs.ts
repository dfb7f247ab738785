/** Detections into their pages under docs/detections/ and into the table of the README. */
import type { Control } from '../shared/model/compliance.ts';
import type { Detection } from '../shared/model/finding.ts';

const SOURCE_WORDS = 'Silence can be trusted when every source of one line was read in whole:';

export function renderDetectionPage(detection: Detection): string {
  const { id, ref, title, severity, attack, cis, needs, why, fix, blindSpots, references, scope } = detection;
  return [
    `# ${title}`,
    `<!-- Written by npm run docs from shared/detections/${id}.ts: edit that file. -->`,
    table([
      ['id', 'ref', 'severity', 'ATT&CK', 'CIS EKS'],
      [`\`${id}\``, ref, severity, joinOr(attack, 'none'), joinOr(cis, 'none')],
    ]),
    '## Why it matters',
    why,
    '## What to do',
    fix,
    '## What it reads',
    SOURCE_WORDS,
    needs.map((sources) => `- ${sources.map((source) => `\`${source}\``).join(' and ')}`).join('\n'),
    `It finds ${joinOr(listManners(detection), 'nothing')}.${scope === 'region' ? ' Told once, for all clusters of an account and region.' : ''}`,
    '## What it cannot see',
    blindSpots,
    ...renderShownElsewhere(detection),
    '## References',
    references.map((reference) => `- <${reference}>`).join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

function listManners({ detect, observe, correlate }: Detection): readonly string[] {
  return [
    ...(detect === undefined ? [] : ['what stands']),
    ...(observe === undefined ? [] : ['the event that makes or tries it']),
    ...(correlate === undefined ? [] : ['what several events show together']),
  ];
}

function renderShownElsewhere({ shownElsewhere }: Detection): readonly string[] {
  if (shownElsewhere === undefined) return [];
  return [`The sample estate does not show it: ${shownElsewhere.because} \`${shownElsewhere.test}\` does.`];
}

export function renderDetectionTable(detections: readonly Detection[]): string {
  return table([
    ['detection', 'severity', 'what it says'],
    ...detections.map(({ id, severity, title }) => [`[\`${id}\`](docs/detections/${id}.md)`, severity, title]),
  ]);
}

/** The README with the text between the markers of that name. */
export function placeText(readme: string, name: string, generated: string): string {
  const markers = [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`] as const;
  const [begin, end] = markers.map((marker) => readme.indexOf(marker));
  if (begin === undefined || end === undefined || begin < 0 || end < begin) {
    throw new Error(`expected the markers ${markers.join(' and ')} in README.md, got none`);
  }
  return `${readme.slice(0, begin + markers[0].length)}\n\n${generated}\n\n${readme.slice(end)}`;
}

/** Each control, and the detections that ask for it. */
export function renderControlTable(controls: readonly Control[]): string {
  const rows = controls.map(({ standard, control, title, detections }) => {
    return [`${standard} ${control}`, title, detections.map((id) => `\`${id}\``).join(', ')];
  });
  return table([['control', 'asks, in short', 'detections'], ...rows]);
}

function table([header = [], ...rows]: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function joinOr(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.join(', ');
}
