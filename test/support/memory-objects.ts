/** A store of objects in memory. */
import type { ObjectStore } from '../../shared/ports.ts';

export interface MemoryObjects extends ObjectStore {
  readonly objects: Map<string, Uint8Array>;
  /** Decompressed where it is packed; throws where nothing lies. */
  readonly text: (key: string) => string;
}

export function openMemoryObjects(): MemoryObjects {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    text: (key) => {
      const found = objects.get(key);
      if (found === undefined) throw new Error(`expected an object ${key}, got none`);
      return Buffer.from(found).toString();
    },
    read: async (key) => objects.get(key) ?? null,
    write: async (key, body) => void objects.set(key, typeof body === 'string' ? Buffer.from(body) : body),
    list: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
}
