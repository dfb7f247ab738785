import { describe, expect, test } from 'vitest';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { defaultUsername, openNameFaults } from '../../shared/rules/entry-usernames.ts';
import { ADMIN_ROLE, facts, resolvedBinding, subject } from '../support/facts.ts';

const principal = parsePrincipal(ADMIN_ROLE);
const { bindingsBySubject } = facts({ bindings: [resolvedBinding({ subjects: [subject('User', 'ops:lead')] })] });

describe('defaultUsername', () => {
  test.each([
    ['arn:aws:iam::111122223333:role/team/dev', 'arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}'],
    ['arn:aws-cn:iam::111122223333:role/dev', 'arn:aws-cn:sts::111122223333:assumed-role/dev/{{SessionName}}'],
    ['arn:aws:iam::111122223333:user/team/alice', 'arn:aws:iam::111122223333:user/team/alice'],
    ['unnamed', 'unnamed'],
  ])('of %s is %s', (arn, expected) => {
    expect(defaultUsername(parsePrincipal(arn))).toBe(expected);
  });
});

describe('openNameFaults', () => {
  const findFault = (
    username: string,
    groups: readonly string[] = [],
    known: typeof bindingsBySubject | null = bindingsBySubject,
  ) => {
    const entry = { principal, username, groups };
    return openNameFaults([entry], known)(entry)?.words ?? null;
  };

  test('says who is already bound under the name, and whether the caller chooses it', () => {
    expect(findFault('ops:lead')).toBe('its username is ops:lead, a user that bindings of the cluster name already');
    expect(findFault('ops:{{SessionName}}')).toBe(
      'its username is ops:{{SessionName}}, which the caller can make come out as the bound user ops:lead',
    );
  });

  test('points at the bindings', () => {
    const entry = { principal, username: 'ops:lead', groups: [] };

    expect(openNameFaults([entry], bindingsBySubject)(entry)?.evidence).toHaveLength(1);
  });

  test('finds names and groups that are the caller’s own choice, bindings or not', () => {
    expect(findFault('{{SessionName}}', ['{{SessionNameRaw}}'], null)).toBe(
      'its username is {{SessionName}}, which the caller chooses as a session name, and its group is {{SessionNameRaw}}, which the caller chooses',
    );
  });

  test.each([['dev:{{SessionName}}'], ['bob'], [''], [defaultUsername(principal)], ['system:node:{{SessionName}}']])(
    'finds no fault in %s',
    (username) => {
      expect(findFault(username)).toBeNull();
    },
  );

  test('answers for thousands of entries against tens of thousands of users at once', () => {
    const bindings = Array.from({ length: 20_000 }, (_, index) =>
      resolvedBinding({ subjects: [subject('User', `team-${index % 50}:u${index}`)] }),
    );
    const known = new Map(bindings.map((binding) => [`User/${binding.subjects[0]?.name}`, [binding]]));
    const entries = Array.from({ length: 3_000 }, (_, index) => ({
      principal,
      username: `x${index}:{{SessionName}}`,
      groups: [],
    }));
    const find = openNameFaults(entries, known);

    expect(entries.filter((entry) => find(entry) !== null)).toEqual([]);
  });
});
