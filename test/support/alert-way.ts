/** The way of alerts in this process: the rules of an account and region, the home bus, the table with its stream, the topics. */
import { type PublishedChanges, publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { rememberPathEvent } from '../../shared/pipeline/remember-path-event.ts';
import type { BusEvent } from '../../shared/ports.ts';
import { type EventPattern, GLOBAL_PATTERNS, REGIONAL_PATTERNS } from '../../shared/rules/event-patterns.ts';
import { isIamRegion } from '../../shared/rules/path-rules.ts';
import { createChangePorts } from './change-ports.ts';

interface Place {
  readonly account: string;
  readonly region: string;
}

/** As EventBridge does it: each field that the pattern names holds one of its values. */
function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(event);
  return Object.entries(Object(pattern)).every(([key, inner]) => matches(inner, Object(event)[key]));
}

export interface AlertWay {
  readonly ports: ReturnType<typeof createChangePorts>;
  /** Put onto the default bus of the place, as PutEvents does it. */
  readonly put: (place: Place, events: readonly BusEvent[]) => Promise<void>;
  /** Onto the home bus, past every rule. */
  readonly bring: (event: unknown, now?: string) => Promise<void>;
  /** What the stream holds, to the end of it. */
  readonly publish: () => Promise<PublishedChanges>;
}

/** `off`: rules that somebody switched off. */
export function createAlertWay(off: readonly string[] = []): AlertWay {
  const ports = createChangePorts();
  const bring = async (event: unknown, now = ports.now): Promise<void> =>
    void (await rememberPathEvent(event, { store: ports.store, now }));
  return {
    ports,
    bring,
    async put({ account, region }, events) {
      const rules: Readonly<Record<string, EventPattern>> = {
        ...REGIONAL_PATTERNS,
        ...(isIamRegion(region) ? GLOBAL_PATTERNS : {}),
      };
      for (const { source, detailType, detail } of events) {
        const event = { id: 'bus', source, 'detail-type': detailType, account, region, detail: JSON.parse(detail) };
        for (const [name, pattern] of Object.entries(rules))
          if (!off.includes(name) && matches(pattern, event)) await bring(event);
      }
    },
    publish: () => publishChanges({ Records: ports.store.drain() }, ports),
  };
}
