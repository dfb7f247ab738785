/** GuardDuty over guardduty.json: outputs of get-detector, in a list or alone. */
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

/** The output of get-detector does not name the detector it is of. */
const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';

export const GUARDDUTY: Handlers = {
  ListDetectors: (call) => {
    const { items, next } = takePage(call, [...detectorsOf(call).keys()], { token: 'NextToken', max: 'MaxResults' });
    // The API ends its lists with an empty token.
    return { DetectorIds: items, NextToken: next ?? '' };
  },
  GetDetector: (call) => {
    const found = detectorsOf(call).get(textOf(call.input, 'DetectorId'));
    if (found === undefined)
      throw new AwsError(
        'BadRequestException',
        'The request is rejected because the input detectorId is not owned by the current account.',
      );
    return {
      ServiceRole: `arn:aws:iam::${call.account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
      ...found,
    };
  },
};

function detectorsOf({ estate, account, region }: Call): ReadonlyMap<string, Fields> {
  const document = estate.accounts.get(account)?.regions.get(region)?.guardduty;
  const detectors = (Array.isArray(document) ? document : [document]).filter(isFields).map(fieldsOf);
  return new Map(detectors.map((detector, index) => [DETECTOR.replace(/.$/, index.toString(16)), detector]));
}
