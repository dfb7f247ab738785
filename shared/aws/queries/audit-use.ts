/** The query for who was at work: of each caller the last event, by which an audit knows when a right was last used. */

/**
 * - 401: nobody was let in.
 * - `caller`: the user as the event prints it, whole, so that two sessions of one role are two callers. A dedup keeps
 *   every event that lacks the field, so those are left out.
 * - `byPolicy`, `asClusterAdmin`: a caller may be let in by RBAC today and by an access policy tomorrow; the decision is
 *   written behind the bodies, where fields may not be discovered.
 */
export const AUDIT_USE = [
  String.raw`| filter @message not like /^\{[^{}]*"stage":"RequestReceived"/`,
  '| filter @message not like /"code":401[,}]/',
  String.raw`| parse @message /"user":(?<caller>\{.*?\}),"(?:impersonatedUser|sourceIPs|userAgent|objectRef)":/`,
  '| filter ispresent(caller)',
  '| fields @timestamp, @message, @logStream, @log, @ptr,',
  '  strcontains(@message, "EKS Access Policy: allowed") as byPolicy,',
  '  strcontains(@message, "cluster-access-policy/AmazonEKSClusterAdminPolicy") as asClusterAdmin',
  '| sort @timestamp desc',
  '| dedup @log, caller, byPolicy, asClusterAdmin',
].join('\n');
