import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLUSTER, FINGERPRINT, PRINCIPAL, parseConfig } from '../../shared/evidence/config.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/keyholder.v1.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
ajvFormats.default(ajv);
const validate = ajv.compile(schema);

const PRINT = '0123456789abcdef0123456789abcdef';
const risk = (fields: string) => `acceptedRisks:\n  - {${fields}}`;
const whole = `finding: ${PRINT}, owner: alice, reason: known`;

const GOOD: readonly (readonly [name: string, text: string])[] = [
  ['an empty file', ''],
  ['a file of comments', '# nothing yet\n'],
  ['keys without values', 'approvedAdmins:\nbreakGlass:\nacceptedRisks:\ntags:\n'],
  ['an approved role', 'approvedAdmins: [{principal: "arn:aws:iam::111122223333:role/platform/admins"}]'],
  ['an approved root', 'approvedAdmins: [{principal: "arn:aws-cn:iam::111122223333:root", clusters: [payments]}]'],
  [
    'an approved service account',
    'approvedAdmins: [{principal: "system:serviceaccount:argocd:argocd", reason: GitOps}]',
  ],
  ['an approved user of an identity provider', 'approvedAdmins: [{principal: "corp:Alice Example"}]'],
  [
    'break-glass with cluster ARNs',
    'breakGlass: [{principal: "arn:aws:iam::111122223333:user/fire", clusters: ["arn:aws:eks:eu-west-1:111122223333:cluster/payments"]}]',
  ],
  ['a risk until a day', risk(`${whole}, expires: 2027-01-31`)],
  ['a risk until a moment', risk(`${whole}, expires: "2027-01-31T12:00:00+02:00"`)],
  ['a grant until a day', 'temporaryGrants: [{principal: bob, until: 2026-12-01, reason: the migration}]'],
  [
    'a grant until a moment',
    'temporaryGrants: [{principal: bob, until: "2026-12-01T18:00:00Z", clusters: [payments]}]',
  ],
  ['tags', 'tags: {production: {env: [prod, "live"], tier: [1, true]}, required: [owner]}'],
  ['a tag named __proto__', 'tags: {production: {__proto__: [x]}}'],
];

const BAD: readonly (readonly [name: string, text: string])[] = [
  ['a list at the top', '- principal: x'],
  ['an unknown key', 'approvedAdmin: []'],
  ['an unknown key of an admin', 'approvedAdmins: [{principal: x, cluster: y}]'],
  ['a bare name for an admin', 'approvedAdmins: [alice]'],
  ['an admin without a principal', 'approvedAdmins: [{reason: x}]'],
  ['an admin that is nothing', 'approvedAdmins: [null]'],
  ['a principal with a wildcard', 'approvedAdmins: [{principal: "arn:aws:iam::111122223333:role/*"}]'],
  ['the ARN of no principal', 'approvedAdmins: [{principal: "arn:aws:iam::111122223333:group/admins"}]'],
  ['an ARN with too few digits', 'breakGlass: [{principal: "arn:aws:iam::11112222333:role/fire"}]'],
  ['a principal of blanks', 'breakGlass: [{principal: " "}]'],
  ['a reason on break-glass', 'breakGlass: [{principal: x, reason: y}]'],
  ['clusters that are no list', 'breakGlass: [{principal: x, clusters: payments}]'],
  ['clusters by pattern', 'breakGlass: [{principal: x, clusters: ["prod-*"]}]'],
  ['a risk without expiry', risk(whole)],
  ['a risk without owner', risk(`finding: ${PRINT}, reason: known, expires: 2027-01-31`)],
  ['a risk with an empty reason', risk(`finding: ${PRINT}, owner: a, reason: "", expires: 2027-01-31`)],
  ['a reason that is a number', risk(`finding: ${PRINT}, owner: a, reason: 12, expires: 2027-01-31`)],
  ['an expiry in words', risk(`${whole}, expires: soon`)],
  ['an expiry that no month has', risk(`${whole}, expires: 2027-02-30`)],
  ['an expiry without a time zone', risk(`${whole}, expires: "2027-01-31T12:00:00"`)],
  ['an expiry that is a year', risk(`${whole}, expires: 2027`)],
  ['half a fingerprint', risk('finding: 0123abcd, owner: a, reason: b, expires: 2027-01-31')],
  ['a temporary grant without an end', 'temporaryGrants: [{principal: bob}]'],
  ['a temporary grant until a day in words', 'temporaryGrants: [{principal: bob, until: soon}]'],
  ['a temporary grant until a day that no month has', 'temporaryGrants: [{principal: bob, until: 2026-02-30}]'],
  ['a temporary grant of everybody', 'temporaryGrants: [{principal: "*", until: 2026-12-01}]'],
  ['a temporary grant with an owner', 'temporaryGrants: [{principal: bob, until: 2026-12-01, owner: alice}]'],
  ['risks that are no list', 'acceptedRisks: {finding: x}'],
  ['production tags that are a list', 'tags: {production: [env]}'],
  ['a production tag with one value alone', 'tags: {production: {env: prod}}'],
  ['a required tag that is a map', 'tags: {required: [{owner: x}]}'],
  ['a required tag of blanks', 'tags: {required: [" "]}'],
];

describe('schema/keyholder.v1.json and parseConfig', () => {
  it.each(GOOD)('both accept %s', (_name, text) => {
    expect(parseConfig(text).problems).toEqual([]);
    expect([validate(parse(text) ?? null), validate.errors]).toEqual([true, null]);
  });

  it.each(BAD)('both refuse %s', (_name, text) => {
    expect(parseConfig(text).problems).not.toEqual([]);
    expect(validate(parse(text))).toBe(false);
  });

  it('hold the same patterns', () => {
    const { principal, clusters } = schema.$defs;
    const { finding } = schema.properties.acceptedRisks.items.properties;

    expect(new RegExp(principal.pattern).source).toBe(PRINCIPAL.pattern.source);
    expect(new RegExp(clusters.items.pattern).source).toBe(CLUSTER.pattern.source);
    expect(new RegExp(finding.pattern).source).toBe(FINGERPRINT.pattern.source);
  });
});
