/** The query for what the second subscription of a log group lets through, where that group has no slot for it. */

/** Denied logins, and an aws-auth that cannot be read or is gone, in the words of shared/rules/subscription-patterns.ts. */
export const AUTHENTICATOR_FAULTS = [
  '| filter @message like /access denied|parsing configmap|parsing the config maps|parsing config map|configmap on delete/',
  '| fields @timestamp, @message, @logStream, @log, @ptr',
  '| sort @timestamp asc, @message asc',
].join('\n');
