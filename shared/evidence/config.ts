/** keyholder.yml into the declarations of the organisation. It decides what is accepted, so it is read whole or not at all. */
import { KeyholderError } from '../errors.ts';
import type {
  AcceptedRisk,
  ApprovedAdmin,
  BreakGlass,
  Config,
  TemporaryGrant,
  TrustedGrantor,
} from '../model/config.ts';
import { isoTime } from '../rules/time.ts';
import {
  type ConfigProblem,
  listPlaces,
  mapFields,
  namedFields,
  type Place,
  parseText,
  refusePlace,
  type TextForm,
} from './config-fields.ts';
import { parseYamlTree } from './yaml-tree.ts';

const MAX_LENGTH = 512 * 1024; // the parser needs seconds for the worst text of this size
const SHOWN_PROBLEMS = 5;

export const EMPTY_CONFIG: Config = {
  approvedAdmins: [],
  breakGlass: [],
  trustedGrantors: [],
  temporaryGrants: [],
  acceptedRisks: [],
  tags: { production: {}, required: [] },
};

/** The patterns stand in schema/keyholder.v1.json as well; a test holds them equal. */
export const PRINCIPAL: TextForm = {
  expected: 'the ARN of one IAM principal, or a Kubernetes user',
  pattern:
    /^(?:arn:[a-z-]+:(?:iam|sts)::\d{12}:(?:root|(?:role|user|assumed-role|federated-user)\/[^\s*?]+)|(?!arn:)[^\s*?](?:[^*?]*[^\s*?])?)$/,
};
export const CLUSTER: TextForm = { expected: 'the name or ARN of one cluster', pattern: /^[^\s*?]+$/ };
export const FINGERPRINT: TextForm = { expected: 'a fingerprint of 32 hexadecimal digits', pattern: /^[0-9a-f]{32}$/ };
/** Names of users can be imitated: a principal of IAM, or a service account. */
const GRANTOR: TextForm = {
  expected: 'the ARN of one IAM role or user, or system:serviceaccount:<namespace>:<name>',
  pattern: /^(?:arn:[a-z-]+:iam::\d{12}:(?:role|user)\/[^\s*?]+|system:serviceaccount:[^\s*?:]+:[^\s*?:]+)$/,
};
const UNIQUE_ID: TextForm = { expected: 'a unique id such as AROA… or AIDA…', pattern: /^A(?:RO|ID)A[A-Z0-9]{12,}$/ };
const DATE: TextForm = {
  expected: 'an ISO date',
  pattern: /^(\d{4}-\d\d-\d\d)(?:[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?$/,
};
const TAG: TextForm = { expected: 'text', pattern: /\S/, plain: true };

export function parseConfig(text: string): {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
} {
  if (text.length > MAX_LENGTH) {
    const message = `expected at most ${MAX_LENGTH} characters, got ${text.length}`;
    return { config: EMPTY_CONFIG, problems: [{ line: 1, column: 1, key: '', message }] };
  }
  const tree = parseYamlTree(text);
  if ('problem' in tree) {
    const { line, column, problem } = tree;
    return { config: EMPTY_CONFIG, problems: [{ line, column, key: '', message: problem }] };
  }
  const problems: ConfigProblem[] = [];
  const names = ['approvedAdmins', 'breakGlass', 'trustedGrantors', 'temporaryGrants', 'acceptedRisks', 'tags'];
  const fields = namedFields({ tree, key: '', problems }, { required: [], optional: names });
  const config = {
    approvedAdmins: listPlaces(fields.get('approvedAdmins')).flatMap(parseApprovedAdmin),
    breakGlass: listPlaces(fields.get('breakGlass')).flatMap(parseBreakGlass),
    trustedGrantors: listPlaces(fields.get('trustedGrantors')).flatMap(parseTrustedGrantor),
    temporaryGrants: listPlaces(fields.get('temporaryGrants')).flatMap(parseTemporaryGrant),
    acceptedRisks: parseAcceptedRisks(fields.get('acceptedRisks')),
    tags: parseTags(fields.get('tags')),
  };
  return { config, problems };
}

/** The declarations, or a usage error that names every problem with its line and key. */
export function resolveConfig(text: string, file: string): Config {
  const { config, problems } = parseConfig(text);
  if (problems.length === 0) return config;
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const shown = sorted.slice(0, SHOWN_PROBLEMS).map(({ line, key, message }) => {
    return `${file}:${line}: ${key === '' ? '' : `${key}: `}${message}`;
  });
  const more = sorted.length > SHOWN_PROBLEMS ? [`and ${sorted.length - SHOWN_PROBLEMS} more`] : [];
  throw new KeyholderError('usage', [...shown, ...more].join('; '));
}

function parseApprovedAdmin(place: Place): readonly ApprovedAdmin[] {
  const fields = namedFields(place, { required: ['principal'], optional: ['clusters', 'reason'] });
  const principal = parseText(fields.get('principal'), PRINCIPAL);
  const clusters = parseClusters(fields.get('clusters'));
  const reason = parseText(fields.get('reason'));
  return principal === null ? [] : [{ principal, clusters, reason }];
}

function parseBreakGlass(place: Place): readonly BreakGlass[] {
  const fields = namedFields(place, { required: ['principal'], optional: ['clusters'] });
  const principal = parseText(fields.get('principal'), PRINCIPAL);
  const clusters = parseClusters(fields.get('clusters'));
  return principal === null ? [] : [{ principal, clusters }];
}

function parseTemporaryGrant(place: Place): readonly TemporaryGrant[] {
  const fields = namedFields(place, { required: ['principal', 'until'], optional: ['clusters', 'reason'] });
  const principal = parseText(fields.get('principal'), PRINCIPAL);
  const until = parseDate(fields.get('until'));
  const clusters = parseClusters(fields.get('clusters'));
  const reason = parseText(fields.get('reason'));
  return principal === null || until === null ? [] : [{ principal, clusters, until, reason }];
}

/** A principal is declared with its unique id: whoever takes over its name is another. */
function parseTrustedGrantor(place: Place): readonly TrustedGrantor[] {
  const fields = namedFields(place, { required: ['principal', 'subjects'], optional: ['uniqueId', 'clusters'] });
  const principal = parseText(fields.get('principal'), GRANTOR);
  const uniqueId = parseText(fields.get('uniqueId'), UNIQUE_ID);
  const subjects = listPlaces(fields.get('subjects')).flatMap((item) => parseText(item, PRINCIPAL) ?? []);
  const clusters = parseClusters(fields.get('clusters'));
  if (principal === null) return [];
  if (principal.startsWith('arn:') && uniqueId === null && !fields.has('uniqueId'))
    return refusePlace(place, 'the uniqueId of an IAM principal') ?? [];
  return [{ principal, uniqueId, subjects, clusters }];
}

function parseClusters(place: Place | undefined): readonly string[] {
  return listPlaces(place).flatMap((item) => parseText(item, CLUSTER) ?? []);
}

function parseAcceptedRisks(place: Place | undefined): readonly AcceptedRisk[] {
  const risks = new Map<string, AcceptedRisk>();
  for (const item of listPlaces(place)) {
    const fields = namedFields(item, { required: ['finding', 'owner', 'reason', 'expires'], optional: [] });
    const finding = parseText(fields.get('finding'), FINGERPRINT);
    const owner = parseText(fields.get('owner'));
    const reason = parseText(fields.get('reason'));
    const expires = parseDate(fields.get('expires'));
    if (finding === null || owner === null || reason === null || expires === null) continue;
    const earlier = risks.get(finding);
    if (earlier === undefined) risks.set(finding, { finding, owner, reason, expires, line: item.tree.line });
    else refusePlace(item, `one acceptance for a finding (line ${earlier.line} has it)`);
  }
  return [...risks.values()];
}

/** A day stands for its first moment in UTC. */
function parseDate(place: Place | undefined): string | null {
  const text = parseText(place, DATE);
  if (place === undefined || text === null) return null;
  const day = DATE.pattern.exec(text)?.[1] ?? '';
  // Date takes 30 February for 2 March.
  const isDay = isoTime(`${day}T00:00:00Z`)?.startsWith(day) === true;
  return (isDay ? isoTime(text.toUpperCase()) : null) ?? refusePlace(place, DATE.expected);
}

function parseTags(place: Place | undefined): Config['tags'] {
  const fields = namedFields(place, { required: [], optional: ['production', 'required'] });
  const production = [...mapFields(fields.get('production'))];
  return {
    // Built by definition, so that a tag named __proto__ is only a tag.
    production: Object.fromEntries(production.map(([tag, values]) => [tag, parseTagTexts(values)])),
    required: parseTagTexts(fields.get('required')),
  };
}

function parseTagTexts(place: Place | undefined): readonly string[] {
  return listPlaces(place).flatMap((item) => parseText(item, TAG) ?? []);
}
