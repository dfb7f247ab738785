/** The ports of the telling of changes, of a process that dies at one of the moments at which it waits. */
import type { Publisher } from '../../shared/message-port.ts';
import type { PublishChangesPorts } from '../../shared/pipeline/publish-changes.ts';
import { countMoments } from './moments.ts';

export interface DyingPorts {
  readonly ports: PublishChangesPorts;
  readonly moments: () => number;
  readonly isDead: () => boolean;
}

/** `at` counts from 1; 0: it lives. Once dead, nothing it asks for happens. */
export function dieAt(ports: PublishChangesPorts, at: number): DyingPorts {
  const isLast = (moment: number): boolean => at > 0 && moment >= at;
  const { count, guard, guardStore } = countMoments((moment) => {
    if (isLast(moment)) throw new Error(`died at moment ${at}`);
  });
  const guardPublisher = (publisher: Publisher | null): Publisher | null =>
    publisher === null ? null : { publish: guard(publisher.publish) };
  const { store, channels } = ports;
  return {
    moments: count,
    isDead: () => isLast(count()),
    ports: {
      ...ports,
      store: guardStore(store),
      readConfig: guard(ports.readConfig),
      channels: {
        people: guardPublisher(channels.people),
        chat: guardPublisher(channels.chat),
        machines: guardPublisher(channels.machines),
      },
    },
  };
}
