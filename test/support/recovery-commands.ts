/** Recovery plans of every lockout into the commands that they print. */
import type { RecoveryPlan } from '../../shared/model/recovery.ts';
import { type Lockout, listLockouts, planLockout } from './lockouts.ts';

export const LOST: Lockout = {
  mode: 'CONFIG_MAP',
  creator: 'unknown',
  entries: 'none',
  awsAuth: 'deleted',
  caller: 'administrator',
};

/** Plans of every mode and caller, those that a controller, a user and a new Identity Center suffix make among them. */
export function* listPlans(): Iterable<RecoveryPlan> {
  for (const lockout of listLockouts()) yield planLockout(lockout);
  yield planLockout({ ...LOST, caller: 'without', hasController: true });
  yield planLockout({ ...LOST, creator: 'gone', creatorKind: 'user' });
}

export function listCommands(plans: Iterable<RecoveryPlan>): readonly string[] {
  const commands = new Set<string>();
  for (const { ways, removal } of plans) {
    for (const way of ways)
      for (const command of [...way.commands, ...way.ifTaggingDenied, ...way.undo, ...way.verify])
        commands.add(command);
    for (const command of removal) commands.add(command);
  }
  return [...commands];
}
