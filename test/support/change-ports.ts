/** What the telling of changes runs on, in memory: a store and a publisher for each channel that keeps what it was given. */
import type { Message } from '../../shared/message-port.ts';
import type { Channel } from '../../shared/pipeline/channels.ts';
import type { PublishChangesPorts } from '../../shared/pipeline/publish-changes.ts';
import { createStreamedStore, type StreamedStore } from './streamed-store.ts';

export interface TestChangePorts extends PublishChangesPorts {
  readonly store: StreamedStore;
  readonly told: Readonly<Record<Channel, Message[]>>;
}

export function createChangePorts(config: string | null = null): TestChangePorts {
  const told: Record<Channel, Message[]> = { people: [], chat: [], machines: [] };
  const keep = (channel: Channel) => ({ publish: async (message: Message) => void told[channel].push(message) });
  return {
    store: createStreamedStore(),
    channels: { people: keep('people'), chat: keep('chat'), machines: keep('machines') },
    securityHub: null,
    readConfig: async () => config,
    now: '2026-11-21T08:05:00Z',
    told,
  };
}
