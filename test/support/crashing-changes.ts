/** The ports of the telling of changes, of a process that dies at one of the moments at which it waits. */
import type { Publisher } from '../../shared/message-port.ts';
import type { PublishChangesPorts } from '../../shared/pipeline/publish-changes.ts';

export interface DyingPorts {
  readonly ports: PublishChangesPorts;
  readonly moments: () => number;
  readonly isDead: () => boolean;
}

/** `at` counts from 1; 0: it lives. Once dead, nothing it asks for happens. */
export function dieAt(ports: PublishChangesPorts, at: number): DyingPorts {
  let moments = 0;
  let isDead = false;
  const pass = (): void => {
    moments += 1;
    if (moments === at) isDead = true;
    if (isDead) throw new Error(`died at moment ${at}`);
  };
  const guard =
    <Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      pass();
      const answer = await call(...args);
      pass();
      return answer;
    };
  const guardPublisher = (publisher: Publisher | null): Publisher | null =>
    publisher === null ? null : { publish: guard(publisher.publish) };
  const { store, channels } = ports;
  return {
    moments: () => moments,
    isDead: () => isDead,
    ports: {
      ...ports,
      store: { get: guard(store.get), list: guard(store.list), put: guard(store.put) },
      readConfig: guard(ports.readConfig),
      channels: {
        people: guardPublisher(channels.people),
        chat: guardPublisher(channels.chat),
        machines: guardPublisher(channels.machines),
      },
    },
  };
}
