/** The query for audit events that a detection, the creator or the history of a grant may need. */

/**
 * Every filter searches the text. Fields that Insights discovers stop at two hundred an event, and which ones survive is
 * not documented; the text is always there, and costs the same. Patterns are anchored at the start of the event or at
 * `objectRef`, which come before the bodies; what a body holds can add an event, never hide one.
 */
const READ = String.raw`/^\{[^{}]*"verb":"(?:get|list|watch)","user":\{/`;
/** String by string, for names of roles and bindings may hold braces. */
const OBJECT = String.raw`"objectRef":\{(?:"(?:[^"\\]|\\.)*"[:,])*`;
/** The uid of a service account is that of its object; somebody whom aws-auth gives such a name has the authenticator's. */
const SERVICE_ACCOUNT = String.raw`/"user":\{"username":"system:serviceaccount:[^":]+:[^":]+","uid":"[0-9a-f-]{36}"/`;
const KUBELET = String.raw`/"user":\{"username":"system:node:[^"]*"[^{}]*"groups":\[[^\]]*"system:nodes"/`;
const METRICS_PATH = String.raw`(?:metrics(?:\/[a-z\/]+)?|stats\/summary|healthz|configz)\/?(?:\?[^"]*)?`;
const METRICS = String.raw`/"requestURI":"\/api\/v1\/nodes\/[^\/"]+\/proxy\/${METRICS_PATH}","verb":"get"/`;

function has(pattern: string): string {
  return `@message like /${pattern}/`;
}

/** `why`: what is lost without it. */
export const AUDIT_CLAUSES = [
  {
    why: 'writes of roles and bindings, of admission webhooks, and of requests for certificates',
    condition: `(${has(`${OBJECT}"(?:rbac\\.authorization|admissionregistration|certificates)\\.k8s\\.io"`)} or ${has(`${OBJECT}"certificatesigningrequests"`)}) and @message not like ${READ}`,
  },
  {
    why: 'writes of aws-auth',
    condition: `${has(`${OBJECT}"name":"aws-auth"`)} and @message not like ${READ}`,
  },
  {
    why: 'a generated name of aws-auth stands only in the answer, and a deleted collection names nothing',
    condition: `${has(`${OBJECT}"configmaps"`)} and @message like /"verb":"(?:create|deletecollection)","user":\\{/ and ${has(`${OBJECT}"kube-system"`)}`,
  },
  {
    why: 'callers without credentials, but for health checks that were answered',
    condition: `${has(String.raw`"user":\{[^{}]*"system:(?:anonymous|unauthenticated)"`)} and (@message not like /"requestURI":"\\/(?:healthz|livez|readyz)[\\/?"]/ or @message like /"code":40[13][,}]/ or @message like /"objectRef":\\{/)`,
  },
  {
    why: 'whoever was refused before anybody knew who called',
    condition: '@message like /"code":401[,}]/',
  },
  {
    why: 'impersonation',
    condition: '@message like /"impersonatedUser":\\{/',
  },
  {
    why: 'lists of Secrets, but by service accounts',
    condition: `${has(`${OBJECT}"secrets"`)} and @message like /"verb":"list","user":\\{/ and @message not like ${SERVICE_ACCOUNT}`,
  },
  {
    why: 'tokens of service accounts, but for kubelets, which ask for one a pod and hour',
    condition: `${has(`${OBJECT}"token"`)} and ${has(`${OBJECT}"serviceaccounts"`)} and @message not like ${KUBELET}`,
  },
  {
    why: 'the kubelet behind a node, but for service accounts that read metrics',
    condition: `${has(`${OBJECT}"nodes"`)} and ${has(`${OBJECT}"proxy"`)} and (@message not like ${METRICS} or @message not like ${SERVICE_ACCOUNT})`,
  },
  {
    why: 'commands in containers of kube-system',
    condition: `${has(`${OBJECT}"pods"`)} and ${has(`${OBJECT}"(?:exec|attach)"`)} and ${has(`${OBJECT}"kube-system"`)}`,
  },
  {
    why: 'events that the API server cut',
    condition: '@message like /"audit\\.k8s\\.io\\/truncated"/',
  },
  {
    why: 'events that the log service cut: an event that is whole ends with its times and annotations',
    condition: '@message not like /"(?:stageTimestamp|requestReceivedTimestamp)":"[^"]*".*\\}\\s*$/',
  },
] as const satisfies readonly { readonly why: string; readonly condition: string }[];

export const AUDIT_CHANGES = [
  // The request is told again when it is answered.
  String.raw`| filter @message not like /^\{[^{}]*"stage":"RequestReceived"/`,
  `| filter ${AUDIT_CLAUSES.map(({ condition }) => `(${condition})`).join('\n  or ')}`,
  '| fields @timestamp, @message, @logStream, @log, @ptr',
  '| sort @timestamp asc',
].join('\n');
