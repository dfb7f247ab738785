/** What would tell more than the first look, each with what it costs before it is begun. */
import type { FirstAnswer, FirstLook } from '../model/first-answer.ts';

export function listRefinements({ cluster, region }: FirstLook): FirstAnswer['refine'] {
  const where = `--cluster ${cluster} --region ${region}`;
  return [
    {
      what: 'who still gets in, since which change, and every way back in order',
      cost: 'reads EKS, IAM, CloudTrail and 24 hours of logs: about a minute; logs are billed by the gigabyte scanned',
      command: `keyholder recover ${where} --refine`,
    },
    {
      what: 'which of these reads you may make, and the statement for each that you may not',
      cost: 'about 40 small calls, one of them a log query over one second',
      command: `keyholder preflight ${where}`,
    },
  ];
}
