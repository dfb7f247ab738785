/** What the store remembers into the state.json of the next run. */
import { EMPTY_STATE, STATE_SCHEMA } from '../evidence/state.ts';
import { regionOf } from '../findings/region-findings.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { composeSight } from '../findings/sight.ts';
import type { RememberedFinding, RememberedRun } from '../model/remembered.ts';
import type { StoredFinding, StoredState } from '../model/state.ts';
import type { FindingStore, Readers, StoredItem } from '../ports.ts';
import { parseWholeState } from './known-creators.ts';
import { openText } from './open-text.ts';
import { MAX_DOCUMENT_BYTES } from './read-document.ts';
import { readText } from './read-text.ts';
import { listRegionRows } from './region-rows.ts';

/** Of all clusters that were ever audited. */
export async function recallState(store: FindingStore): Promise<StoredState> {
  const clusters = (await store.list('estate', 'cluster#')).flatMap(
    ({ body }) => unwrapRemembered('cluster', body) ?? [],
  );
  const states: StoredState[] = [];
  for (const { arn } of clusters) states.push(await recallCluster(store, arn));
  return joinStates(states);
}

/** Of one cluster. */
export async function recallCluster(store: FindingStore, clusterArn: string): Promise<StoredState> {
  const rows = await store.list(clusterArn, '');
  const ofRegion = await listRegionRows(store, regionOf(clusterArn));
  const find = (key: string): unknown => rows.find((row) => row.key === key)?.body;
  const run = unwrapRemembered('run', find('run'));
  const awsAuth = unwrapRemembered('aws-auth', find('aws-auth'));
  const first = unwrapRemembered('first-audit', find('first-audit'));
  const people = unwrapRemembered('admin-people', find('admin-people'));
  const seen = unwrapRemembered('seen', find('seen'));
  return {
    findings: [...rows, ...ofRegion].flatMap((row) => recallFinding(row, run)),
    creators: rows.flatMap(({ key, body }) => {
      const creator = key.startsWith('creator#') ? unwrapRemembered('creator', body) : null;
      return creator === null ? [] : [{ clusterArn, ...creator }];
    }),
    lastGoodAwsAuth:
      awsAuth === null || awsAuth.data === null ? [] : [{ clusterArn, at: awsAuth.at, data: awsAuth.data }],
    firstAuditAt: first === null ? {} : { [clusterArn]: first.at },
    logsReadTo: run?.logsReadTo === undefined ? {} : { [clusterArn]: run.logsReadTo },
    adminPeople: people === null ? {} : { [clusterArn]: people },
    sights: seen === null ? {} : { [clusterArn]: composeSight(seen, run?.logsSeen) },
  };
}

export function joinStates(states: readonly StoredState[]): StoredState {
  return {
    findings: uniteStored(states.flatMap(({ findings }) => findings)),
    creators: states.flatMap(({ creators }) => creators),
    lastGoodAwsAuth: states.flatMap(({ lastGoodAwsAuth }) => lastGoodAwsAuth),
    firstAuditAt: Object.fromEntries(states.flatMap(({ firstAuditAt }) => Object.entries(firstAuditAt))),
    logsReadTo: Object.fromEntries(states.flatMap(({ logsReadTo = {} }) => Object.entries(logsReadTo))),
    adminPeople: Object.fromEntries(states.flatMap(({ adminPeople = {} }) => Object.entries(adminPeople))),
    sights: Object.fromEntries(states.flatMap(({ sights = {} }) => Object.entries(sights))),
  };
}

/** What is remembered of a region comes with each cluster there: the latest look at it counts. */
function uniteStored(findings: readonly StoredFinding[]): readonly StoredFinding[] {
  const facts = new Map<string, StoredFinding>();
  for (const finding of findings) {
    const other = facts.get(finding.fingerprint);
    const isLater = other === undefined || Date.parse(finding.lastSeenAt) > Date.parse(other.lastSeenAt);
    if (isLater) facts.set(finding.fingerprint, finding);
  }
  return [...facts.values()];
}

/** The same state gives the same text. */
export function renderState(state: StoredState): string {
  return `${JSON.stringify({ schema: STATE_SCHEMA, ...state }, null, 2)}\n`;
}

/** The readers with what is remembered in their state.json; what that says of other clusters stays in it. */
export async function readWithState(readers: Readers, remembered: StoredState): Promise<Readers> {
  return replaceState(readers, addOwn(remembered, await readOwnState(readers)));
}

/** The readers with this state alone. */
export function replaceState(readers: Readers, state: StoredState): Readers {
  const file = openText('state.json', renderState(state));
  return {
    ...readers,
    readTop: async (document) => (document === 'state' ? { status: 'read', files: [file] } : readers.readTop(document)),
  };
}

async function readOwnState(readers: Readers): Promise<StoredState> {
  const raw = await readers.readTop('state');
  const [file] = raw.status === 'read' ? raw.files : [];
  if (file === undefined) return EMPTY_STATE;
  return parseWholeState((await readText(file, MAX_DOCUMENT_BYTES)).text, file.file);
}

function addOwn(remembered: StoredState, own: StoredState): StoredState {
  const findings = new Set(remembered.findings.map(({ fingerprint }) => fingerprint));
  const lives = new Set(remembered.creators.map(({ clusterArn, life }) => `${clusterArn} ${life}`));
  const clusters = new Set(remembered.lastGoodAwsAuth.map(({ clusterArn }) => clusterArn));
  return {
    findings: [...remembered.findings, ...own.findings.filter(({ fingerprint }) => !findings.has(fingerprint))],
    creators: [
      ...remembered.creators,
      ...own.creators.filter(({ clusterArn, life }) => !lives.has(`${clusterArn} ${life}`)),
    ],
    lastGoodAwsAuth: [
      ...remembered.lastGoodAwsAuth,
      ...own.lastGoodAwsAuth.filter(({ clusterArn }) => !clusters.has(clusterArn)),
    ],
    firstAuditAt: { ...own.firstAuditAt, ...remembered.firstAuditAt },
    logsReadTo: { ...own.logsReadTo, ...remembered.logsReadTo },
    adminPeople: { ...own.adminPeople, ...remembered.adminPeople },
    sights: { ...own.sights, ...remembered.sights },
  };
}

/** When it was last seen stands in the run, and in its end. */
function recallFinding({ key, body }: StoredItem, run: RememberedRun | null): readonly StoredFinding[] {
  const finding = key.startsWith('finding#') ? unwrapRemembered('finding', body) : null;
  if (finding === null) return [];
  const { fingerprint, firstSeenAt } = finding;
  return [{ fingerprint, firstSeenAt, lastSeenAt: lastSeenOf(finding, run), status: statusOf(finding) }];
}

function lastSeenOf({ status, change, firstSeenAt }: RememberedFinding, run: RememberedRun | null): string {
  const seen = status === 'resolved' ? change.at : (run?.at ?? change.at);
  return Date.parse(seen) < Date.parse(firstSeenAt) ? firstSeenAt : seen;
}

function statusOf({ status }: RememberedFinding): StoredFinding['status'] {
  return status === 'resolved' || status === 'accepted' ? status : 'open';
}
