/** Turns one CloudTrail record into an event, or says why it is none. */
import type { CloudTrailEvent } from '../model/records.ts';
import { parseCloudTrailActor } from './cloudtrail-actor.ts';
import { type Call, decodeParameters, findClusterName, findPrincipalArn } from './cloudtrail-target.ts';
import { fieldIn, isRecord, textIn } from './json-fields.ts';
import { parseLogTime } from './log-time.ts';
import { type Origin, type Outcome, refOf } from './origin.ts';
import type { JsonObject } from './parse-json.ts';

/** Whether an object is a CloudTrail record, whole or in part. */
export function isCloudTrailRecord(value: JsonObject): boolean {
  // Notifications of other services have an eventSource too, such as "aws:s3".
  if (textIn(value, 'eventSource')?.endsWith('.amazonaws.com')) return true;
  return textIn(value, 'eventVersion') !== null && isRecord(fieldIn(value, 'userIdentity'));
}

export function parseCloudTrailRecord(value: JsonObject, origin: Origin): Outcome<CloudTrailEvent> {
  const eventName = textIn(value, 'eventName');
  const eventSource = textIn(value, 'eventSource');
  if (eventName === null || eventSource === null) return { skip: 'CloudTrail record without event name and source' };
  const response = fieldIn(value, 'responseElements');
  const call: Call = {
    eventName,
    eventSource,
    account: textIn(value, 'recipientAccountId') ?? textIn(fieldIn(value, 'userIdentity'), 'accountId'),
    region: textIn(value, 'awsRegion'),
    request: decodeParameters(fieldIn(value, 'requestParameters')),
    response: isRecord(response) ? response : {},
  };
  const errorCode = textIn(value, 'errorCode');
  const eventId = textIn(value, 'eventID');
  const at = parseLogTime(fieldIn(value, 'eventTime')) ?? origin.at;
  const record: CloudTrailEvent = {
    ...call,
    source: 'cloudtrail',
    at,
    actor: parseCloudTrailActor(value),
    succeeded: errorCode === null,
    errorCode,
    errorMessage: textIn(value, 'errorMessage'),
    clusterName: findClusterName(call),
    principalArn: findPrincipalArn(call),
    readOnly: isReadOnly(fieldIn(value, 'readOnly'), eventName),
    eventId,
    evidence: refOf('cloudtrail', origin, { id: eventId, at }),
  };
  return { record };
}

/** Fragments may lack the field; what only looks is known by its name. */
function isReadOnly(readOnly: unknown, eventName: string): boolean {
  if (readOnly === undefined) return /^(?:Describe|Get|List|Lookup|Head|BatchGet)/.test(eventName);
  return readOnly === true || readOnly === 'true';
}
