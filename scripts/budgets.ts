/** How large a file and a function may be, and what of a set of files is larger. */
import type { SourceFile } from './source-files.ts';

export const BUDGETS = { sourceLines: 250, testLines: 300, functionLines: 50, parameters: 3 } as const;

const isTest = ({ path }: SourceFile): boolean => path.startsWith('test/');

export function listLargeFiles(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter((file) => file.lines > (isTest(file) ? BUDGETS.testLines : BUDGETS.sourceLines))
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Tests are lists of cases, and may be long. */
export function listLargeFunctions(files: readonly SourceFile[]): readonly string[] {
  return listFunctions(files)
    .filter(({ lines }) => lines > BUDGETS.functionLines)
    .map(({ path, name, line, lines }) => `${path}:${line} ${name} has ${lines} lines`);
}

/** A callback has the signature of its caller. */
export function listLongSignatures(files: readonly SourceFile[]): readonly string[] {
  return listFunctions(files)
    .filter(({ name, parameters }) => parameters > BUDGETS.parameters && name !== 'anonymous')
    .map(({ path, name, line, parameters }) => `${path}:${line} ${name} has ${parameters} parameters`);
}

export function listFunctions(files: readonly SourceFile[]) {
  return files
    .filter((file) => !isTest(file))
    .flatMap(({ path, functions }) => functions.map((size) => ({ path, ...size })));
}
