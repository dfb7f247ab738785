/** Every way back in, in the order of the harm that it does. */
import type { Way } from './way.ts';
import { accessEntry } from './ways/access-entry.ts';
import { anotherAdmin } from './ways/another-admin.ts';
import { askAdministrator } from './ways/ask-administrator.ts';
import { awsSupport } from './ways/aws-support.ts';
import { inClusterWriter } from './ways/in-cluster-writer.ts';
import { modeSwitch } from './ways/mode-switch.ts';
import { recreateEntry } from './ways/recreate-entry.ts';
import { recreatePrincipal } from './ways/recreate-principal.ts';
import { recreatedCreator } from './ways/recreated-creator.ts';
import { restoreAwsAuth } from './ways/restore-aws-auth.ts';
import { roleTrust } from './ways/role-trust.ts';

/** Asking somebody else does the harm of what is asked for, so that draft says by itself where it stands. */
export const WAYS: readonly Way[] = [
  anotherAdmin,
  recreatedCreator,
  recreateEntry,
  accessEntry,
  inClusterWriter,
  roleTrust,
  recreatePrincipal,
  restoreAwsAuth,
  modeSwitch,
  askAdministrator,
  awsSupport,
];
