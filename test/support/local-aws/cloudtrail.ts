/** CloudTrail: the event history of the last 90 days, and the trails of a region. */
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, isFields, listOf, optionalNumber, optionalText, textOf, textsOf } from './fields.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

const HISTORY_MS = 90 * 86_400_000;

type Trails = (call: Call) => readonly Fields[];

export function answerCloudTrail(trails: Trails): Handlers {
  return {
    LookupEvents: (call) => {
      const [attribute, ...more] = listOf(call.input.LookupAttributes).filter(isFields);
      if (more.length > 0)
        throw new AwsError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
      const from = Math.max(timeOf(call.input, 'StartTime') ?? 0, call.now - HISTORY_MS);
      const to = timeOf(call.input, 'EndTime') ?? call.now;
      if (from > to && call.input.StartTime !== undefined)
        throw new AwsError('InvalidTimeRangeException', 'The start time is after the end time.');
      const records = recordsOf(call).filter((record) => {
        const at = Date.parse(String(record.eventTime));
        return at >= from && at <= to && (attribute === undefined || hasAttribute(record, attribute));
      });
      const { items, next } = takePage(call, records, { token: 'NextToken', max: 'MaxResults' });
      return { Events: items.map(wrapRecord), NextToken: next };
    },
    DescribeTrails: (call) => {
      const names = textsOf(call.input, 'trailNameList');
      const named = trails(call).filter((trail) => names.length === 0 || names.some((name) => isNamed(trail, name)));
      const isHome = (trail: Fields): boolean => trail.HomeRegion === call.region || trail.HomeRegion === undefined;
      const shown = call.input.includeShadowTrails === false ? named.filter(isHome) : named;
      return {
        trailList: shown.map(({ status: _, eventSelectors: __, advancedEventSelectors: ___, ...trail }) => trail),
      };
    },
    GetTrailStatus: (call) => fieldsOf(findTrail(trails, call, 'Name').status ?? { IsLogging: true }),
    GetEventSelectors: (call) => {
      const {
        TrailARN,
        eventSelectors = ALL_MANAGEMENT_EVENTS,
        advancedEventSelectors,
      } = findTrail(trails, call, 'TrailName');
      return { TrailARN, EventSelectors: eventSelectors, AdvancedEventSelectors: advancedEventSelectors };
    },
  };
}

const ALL_MANAGEMENT_EVENTS = [
  { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
];

/** Seconds since the epoch, or ISO text. */
function timeOf(input: Fields, name: string): number | undefined {
  const seconds = optionalNumber(input, name);
  const text = optionalText(input, name);
  if (seconds !== undefined) return seconds * 1000;
  return text === undefined ? undefined : Date.parse(text);
}

function recordsOf({ estate, account, region }: Call): readonly Fields[] {
  return (estate.accounts.get(account)?.records ?? []).filter(({ awsRegion }) => awsRegion === region);
}

function hasAttribute(record: Fields, { AttributeKey: key, AttributeValue: value }: Fields): boolean {
  switch (key) {
    case 'EventName':
      return record.eventName === value;
    case 'EventSource':
      return record.eventSource === value;
    case 'EventId':
      return record.eventID === value;
    case 'ReadOnly':
      return String(record.readOnly) === value;
    case 'AccessKeyId':
      return fieldsOf(record.userIdentity).accessKeyId === value;
    case 'Username':
      return userNameOf(record) === value;
    // Whether EKS fills resources is not known: nothing is found by them here.
    default:
      return false;
  }
}

/** The session's name, as the history shows it. */
function userNameOf({ userIdentity }: Fields): string | undefined {
  const { userName, principalId } = fieldsOf(userIdentity);
  if (typeof userName === 'string') return userName;
  return typeof principalId === 'string' ? principalId.split(':')[1] : undefined;
}

function wrapRecord(record: Fields): Fields {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly ?? false),
    AccessKeyId: fieldsOf(record.userIdentity).accessKeyId,
    EventTime: record.eventTime,
    EventSource: record.eventSource,
    Username: userNameOf(record),
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** trails.json, with status and selectors beside each trail or in lists of their own. */
export function listTrails({ estate, account, region }: Call): readonly Fields[] {
  const document = estate.accounts.get(account)?.regions.get(region)?.trails;
  return listOf(fieldsOf(document).trailList ?? document).filter(isFields);
}

function isNamed({ Name, TrailARN }: Fields, name: string): boolean {
  return Name === name || TrailARN === name;
}

function findTrail(trails: Trails, call: Call, member: string): Fields {
  const name = textOf(call.input, member);
  const found = trails(call).find((trail) => isNamed(trail, name));
  if (found === undefined)
    throw new AwsError('TrailNotFoundException', `Unknown trail: ${name} for the user: ${call.account}`);
  return found;
}
