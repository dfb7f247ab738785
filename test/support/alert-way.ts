/** The way of alerts in this process: rules and log function of an account and region, home bus, table and stream, topics. */
import type { BusRule } from '../../shared/live-ports.ts';
import { forwardLogs } from '../../shared/pipeline/forward-logs.ts';
import { type PublishedChanges, publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { rememberPathEvent } from '../../shared/pipeline/remember-path-event.ts';
import type { BusEvent, EventBus } from '../../shared/ports.ts';
import {
  emergencyPattern,
  GLOBAL_PATTERNS,
  LOG_TEST_PATTERN,
  REGIONAL_PATTERNS,
} from '../../shared/rules/event-patterns.ts';
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
  /** As ListRules tells of them. */
  readonly listRules: (region: string) => Promise<readonly BusRule[]>;
  /** What the stream holds, to the end of it. */
  readonly publish: () => Promise<PublishedChanges>;
}

interface Deployed {
  /** Rules that nobody deployed, or somebody deleted. */
  readonly gone?: readonly string[];
  /** That are kept for emergencies. */
  readonly roles?: readonly string[];
}

const HOME: Place = { account: '111122223333', region: 'eu-central-1' };

/** `off`: rules that somebody switched off. */
export function createAlertWay(off: readonly string[] = [], { gone = [], roles = [] }: Deployed = {}): AlertWay {
  const ports = createChangePorts();
  const bring = async (event: unknown, now = ports.now): Promise<void> =>
    void (await rememberPathEvent(event, { store: ports.store, now }));
  const rulesOf = (region: string): readonly (readonly [name: string, pattern: object])[] =>
    Object.entries({
      ...REGIONAL_PATTERNS,
      ...(isIamRegion(region) ? GLOBAL_PATTERNS : {}),
      ...(roles.length === 0 ? {} : { EmergencyCalls: emergencyPattern(roles) }),
      LogTests: LOG_TEST_PATTERN,
    }).filter(([name]) => !gone.includes(name));
  return {
    ports,
    bring,
    async put({ account, region }, events) {
      const home: EventBus = {
        async put(sent) {
          for (const one of sent) await bring(deliver(one, { account, region: HOME.region }));
        },
      };
      for (const one of events) {
        const event = deliver(one, { account, region });
        for (const [name, pattern] of rulesOf(region)) {
          if (off.includes(name) || !matches(pattern, event)) continue;
          await (name === 'LogTests' ? forwardLogs(event, home, region) : bring(event));
        }
      }
    },
    listRules: async (region) =>
      rulesOf(region).map(([name, pattern]) => ({ isOn: !off.includes(name), pattern: JSON.stringify(pattern) })),
    publish: () => publishChanges({ Records: ports.store.drain() }, ports),
  };
}

/** A bus vouches for account and region. */
function deliver({ source, detailType, detail }: BusEvent, { account, region }: Place) {
  return { id: 'bus', source, 'detail-type': detailType, account, region, detail: JSON.parse(detail) };
}
