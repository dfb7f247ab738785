/** What a report leaves open without a source, in the words of the questions that people ask. */
import type { Source } from '../model/coverage.ts';

export const UNANSWERED: Readonly<Record<Source, string>> = {
  'authenticator-log': 'who logged in, when last, and who was refused',
  'audit-log': 'what was done by access policies, by anonymous callers, and to RBAC and aws-auth',
  cloudtrail: 'who created the cluster, and who gave which access when',
  'eks-api': 'who holds access by entries and policies',
  'aws-auth': 'who is mapped by aws-auth',
  rbac: 'what groups and users may do, and who is admin by a binding',
  iam: 'whether principals exist, and who can become them',
  'identity-center': 'which people stand behind AWSReservedSSO roles',
  organizations: 'which accounts belong to the organisation',
  trails: 'whether the trails record',
  guardduty: 'whether GuardDuty watches the audit log',
};
