import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRegionLogs } from '../../shared/aws/cluster-logs.ts';
import { AUDIT_CHANGES, AUDIT_CLAUSES } from '../../shared/aws/queries/audit-changes.ts';
import { isNotable } from '../../shared/evidence/notable.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Report } from '../../shared/model/report.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { eventLine } from '../support/arbitrary-event.ts';
import { detectSlowly } from '../support/detected.ts';
import { ESTATE, ESTATE_NOW } from '../support/estate.ts';
import { runQuery } from '../support/local-aws/insights/run-query.ts';
import { AUDIT, AUTHENTICATOR, logGroup, logLines, openLocalLogs, openRegion } from '../support/local-logs.ts';
import { RECORDED, readItems } from '../support/log-input.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { TELLING_LINES } from '../support/telling-lines.ts';

const ESTATE_WINDOW = { from: '2026-08-23T00:00:00Z', to: '2026-11-21T02:50:00Z' };

function readFolder(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name));
  return Object.fromEntries(
    paths.map((path) => [relative(dir, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

async function audit(files: Readonly<Record<string, string>>): Promise<Report> {
  return auditEvidence(await collectEvidence(memoryReaders(files)), ESTATE_NOW);
}

/** What a finding says; where its evidence lies differs, as it does between two folders of one estate. */
function tell({ findings, clusters }: Report): readonly string[] {
  return [...findings, ...clusters.flatMap((cluster) => cluster.findings)].map(describeFinding).sort();
}

/** Who holds what, when it was last used, and by whom. */
function tellAccess({ clusters }: Report): readonly string[] {
  return clusters.flatMap(({ name, access }) =>
    access.map(({ holder, level, lastUsedAt, people }) =>
      JSON.stringify({ name, holder, level, lastUsedAt: lastUsedAt.value, people: people.list }),
    ),
  );
}

function tellSkips({ clusters }: Report): readonly string[] {
  return clusters.flatMap(({ name, coverage }) =>
    coverage.map(({ source, status, skipped }) => `${name} ${source} ${status} ${skipped}`),
  );
}

function describeFinding({ detection, severity, subject, summary, status, actor, at }: Finding): string {
  // The time of an event that was cut stands beside its line, where a file of raw lines has nothing.
  const isTimed = detection !== 'audit-event-truncated';
  return JSON.stringify({ detection, severity, subject, summary, status, actor, at: isTimed ? at : null });
}

/** The files of an estate, those of one cluster's logs as our queries give them. */
async function throughQueries(files: Readonly<Record<string, string>>, name: string) {
  const place = { account: '111122223333', region: 'eu-central-1', name };
  const base = `${place.account}/${place.region}/${name}`;
  const linesOf = (file: string) => (files[`${base}/${file}`] ?? '').split('\n').filter((line) => line !== '');
  // A line that broke off before its time has one here; early, so that nobody's last use is told by it.
  const untimed = '2026-08-23T00:00:01Z';
  const logins = logLines(AUTHENTICATOR, linesOf('authenticator.log'), untimed);
  const group = logGroup([...logins, ...logLines(AUDIT, linesOf('audit.ndjson'), untimed)], name);
  const local = openLocalLogs([group]);
  const region = openRegion(local.api, { window: ESTATE_WINDOW });
  const read = await readRegionLogs(region, [place], region.task);
  return { read, files: { ...files, ...Object.fromEntries(region.written) } };
}

describe('queries', () => {
  it.each([
    ['payments', 'complete'],
    ['legacy', 'unavailable'], // its audit log is off
  ])('give the findings that the whole logs of %s give', async (name, audited) => {
    const whole = readFolder(ESTATE);
    const { read, files } = await throughQueries(whole, name);

    expect(read.coverage.map(({ source, status }) => [source, status])).toEqual([
      ['authenticator-log', 'complete'],
      ['audit-log', audited],
    ]);
    const [selected, all] = [await audit(files), await audit(whole)];

    expect(tell(selected)).toEqual(tell(all));
    expect(tellAccess(selected)).toEqual(tellAccess(all));
    expect(tellSkips(selected)).toEqual(tellSkips(all));
  });
});

const SAMPLE = fc.sample(eventLine, { seed: 7, numRuns: 400 });

/** What no detection's own lines show: an event that broke off, and a binding whose name holds a brace. */
const RARE = [
  '{"kind":"Event","auditID":"a","verb":"patch","user":{"username":"alice"},"objectRef":{"resource":"pods"},"requestObject":{',
  '{"kind":"Event","auditID":"b","stage":"ResponseComplete","requestURI":"/x","verb":"create","user":{"username":"alice"},"objectRef":{"resource":"clusterrolebindings","name":"a{b","apiGroup":"rbac.authorization.k8s.io"},"stageTimestamp":"2026-11-20T08:00:00Z"}',
];

function select(query: string, lines: readonly string[]): readonly string[] {
  const group = logGroup(logLines(AUDIT, lines));
  const answer = runQuery({
    queryString: `filter @logStream like /a/\n${query}`,
    startTime: 0,
    endTime: 9e9,
    limit: 9e4,
    groups: [group],
  });
  if (answer.kind === 'malformed') throw new Error(answer.message);
  return answer.rows.map((cells) => cells.find(({ field }) => field === '@message')?.value ?? '');
}

describe('the query for changes', () => {
  it('leaves out no event that is notable', async () => {
    await fc.assert(
      fc.asyncProperty(eventLine, async (line) => {
        const items = await readItems(line);
        fc.pre(items.some((item) => 'record' in item && isNotable(item.record)));

        expect(select(AUDIT_CHANGES, [line])).toEqual([line]);
      }),
      { seed: 6, numRuns: 800 },
    );
  });

  it.each(Object.entries(TELLING_LINES))('leaves nothing out that makes %s speak', async (_id, lines) => {
    const whole = await detectSlowly(lines.join('\n'));
    const selected = await detectSlowly(select(AUDIT_CHANGES, lines).join('\n'));
    const others = ({ detection }: Finding) => detection !== 'admin-session-with-long-lived-key';

    expect(selected.findings.filter(others).map(describeFinding).sort()).toEqual(
      whole.findings.filter(others).map(describeFinding).sort(),
    );
  });

  it.each(AUDIT_CLAUSES.map(({ why, condition }) => [why, condition]))('would lose %s', (_why, condition) => {
    const others = AUDIT_CLAUSES.filter((clause) => clause.condition !== condition).map((clause) => clause.condition);
    const events = [...Object.values(TELLING_LINES).flat(), ...SAMPLE, ...RARE];
    const byThis = new Set(select(`| filter ${condition}`, events));
    const byOthers = new Set(select(`| filter (${others.join(') or (')})`, events));

    expect([...byThis].filter((event) => !byOthers.has(event))).not.toEqual([]);
  });

  it('leaves ordinary traffic out', () => {
    expect(select(AUDIT_CHANGES, SAMPLE).length).toBeLessThan(SAMPLE.length);
    expect(select(AUDIT_CHANGES, RARE)).toEqual(RARE);
  });
});

const isThere = existsSync(RECORDED);

describe.skipIf(!isThere)('recorded audit events', () => {
  const folder = join(RECORDED, 'falco-k8s-audit');
  const captures = isThere
    ? readdirSync(folder).filter((file) => /^[a-z_0-9]+\.json$/.test(file) && file !== 'expected.json')
    : [];

  it.each(captures)('of %s give through the query what they give in whole', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const lines = text.split('\n').filter((line) => line.trim() !== '');

    const whole = await detectSlowly(text);
    const selected = await detectSlowly(select(AUDIT_CHANGES, lines).join('\n'));

    expect(selected.findings.map(describeFinding).sort()).toEqual(whole.findings.map(describeFinding).sort());
  });
});

describe('recorded data', () => {
  it.runIf(!isThere)('was not read: there is no ../shared/data beside the repository', () => {
    expect(isThere).toBe(false);
  });
});
