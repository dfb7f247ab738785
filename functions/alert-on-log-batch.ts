/** A batch of a log subscription: what matters of it, trimmed, onto the home bus. */
import { readDeployment } from '../shared/config.ts';
import { forwardLogs } from '../shared/pipeline/forward-logs.ts';
import { VERSION } from '../shared/pipeline/version.ts';
import type { EventBus } from '../shared/ports.ts';

let bus: EventBus | null = null;

export function handler(event: unknown) {
  // Most batches hold nothing that matters, and load no client.
  const put = async (events: Parameters<EventBus['put']>[0]): Promise<void> => {
    bus ??= await openBus();
    await bus.put(events);
  };
  return forwardLogs(event, { put }, readDeployment('region').get('region'));
}

async function openBus(): Promise<EventBus> {
  const settings = readDeployment('region', 'busArn');
  const [{ openHome }, { openEventBus }] = await Promise.all([
    import('../shared/aws/home.ts'),
    import('../shared/aws/event-bus.ts'),
  ]);
  const home = openHome({ ...settings, region: settings.get('region'), version: VERSION });
  return openEventBus(home, settings.get('busArn'));
}
