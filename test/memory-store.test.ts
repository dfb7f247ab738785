import { describeFindingStore } from './contracts/finding-store.ts';
import { createMemoryStore } from './support/memory-store.ts';

describeFindingStore('memory', async () => ({ store: createMemoryStore(), close: async () => {} }));
