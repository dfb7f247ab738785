import { cloudtrailOff } from '../../shared/detections/cloudtrail-off.ts';
import type { Facts } from '../../shared/model/facts.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import type { Trail } from '../../shared/model/region.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { facts } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { trail } from '../support/trails.ts';

const SUBJECT = 'region:111122223333/eu-central-1';

function withTrails(...trails: readonly Trail[]): Partial<Facts> {
  const place = { account: '111122223333', region: 'eu-central-1' };
  return { region: { ...place, trails, detectors: null, coverage: [] } };
}

function call(eventName: string, request: object = {}, more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return cloudTrailEvent({
    eventName,
    eventSource: 'cloudtrail.amazonaws.com',
    clusterName: null,
    principalArn: null,
    request: { name: 'organisation', ...request },
    ...more,
  });
}

describeDetection(cloudtrailOff, {
  fires: [
    { name: 'the region has no trail', facts: withTrails(), subjects: [SUBJECT], says: 'has no trail' },
    {
      name: 'the only trail is stopped',
      facts: withTrails(trail({ isLogging: false })),
      subjects: [SUBJECT],
      says: 'has trail organisation, which is stopped',
    },
    {
      name: 'the only trail records data events alone',
      facts: withTrails(trail({ recordsWrites: false })),
      subjects: [SUBJECT],
      says: 'which records no changes',
    },
    {
      name: 'the only trail is that of another region',
      facts: withTrails(trail({ isMultiRegion: false })),
      subjects: [SUBJECT],
    },
    {
      name: 'a record stops a trail of the region',
      record: call('StopLogging'),
      facts: facts(),
      subjects: [SUBJECT],
      says: 'stopped organisation in eu-central-1',
    },
    { name: 'a record deletes a trail, and no state is known', record: call('DeleteTrail'), subjects: [SUBJECT] },
    {
      name: 'a record cuts a trail down to its own region',
      record: call('UpdateTrail', { isMultiRegionTrail: false }),
      subjects: [SUBJECT],
    },
    {
      name: 'a record leaves only reads in the selectors',
      record: call('PutEventSelectors', { eventSelectors: [{ readWriteType: 'ReadOnly' }] }),
      subjects: [SUBJECT],
    },
    {
      name: 'a record leaves only data events in the selectors',
      record: call('PutEventSelectors', {
        advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }],
      }),
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'a multi-region trail records', facts: withTrails(trail()) },
    { name: 'one of two records', facts: withTrails(trail({ isLogging: false }), trail({ name: 'other' })) },
    {
      name: 'a trail of this region alone records',
      facts: withTrails(trail({ isMultiRegion: false, homeRegion: 'eu-central-1' })),
    },
    { name: 'status and selectors were not read', facts: withTrails(trail({ isLogging: null, recordsWrites: null })) },
    { name: 'the trails were not read', facts: {} },
    {
      name: 'stopping it was denied',
      record: call('StopLogging', {}, { succeeded: false, errorCode: 'AccessDenied' }),
    },
    { name: 'a trail is stopped elsewhere', record: call('StopLogging', {}, { region: 'eu-west-1' }), facts: {} },
    { name: 'a trail is renamed in its bucket', record: call('UpdateTrail', { s3BucketName: 'example' }) },
    {
      name: 'data events are added beside management events',
      record: call('PutEventSelectors', {
        advancedEventSelectors: [
          { fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
          { fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] },
        ],
      }),
    },
    { name: 'another service stops its logging', record: call('StopLogging', {}, { eventSource: 's3.amazonaws.com' }) },
  ],
  cannotTell: [
    { name: 'the trails were denied', coverage: coverageBut(coverage('trails', 'denied')), missing: ['trails'] },
    {
      name: 'status or selectors were not read',
      coverage: coverageBut(coverage('trails', 'partial')),
      status: 'partly-evaluated',
      missing: ['trails'],
    },
  ],
});
