import type { Plugin } from 'esbuild';

export const UNREAD: readonly string[];
export const detectionBundling: Plugin;
export function withoutTexts(text: string): string;
