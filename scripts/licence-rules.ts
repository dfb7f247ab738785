/** A lockfile into the packages that ship, and their licences into what may not ship. */

/** Permissive licences: they ask for no more than their notice. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense'],
]);

/** An SPDX expression in which every part that binds us is permissive. */
export function isPermissive(licence: unknown): boolean {
  if (typeof licence !== 'string') return false;
  const choices = licence.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((name) => PERMISSIVE.has(name.trim())));
}

/** Folders of what a user installs: the dependencies, theirs, and so on. */
export function listRuntimeFolders(lockfile: unknown): readonly string[] {
  const packages = new Map(listPackages(lockfile));
  const found = new Set<string>();
  const visit = (folder: string): void => {
    const entry = packages.get(folder);
    for (const name of [...listNames(entry, 'dependencies'), ...listNames(entry, 'optionalDependencies')]) {
      const target = findFolder(name, folder, packages);
      if (target === undefined || found.has(target)) continue;
      found.add(target);
      visit(target);
    }
  };
  visit('');
  return [...found].sort();
}

/** As Node looks for it: beside the package that asks, then further up. */
function findFolder(name: string, from: string, packages: ReadonlyMap<string, unknown>): string | undefined {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const folder = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (packages.has(folder)) return folder;
    if (base === '') return undefined;
  }
}

function listNames(entry: unknown, kind: string): readonly string[] {
  return Object.keys(Object(field(entry, kind)));
}

/** Packages with a download address: it would name the registry of whoever wrote the file. */
export function listAddresses(lockfile: unknown): readonly string[] {
  return listPackages(lockfile)
    .filter(([, entry]) => field(entry, 'resolved') !== undefined)
    .map(([folder]) => folder);
}

function listPackages(lockfile: unknown): readonly (readonly [folder: string, entry: unknown])[] {
  const packages = field(lockfile, 'packages');
  if (typeof packages !== 'object' || packages === null) throw new Error('expected packages in the lockfile, got none');
  return Object.entries(packages);
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
