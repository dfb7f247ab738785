/** Who may import whom: the layers of ARCHITECTURE.md, each with the reason for its borders. */
import { posix } from 'node:path';
import type { SourceFile } from '../../scripts/source-files.ts';

export interface Layer {
  /** Folder, or file, that the law is about. */
  readonly layer: string;
  readonly mayImport: readonly string[];
  readonly why: string;
}

export const STAGES = [
  'shared/evidence',
  'shared/access',
  'shared/detections',
  'shared/findings',
  'shared/recovery',
  'shared/migration',
  'shared/explain',
  'shared/redaction',
  'shared/reports',
] as const;

const PURE = ['shared/model', 'shared/rules', 'shared/errors.ts'] as const;
/** How texts are written and ordered, and things listed: nothing of AWS or Kubernetes is in them. */
const PLAIN = ['shared/rules/go-quotes.ts', 'shared/rules/lists-by-key.ts', 'shared/rules/text-order.ts'] as const;
const PORTS = [
  'shared/ports.ts',
  'shared/live-ports.ts',
  'shared/message-port.ts',
  'shared/errors.ts',
  'shared/bounded.ts',
  'shared/model',
  ...PLAIN,
] as const;
const ENTRY = ['shared/config.ts', 'shared/pipeline', 'shared/aws', 'shared/offline', ...PORTS] as const;

export const LAYERS: readonly Layer[] = [
  { layer: 'shared/model', mayImport: [], why: 'Vocabulary depends on nothing, or every change ripples.' },
  { layer: 'shared/errors.ts', mayImport: [], why: 'Everybody throws it, so it may know nobody.' },
  { layer: 'shared/bounded.ts', mayImport: [], why: 'Whoever calls the world counts by it, so it may know nobody.' },
  { layer: 'shared/ports.ts', mayImport: ['shared/model'], why: 'A port is a promise, not an implementation.' },
  { layer: 'shared/message-port.ts', mayImport: [], why: 'A port is a promise, not an implementation.' },
  {
    layer: 'shared/live-ports.ts',
    mayImport: ['shared/model', 'shared/ports.ts'],
    why: 'A port is a promise, not an implementation.',
  },
  { layer: 'shared/rules', mayImport: ['shared/model'], why: 'Rules of AWS and Kubernetes hold whatever was read.' },
  ...STAGES.map((layer) => ({
    layer,
    mayImport: PURE,
    why: 'What a stage needs from an earlier one arrives as data; it can then be read and tested alone.',
  })),
  { layer: 'shared/offline', mayImport: PORTS, why: 'An adapter brings bytes; understanding them is a stage.' },
  { layer: 'shared/aws', mayImport: PORTS, why: 'An adapter brings bytes; understanding them is a stage.' },
  { layer: 'shared/config.ts', mayImport: ['shared/errors.ts', 'shared/model'], why: 'Settings come before all else.' },
  {
    layer: 'shared/pipeline',
    mayImport: [...STAGES, ...PORTS, 'package.json'],
    why: 'The story is told without naming AWS.',
  },
  { layer: 'shared/index.ts', mayImport: ['shared/pipeline', ...PORTS], why: 'The library is the pipeline, no more.' },
  { layer: 'functions', mayImport: ENTRY, why: 'An entry point wires; the pipeline decides.' },
  { layer: 'cli', mayImport: ENTRY, why: 'The laptop runs the same pipeline with other adapters.' },
  { layer: 'scripts', mayImport: ['shared'], why: 'Nothing that ships may lean on a development script.' },
  {
    layer: 'bench',
    mayImport: ['shared', 'scripts', 'test/support'],
    why: 'Benchmarks look at the product, never the reverse.',
  },
  { layer: 'test', mayImport: ['shared', 'cli', 'functions', 'scripts'], why: 'Nothing leans on a test.' },
];

/** Imports of the file that its layer forbids, and files of no known layer. */
export function listForbiddenImports({ layer, mayImport }: Layer, file: SourceFile): readonly string[] {
  if (!isWithin(layer, file.path)) return [];
  return file.imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(file.path), specifier))
    .filter((target) => ![layer, ...mayImport].some((allowed) => isWithin(allowed, target)))
    .map((target) => `${file.path} imports ${target}`);
}

export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
