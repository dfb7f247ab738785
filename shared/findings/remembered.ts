/** Rows of the store into what they remember: only we write them, so their schema says what they are. */
import type { RememberedCanary, RememberedDeadLetters, RememberedTest, RememberedTests } from '../model/alert-path.ts';
import type { RememberedEmergency } from '../model/break-glass.ts';
import type { Happening } from '../model/happening.ts';
import type {
  RememberedAwsAuth,
  RememberedCluster,
  RememberedCreator,
  RememberedFinding,
  RememberedFirstAudit,
  RememberedGrant,
  RememberedLife,
  RememberedLoginQueries,
  RememberedPeople,
  RememberedRun,
  RememberedSeen,
  RememberedSnapshot,
  RememberedToldLogins,
} from '../model/remembered.ts';

export const REMEMBERED_SCHEMA = 'keyholder.remembered/v1';

export interface RememberedBodies {
  readonly finding: RememberedFinding;
  readonly grant: RememberedGrant;
  readonly run: RememberedRun;
  readonly event: Happening;
  readonly life: RememberedLife;
  readonly creator: RememberedCreator;
  readonly cluster: RememberedCluster;
  readonly 'aws-auth': RememberedAwsAuth;
  readonly 'first-audit': RememberedFirstAudit;
  readonly 'admin-people': RememberedPeople;
  readonly snapshot: RememberedSnapshot;
  readonly 'break-glass': RememberedEmergency;
  readonly 'login-queries': RememberedLoginQueries;
  readonly 'told-logins': RememberedToldLogins;
  readonly seen: RememberedSeen;
  readonly test: RememberedTest;
  readonly tests: RememberedTests;
  readonly canary: RememberedCanary;
  readonly 'dead-letters': RememberedDeadLetters;
}

export function wrapRemembered<Kind extends keyof RememberedBodies>(
  kind: Kind,
  value: RememberedBodies[Kind],
): unknown {
  return { schema: REMEMBERED_SCHEMA, kind, value };
}

/** null for a row of another kind, or of a schema that we do not know. */
export function unwrapRemembered<Kind extends keyof RememberedBodies>(
  kind: Kind,
  body: unknown,
): RememberedBodies[Kind] | null {
  return isWrapped(kind, body) ? body.value : null;
}

/** Ours, and of a schema that we do not know: what it remembers is there, and cannot be told. */
export function isOfOtherVersion(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('schema' in body)) return false;
  const { schema } = body;
  return typeof schema === 'string' && schema.startsWith('keyholder.remembered/') && schema !== REMEMBERED_SCHEMA;
}

function isWrapped<Kind extends keyof RememberedBodies>(
  kind: Kind,
  body: unknown,
): body is { readonly value: RememberedBodies[Kind] } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'schema' in body &&
    body.schema === REMEMBERED_SCHEMA &&
    'kind' in body &&
    body.kind === kind &&
    'value' in body &&
    typeof body.value === 'object' &&
    body.value !== null
  );
}
