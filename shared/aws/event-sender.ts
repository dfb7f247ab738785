/** Credentials into the default buses of their account. */
import type { OpenEventSender } from '../live-ports.ts';
import { createAwsAccess } from './access.ts';
import { withRole } from './assumed-role.ts';
import { listBusRules } from './bus-rules.ts';
import { readCallerIdentity } from './caller.ts';
import { openEventBus } from './event-bus.ts';
import { partitionOf } from './partition.ts';

export const openEventSender: OpenEventSender = ({ region, profile, roleArn, endpoint, version }) => {
  const own = { region, version, profile: profile ?? undefined, endpoint: endpoint ?? undefined };
  const access = createAwsAccess(withRole(own, { roleArn }));
  return {
    identify: () => readCallerIdentity(access),
    openBus: ({ account }, of) =>
      openEventBus(access, `arn:${partitionOf(of).name}:events:${of}:${account}:event-bus/default`),
    listRules: (of) => listBusRules(access, of),
  };
};
