/** The bundle of a function into the actions that its code can call, with its own role and through the audit role. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { FUNCTION_OPTIONS } from './build-functions.mjs';
import { FREE, HOME_ADAPTERS, PREFIXES, RENAMED } from './permission-rules.ts';

export interface BundledActions {
  /** With the function's own role. */
  readonly own: readonly string[];
  /** With the role of the account that it reads. */
  readonly audit: readonly string[];
  /** Operations of which no source file of ours says where they are called. */
  readonly unknown: readonly string[];
}

export async function readBundledActions(root: string, name: string): Promise<BundledActions> {
  const { metafile } = await build({
    ...FUNCTION_OPTIONS,
    absWorkingDir: root,
    entryPoints: { index: join(root, 'functions', `${name}.ts`) },
    outdir: join(root, 'dist', 'functions', name),
    minify: false,
    write: false,
    metafile: true,
  });
  const kept = listKept(metafile);
  const operations = new Set(kept.flatMap((path) => operationOf(path) ?? []));
  const files = kept.filter((path) => path.startsWith('shared/aws/'));
  const own = new Set<string>();
  const audit = new Set<string>();
  for (const file of files) {
    const called = listCalled(readFileSync(join(root, file), 'utf8')).filter((operation) => operations.has(operation));
    for (const operation of called) (HOME_ADAPTERS.has(file) ? own : audit).add(operation);
  }
  const known = new Set([...own, ...audit, ...FREE.keys()]);
  return {
    own: actionsOf(own),
    audit: actionsOf(audit),
    unknown: [...operations].filter((operation) => !known.has(operation)),
  };
}

/** Files of which the bundle holds at least one byte. */
function listKept({ outputs }: Metafile): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return [...new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path))];
}

/** `@aws-sdk/nested-clients`, with which the SDK finds credentials, is none of ours to allow: Lambda brings them. */
function operationOf(path: string): string | undefined {
  const [, client, operation] = /@aws-sdk\/client-([\w-]+)\/.*\/commands\/(\w+)Command\.js$/.exec(path) ?? [];
  return client === undefined ? undefined : `${prefixOf(client)}:${operation}`;
}

function listCalled(text: string): readonly string[] {
  const imports = text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g);
  return [...imports].flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
      ([, paged, sent]) => `${prefixOf(client)}:${paged ?? sent}`,
    ),
  );
}

function prefixOf(client: string): string {
  return PREFIXES.get(client) ?? client;
}

function actionsOf(operations: ReadonlySet<string>): readonly string[] {
  const needed = [...operations].filter((operation) => !FREE.has(operation));
  return [...new Set(needed.map((operation) => RENAMED.get(operation) ?? operation))].sort();
}
