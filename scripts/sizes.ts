/** Prints how large files and functions are, and fails when one is above its cap. */
import { fileURLToPath } from 'node:url';
import { listFunctions, listLargeFiles, listLargeFunctions, listLongSignatures } from './budgets.ts';
import { listSourceFiles, type SourceFile } from './source-files.ts';

const files = listSourceFiles(fileURLToPath(new URL('..', import.meta.url)));
const folders = [...new Set(files.map(folderOf))].sort();

console.log(row('folder', 'files', ...titles('file'), ...titles('function')));
for (const folder of folders) {
  const own = files.filter((file) => folderOf(file) === folder);
  const functions = listFunctions(own).map(({ lines }) => lines);
  console.log(row(folder, own.length, ...measures(own.map(({ lines }) => lines)), ...measures(functions)));
}

const tooLarge = [...listLargeFiles(files), ...listLargeFunctions(files), ...listLongSignatures(files)];
for (const problem of tooLarge) console.error(`Too large: ${problem}`);
process.exitCode = tooLarge.length > 0 ? 1 : 0;

function folderOf({ path }: SourceFile): string {
  const parts = path.split('/').slice(0, -1);
  return parts.slice(0, parts[0] === 'shared' ? 2 : 1).join('/');
}

function titles(what: string): readonly string[] {
  return [`${what} median`, 'p90', 'max'];
}

/** Median, 90th percentile and maximum. */
function measures(sizes: readonly number[]): readonly string[] {
  const sorted = [...sizes].sort((a, b) => a - b);
  const at = (share: number): string => String(sorted[Math.floor((sorted.length - 1) * share)] ?? '-');
  return [at(0.5), at(0.9), at(1)];
}

function row(folder: string, ...cells: readonly (string | number)[]): string {
  const widths = [6, 13, 5, 5, 17, 5, 5];
  return `${folder.padEnd(20)}${cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join('')}`;
}
