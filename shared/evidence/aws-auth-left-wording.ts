/** Why a problem of aws-auth is left to people, in words that follow "left, since". */
import type { AwsAuthProblemCode } from '../model/aws-auth.ts';

const REASONS: Readonly<Record<AwsAuthProblemCode, string>> = {
  'section-lost': 'the text can be read in more ways than one',
  'not-a-config-map': 'only its author knows which object it is meant to be',
  'value-not-a-string': 'all that stands below the key would have to be written anew',
  'key-case': 'the right key is there as well, or none is surely meant',
  'row-invalid': 'what is missing stands nowhere in the file',
  'row-not-a-mapping': 'what is missing stands nowhere in the file',
  'groups-lost': 'it may stand for one group or for several',
  'group-suspicious': 'it may stand for one group or for several',
  'username-missing': 'which name is meant stands nowhere in the file',
  'arn-path': 'it is not written as it reads, so that more than the path would change',
  'arn-assumed-role': 'it is not written as it reads, so that more than the session would change',
  'arn-malformed': 'whom it is meant for stands nowhere in the file',
  'arn-wrong-list': 'it works where it stands',
  'sso-ineffective': 'the last digits of the role stand nowhere in the file',
  'duplicate-arn': 'which of the rows is meant, only people know',
  'unknown-key': 'it does no harm, and something else may read it',
};

export function wordWhyLeft(code: AwsAuthProblemCode): string {
  return REASONS[code];
}
