import type { BuildOptions, Metafile } from 'esbuild';

export const FUNCTION_OPTIONS: BuildOptions;
export function listFunctions(): string[];
export function buildFunction(name: string, outRoot?: string): Promise<Metafile>;
