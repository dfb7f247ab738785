/** Each thing that can be wrong with the aws-auth ConfigMap as a whole, in words for whoever has to mend it. */
import type { AwsAuthProblem, AwsAuthSection } from '../model/aws-auth.ts';
import type { JsonValue } from './go-json.ts';

/** A problem before it has its place. */
export type Wording = Pick<AwsAuthProblem, 'code' | 'message' | 'effect' | 'mend' | 'losesAccess'>;

const LOSSES: Readonly<Record<AwsAuthSection, string>> = {
  mapRoles:
    'The authenticator drops all of mapRoles, the roles of the nodes included: nodes lose the cluster, and nobody logs in through a role of it. The other sections stay.',
  mapUsers: 'The authenticator drops all of mapUsers: none of its users logs in. The other sections stay.',
  mapAccounts: 'The authenticator drops all of mapAccounts: none of its accounts logs in. The other sections stay.',
};

const KIND_NAMES: Readonly<Record<JsonValue['kind'], string>> = {
  null: 'nothing',
  boolean: 'a yes or no',
  number: 'a number',
  string: 'a text',
  list: 'a list',
  map: 'a set of fields',
};

export function nameKind(kind: JsonValue['kind']): string {
  return KIND_NAMES[kind];
}

/** At most a line of what others wrote. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `"${line.length > 120 ? `${line.slice(0, 119)}…` : line}"`;
}

/** `before` is the text of the section up to the end of the line where its parser gave up. */
export function wordSectionLost(section: AwsAuthSection, refused: string, before: string): Wording {
  return {
    code: 'section-lost',
    message: `${section} is no YAML that the authenticator can read: ${refused}.`,
    effect: LOSSES[section],
    mend: findYamlMend(before),
    losesAccess: true,
  };
}

function findYamlMend(before: string): string {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/(?:^|[\s:-])\{\{/.test(line))
    return 'Put the value in double quotes: without them {{ begins a mapping, and no template.';
  if (line.includes('\t')) return 'Replace the tab by spaces.';
  // The parser often stumbles only over the line behind it.
  if (/[\u00a0\u2007\u202f\ufeff]/.test(before))
    return 'Look for a blank that is no ordinary space, most likely pasted in, here or above, and replace it.';
  return 'Mend the YAML at this place, then check again: only the first mistake of a section is seen.';
}

export function wordNotAList(section: AwsAuthSection, kind: JsonValue['kind']): Wording {
  return {
    code: 'section-lost',
    message: `${section} is ${nameKind(kind)}, not a list.`,
    effect: LOSSES[section],
    mend: 'Begin each row with a dash and a space.',
    losesAccess: true,
  };
}

export function wordRestIgnored(section: AwsAuthSection): Wording {
  return {
    code: 'section-lost',
    message: `For the authenticator ${section} ends before this line, which stands left of the rows above it or behind a line of dashes.`,
    effect:
      'From here to its end the section is ignored, without a word in the log of the authenticator. What stands above counts.',
    mend: 'Indent the line as the rows above it are, and take out lines of three dashes or dots.',
    losesAccess: true,
  };
}

export function wordValueNotAString(section: string, kind: JsonValue['kind']): Wording {
  return {
    code: 'value-not-a-string',
    message: `${section} is ${nameKind(kind)}, not a text.`,
    effect: 'The API server refuses the whole object, so what is in the cluster stays as it was.',
    mend: `Write "${section}: |", and indent what follows below it.`,
    losesAccess: true,
  };
}

export function wordOtherObject(name: string): Wording {
  return {
    code: 'not-a-config-map',
    message: `This is the ConfigMap ${quote(name)}, not kube-system/aws-auth.`,
    effect: 'The authenticator reads no other object: nothing of it counts.',
    mend: 'Set metadata.name to aws-auth and metadata.namespace to kube-system.',
    losesAccess: true,
  };
}

export function wordUnreadable(reason: string): Wording {
  return {
    code: 'not-a-config-map',
    message: `This cannot be read as the ConfigMap aws-auth: ${reason}.`,
    effect: 'kubectl applies none of it, so what is in the cluster stays as it was.',
    mend: 'Start from what "kubectl -n kube-system get configmap aws-auth -o yaml" prints.',
    losesAccess: true,
  };
}

export function wordKeyCase(key: string, section: AwsAuthSection, isTaken: boolean): Wording {
  return {
    code: 'key-case',
    message: `The key ${quote(key)} is not ${section}: at this level case counts.`,
    effect: 'The authenticator does not know the key and ignores every row of it, without a word in its log.',
    mend: isTaken ? `Move its rows to ${section}, which is there as well.` : `Rename the key to ${section}.`,
    losesAccess: true,
  };
}

export function wordStrangeKey(key: string): Wording {
  const looksLikeMap = /^map/i.test(key);
  return {
    code: 'key-case',
    message: `The authenticator knows no key ${quote(key)}.`,
    effect: 'It ignores the key with all that stands below it.',
    mend: looksLikeMap
      ? 'There are mapRoles, mapUsers and mapAccounts alone; groups are a field of each row.'
      : 'Take it out, unless something else reads it.',
    losesAccess: looksLikeMap,
  };
}

export function wordRepeatedSection(section: string): Wording {
  return {
    code: 'section-lost',
    message: `${section} is written twice, and this is not the last of them.`,
    effect:
      'Only the last one reaches the cluster, if the API server takes the file at all: no row of this one counts.',
    mend: 'Put the rows of both below one key.',
    losesAccess: true,
  };
}

export function wordBadAccount(kind: JsonValue['kind']): Wording {
  return {
    code: 'row-invalid',
    message: `This item of mapAccounts is ${nameKind(kind)}, not an account id.`,
    effect: 'It is left out; the other accounts stay.',
    mend: 'Write the 12 digits of the account, in quotes.',
    losesAccess: kind !== 'null',
  };
}

export function wordStrangeAccount(account: string): Wording {
  return {
    code: 'arn-malformed',
    message: `${quote(account)} is no account id: those have 12 digits.`,
    effect: 'The authenticator keeps it, and no caller is ever of that account.',
    mend: 'Write the 12 digits of the account, in quotes.',
    losesAccess: true,
  };
}
