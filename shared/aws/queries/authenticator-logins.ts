/** The query that folds logins, and the sessions behind them, into one row an identity. */

/** As logrus prints a value: bare, or quoted with Go's escapes. The blank in front keeps `arn=` out of other values. */
function parseField(keys: string, name: string): string {
  return String.raw`| parse @message / (?:${keys})=(?<${name}>"(?:[^"\\]|\\.)*"|[A-Za-z0-9._\/@^+-]+)/`;
}

/**
 * A busy cluster sees the same identity log in thousands of times a day: how often, since when and until when is all that
 * an audit asks. The two kinds of line are read in one pass, since every pass over the log is paid for.
 *
 * - `msg=…`: a denial is no login, and is read as a whole line by the other query.
 * - `accesskeyid`: only long-lived keys (AKIA) are kept apart. Temporary ones change with every session, and would make
 *   a row of each login.
 * - `@log`: the log groups of many clusters are read by one query.
 */
export const AUTHENTICATOR_LOGINS = [
  '| filter @message like /msg="(?:access granted|STS response)"/',
  parseField('arn', 'arn'),
  parseField('uid', 'uid'),
  parseField('username', 'username'),
  parseField('groups', 'groups'),
  parseField('stsendpoint|sts', 'endpoint'),
  parseField('accountid', 'account'),
  parseField('userid', 'userId'),
  parseField('session', 'session'),
  '| parse @message / accesskeyid="?(?<longLivedKey>AKIA[A-Z0-9]+)/',
  '| stats count(*) as times, min(@timestamp) as firstAt, max(@timestamp) as lastAt,',
  '  latest(@logStream) as exampleStream, latest(@ptr) as examplePtr',
  '  by @log, arn, uid, username, groups, endpoint, account, userId, session, longLivedKey',
].join('\n');
