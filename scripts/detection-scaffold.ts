/** The id of a new detection into the files that it begins with. */

const ID = /^[a-z]+(-[a-z0-9]+)+$/;

/** null when it may be used; else what is wrong with it. */
export function findIdProblem(id: string, taken: readonly string[]): string | null {
  if (id === '') return 'expected the id of the detection, got nothing: npm run new <object>-<bad-state>';
  if (!ID.test(id)) return `expected words of lower-case letters and digits with hyphens between, got ${id}`;
  return taken.includes(id) ? `expected a new id, got ${id}, which exists` : null;
}

export function nameOf(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

export function scaffoldDetection(id: string): string {
  return `/** One sentence: what must stand, or happen, for it to fire. */
import type { Detection } from '../model/finding.ts';

export const ${nameOf(id)}: Detection = {
  id: '${id}',
  ref: '',
  title: '',
  severity: 'medium',
  needs: [['rbac']],
  why: '',
  fix: '',
  blindSpots: '',
  references: [],
  attack: [],
  cis: [],
  *detect({ bindings }) {
    for (const { name, isDefault, evidence } of bindings) {
      if (isDefault) continue;
      yield { subject: \`binding:ClusterRoleBinding/-/\${name}\`, summary: '', evidence: [evidence] };
    }
  },
};
`;
}

export function scaffoldTest(id: string): string {
  const name = nameOf(id);
  return `import { ${name} } from '../../shared/detections/${id}.ts';
import { describeDetection } from '../support/describe-detection.ts';

describeDetection(${name}, {
  fires: [],
  staysQuiet: [],
  cannotTell: [],
});
`;
}

/** The list of detections with one more, still in alphabetical order of the files. */
export function addToIndex(index: string, id: string): string {
  const imports = index.match(/^import \{ \w+ \} from '\.\/[^']+';\n/gm) ?? [];
  const [first] = imports;
  const start = first === undefined ? -1 : index.indexOf(first);
  const list = /= \[[^\]]*\];/.exec(index);
  if (first === undefined || list === null) throw new Error('expected imports and a list in detections/index.ts');
  const fileOf = (line: string): string => /'\.\/([^']+)\.ts'/.exec(line)?.[1] ?? '';
  const sorted = [...imports, `import { ${nameOf(id)} } from './${id}.ts';\n`].sort((a, b) =>
    fileOf(a) < fileOf(b) ? -1 : 1,
  );
  const names = sorted.map((line) => `  ${nameOf(fileOf(line))},\n`).join('');
  const rest = index.slice(start + imports.join('').length).replace(list[0], `= [\n${names}];`);
  return `${index.slice(0, start)}${sorted.join('')}${rest}`;
}
