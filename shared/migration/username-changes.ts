/** Principals that come in under another username, and the bindings that name the old or the new one. */
import type { ProvenPrincipal, UsernameChange } from '../model/migration.ts';
import type { Rbac } from '../model/rbac.ts';
import { listHeldBindings } from '../rules/authorizer.ts';
import { listBoundNames } from '../rules/effective-access.ts';
import { wordBinding } from '../rules/subject-names.ts';
import { isOpen, listRendered } from '../rules/usernames.ts';

export function listUsernameChanges(
  principals: readonly ProvenPrincipal[],
  before: Rbac,
  after: Rbac,
): readonly UsernameChange[] {
  return principals.flatMap(({ principalArn, usernameBefore, usernameAfter }) => {
    if (usernameBefore === null || usernameAfter === null || usernameBefore === usernameAfter) return [];
    // A creator whom nobody knows has no name to change.
    if (!principalArn.startsWith('arn:')) return [];
    return [
      {
        principalArn,
        before: usernameBefore,
        after: usernameAfter,
        bindings: [
          ...listBindings(usernameBefore, before).map((found) => ({ ...found, change: 'lost' as const })),
          ...listBindings(usernameAfter, after).map((found) => ({ ...found, change: 'gained' as const })),
        ],
      },
    ];
  });
}

function listBindings(username: string, rbac: Rbac) {
  const users = isOpen(username) ? listRendered([username], listBoundNames(rbac, 'User')) : [username];
  return users.flatMap((user) =>
    listHeldBindings(rbac, { usernames: [user], groups: [] }).map(({ binding }) => ({
      binding: wordBinding(binding),
      user,
    })),
  );
}
