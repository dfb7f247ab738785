import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../shared/model/report.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../../shared/offline/evidence-recorder.ts';
import { listFolderFiles } from '../../shared/offline/folder-files.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { redactFiles } from '../../shared/pipeline/redact.ts';
import { createRedactor } from '../../shared/redaction/redact-text.ts';
import { VOCABULARY } from '../../shared/redaction/vocabulary.ts';
import { ESTATE, ESTATE_NOW, listFindings } from '../support/estate.ts';
import { makeFolder } from '../support/temp-folder.ts';

const SEED = 'seed of the tests';

async function auditFolder(dir: string): Promise<Report> {
  return auditEvidence(await collectEvidence(openEvidenceFolder(dir)), ESTATE_NOW);
}

async function redactFolder(dir: string): Promise<string> {
  const out = join(makeFolder(), 'shared');
  const { files } = await listFolderFiles(dir);
  const progress = { step: () => {}, end: () => {} };
  await redactFiles({
    files,
    sink: await openEvidenceRecorder(out),
    seed: SEED,
    report: await auditFolder(dir),
    progress,
  });
  return out;
}

interface Renaming {
  readonly name: (text: string) => string;
  /** What a finding is about has its kind in front, which is no name. */
  readonly subject: (text: string) => string;
}

const { redact } = createRedactor({ seed: SEED });
const RENAMED: Renaming = { name: redact, subject: (text) => text.replace(/(?<=:).*/s, redact) };
const AS_IS: Renaming = { name: (text) => text, subject: (text) => text };

/** What is the same in both folders: findings, holders, creators and verdicts, by the names given. */
function listAnswers(report: Report, { name, subject: nameSubject }: Renaming): readonly string[] {
  const ofRegions = report.findings.map(({ detection, subject, severity, status }) =>
    JSON.stringify(['no cluster', detection, nameSubject(subject), severity, status]),
  );
  return report.clusters
    .flatMap(({ arn, findings, access, verdicts, creator }) =>
      [
        ...findings.map(({ detection, subject, severity, status, at }) => [
          detection,
          nameSubject(subject),
          severity,
          status,
          at,
        ]),
        ...access.map(({ holder, level, since, people }) => [
          holder.kind,
          name(holder.name),
          level,
          since.value,
          people.list.length,
        ]),
        ...verdicts.map(({ detection, status, missing }) => [detection, status, missing]),
        [
          'creator',
          creator.principalArn === null ? null : name(creator.principalArn),
          creator.confidence,
          creator.exists,
        ],
      ].map((answer) => JSON.stringify([name(arn), ...answer])),
    )
    .concat(ofRegions)
    .sort();
}

/** Name and text of every file below. */
function readAll(dir: string): string {
  return readdirSync(dir)
    .map((name) => join(dir, name))
    .map((path) =>
      statSync(path).isDirectory() ? readAll(path) : `${path.split('shared').at(-1)}\n${readFileSync(path, 'utf8')}`,
    )
    .join('\n');
}

describe('redactFiles', () => {
  test('leaves every answer about the sample estate as it was, about other names', async () => {
    const after = await auditFolder(await redactFolder(ESTATE));

    expect(listAnswers(after, AS_IS)).toEqual(listAnswers(await auditFolder(ESTATE), RENAMED));
  }, 60_000);

  test.each(['admin-policy-at-cluster-scope', 'cloudtrail-off'])(
    'lets a risk stay accepted that names its finding: %s',
    async (id) => {
      const first = listFindings(await auditFolder(ESTATE)).find(({ detection }) => detection === id);
      const files = Object.fromEntries(
        (await listFolderFiles(ESTATE)).files.map(({ file }) => [file, readFileSync(join(ESTATE, file))]),
      );
      const risk = `acceptedRisks:\n  - finding: ${first?.fingerprint}\n    owner: treasury\n    reason: agreed\n    expires: 2027-01-01\n`;
      const dir = makeFolder({ ...files, 'keyholder.yml': risk });

      const after = await auditFolder(await redactFolder(dir));

      expect(after.acceptances.map(({ status }) => status)).toEqual(['in-force']);
    },
    60_000,
  );

  test('keeps both of a file and its compressed twin', async () => {
    const dir = makeFolder({
      '111122223333/iam.json': '{"a": 1}',
      '111122223333/iam.json.gz': gzipSync('{"a": 2}'),
      '111122223333/trails.json.gz': gzipSync('{"a": 3}'),
    });

    const out = join(await redactFolder(dir), redact('111122223333'));

    expect(readdirSync(out).map((file) => [file, readFileSync(join(out, file), 'utf8')])).toEqual([
      ['iam.json', '{"a": 1}'],
      ['iam.json.gz', '{"a": 2}'],
      ['trails.json', '{"a": 3}'],
    ]);
  });

  test('leaves nothing of what was planted, in no file and in no name of one', async () => {
    const secret = fc.stringMatching(/^[a-z]{7,12}$/).filter((word) => !VOCABULARY.has(word));
    const planted = fc.uniqueArray(secret, { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(planted, fc.stringMatching(/^[1-9]\d{11}$/), async (words, account) => {
        const out = await redactFolder(plant(words, account));
        const text = readAll(out).toLowerCase();

        expect(
          [...words, account, 'akiaiosfodnn7example', '198.51.100.7'].filter((word) => text.includes(word)),
        ).toEqual([]);
      }),
      { seed: 5, numRuns: 25 },
    );
  }, 60_000);
});

/** A folder with each word in places of several kinds: file names, keys, values, comments, escapes, broken lines. */
function plant([a, b, c, d, e, f, g, h]: readonly string[], account: string): string {
  const role = `arn:aws:iam::${account}:role/${a}/${b}`;
  const place = `${account}/eu-central-1/${c}`;
  return makeFolder({
    'keyholder.yml': `# ${h}\napprovedAdmins:\n  - principal: ${role}\n    reason: ${d} of ${e}\n`,
    [`${place}/describe-cluster.json`]: JSON.stringify({
      cluster: {
        name: c,
        arn: `arn:aws:eks:eu-central-1:${account}:cluster/${c}`,
        tags: { [`${d}`]: e, [`${f}.example/${g}`]: h },
      },
    }),
    [`${place}/access-entries.json`]: JSON.stringify({
      accessEntries: [{ principalArn: role, kubernetesGroups: [f], username: `${g}@${h}.example` }],
    }),
    [`${place}/aws-auth.yaml`]: `apiVersion: v1\nkind: ConfigMap\ndata:\n  mapRoles: "- rolearn: ${role}\\n  username: ${d}\\n  groups: [${e}]\\n" # ${f}\n`,
    [`${place}/authenticator.log`]: `time="2026-11-01T05:00:00Z" msg="access granted" arn="${role}" client="198.51.100.7:41022" accesskeyid=AKIAIOSFODNN7EXAMPLE ${g}=${h}\nhalf a line of ${d}`,
    [`${place}/audit.ndjson`]: `{"kind":"Event","user":{"username":"${'\\'}u00${e?.charCodeAt(0).toString(16)}${e?.slice(1)}","extra":{"arn":["arn%3Aaws%3Aiam%3A%3A${account}%3Arole%2F${f}"]}}\n`,
    [`${place}/${g}.txt`]: `a stranger of ${h}`,
    [`${account}/cloudtrail/${d}/${e}.json`]: JSON.stringify({
      Records: [{ eventID: f, requestParameters: { [`${g}`]: JSON.stringify({ name: `\n${h}` }) } }],
    }),
  });
}
