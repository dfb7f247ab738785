/** A draft into the steps of the move, in order, each with what shows that it worked and with the way back. */
import type { Facts } from '../model/facts.ts';
import type { MigrationProof, MigrationStep, PlannedEntry } from '../model/migration.ts';
import { arnKey } from '../rules/arn.ts';
import { waitForCluster, waitForMode } from '../rules/cluster-remedies.ts';
import { createWholeEntry } from '../rules/entry-commands.ts';
import { backUpAwsAuth, kubectl, useKubeconfig } from '../rules/kube-commands.ts';
import { deleteAccessEntry, describeAccessEntry, enableAccessEntries, turnOnAccessLogs } from '../rules/remedies.ts';
import { shellLine } from '../rules/shell.ts';
import type { Draft } from './draft.ts';
import { formGroups } from './groups.ts';
import { rankLevel } from './proof.ts';
import { removeRows } from './row-removal.ts';
import { createBindingCommand, deleteBindingCommand, endMode, ensureEntry, showDenials } from './step-commands.ts';

const BACKUP_FILE = 'aws-auth.before-migration.yaml';

export function listSteps(draft: Draft, facts: Facts, proof: MigrationProof): readonly MigrationStep[] {
  if (draft.target === null) return [];
  const levels = new Map(proof.principals.map((each) => [arnKey(each.principalArn), rankLevel(each.levelBefore)]));
  const rankOf = (arn: string): number => levels.get(arnKey(arn)) ?? -1;
  const ordered = [...draft.entries].sort((a, b) => rankOf(a.principalArn) - rankOf(b.principalArn));
  return [
    ...turnLogsOn(facts),
    backUp(facts),
    ...switchMode(facts),
    ...bindGroups(draft),
    ...createEntries(ordered, facts),
    ...(draft.entries.length === 0 ? [] : [verify(facts)]),
    ...removeRows({ draft, facts, rankOf, backup: BACKUP_FILE }),
    ...finish(draft, facts),
  ];
}

type Bare = Pick<MigrationStep, 'id' | 'title' | 'text' | 'commands'> & Partial<MigrationStep>;

function makeStep(step: Bare): MigrationStep {
  return { isOneWay: false, checks: [], undo: [], ...step };
}

function turnLogsOn({ cluster }: Facts): readonly MigrationStep[] {
  if (cluster.logTypes?.includes('audit') && cluster.logTypes.includes('authenticator')) return [];
  return [
    makeStep({
      id: 'logs',
      title: 'Turn the audit and authenticator logs on',
      text: 'Without them nobody can see by which door a principal comes in. Let them run until everybody who matters has logged in once, or a week.',
      commands: [turnOnAccessLogs(cluster), waitForCluster(cluster)],
    }),
  ];
}

function backUp({ cluster }: Facts): MigrationStep {
  return makeStep({
    id: 'backup',
    title: 'Keep a copy of aws-auth',
    text: 'The ConfigMap has no history of its own. The commands use a kubeconfig of their own.',
    commands: [useKubeconfig(cluster), backUpAwsAuth(BACKUP_FILE)],
    checks: [shellLine('cat', BACKUP_FILE)],
  });
}

function switchMode({ cluster }: Facts): readonly MigrationStep[] {
  if (cluster.authenticationMode !== 'CONFIG_MAP') return [];
  return [
    makeStep({
      id: 'mode-both',
      title: 'Switch the mode to API_AND_CONFIG_MAP, for good',
      text: 'One-way: no mode leads back to CONFIG_MAP. Rows go on counting for everybody who has no entry, and EKS makes an entry for whoever created the cluster. Entries can be made from here on alone.',
      isOneWay: true,
      commands: [enableAccessEntries(cluster), waitForMode(cluster, 'API_AND_CONFIG_MAP'), waitForCluster(cluster)],
      checks: [
        shellLine('aws', 'eks', 'list-access-entries', '--region', cluster.region, '--cluster-name', cluster.name),
      ],
    }),
  ];
}

function bindGroups({ bindings }: Draft): readonly MigrationStep[] {
  if (bindings.length === 0) return [];
  const names = [...new Set(bindings.map(({ standsFor }) => standsFor.name))];
  return [
    makeStep({
      id: 'bindings',
      title: 'Bind new groups in the place of names that entries cannot carry',
      text: `Nobody is in them yet. They get what is bound to ${names.join(', ')}.`,
      commands: bindings.map(createBindingCommand),
      undo: bindings.map(deleteBindingCommand),
    }),
  ];
}

function createEntries(entries: readonly PlannedEntry[], { cluster }: Facts): readonly MigrationStep[] {
  return formGroups(entries).map((group, index, all) =>
    makeStep({
      id: `entries-${index + 1}`,
      title: `Make access entries, group ${index + 1} of ${all.length}`,
      text: 'An entry counts before the row of the same principal from the moment that it is known, within seconds; until its policy is associated it gives nothing. Without the entry the row counts again.',
      commands: group.flatMap((entry) => createWholeEntry(cluster, entry)),
      checks: [...group.map(({ principalArn }) => describeAccessEntry(cluster, principalArn)), showDenials(cluster)],
      undo: group.map(({ principalArn }) => deleteAccessEntry(cluster, principalArn)),
    }),
  );
}

function verify({ cluster }: Facts): MigrationStep {
  return makeStep({
    id: 'verify',
    title: 'See that everybody comes in through the entry',
    text: 'Read the evidence anew after a day or more, and compare it with this plan: kept as migrate.json by --out.',
    commands: [],
    checks: [
      shellLine(
        'keyholder',
        'migrate',
        '--cluster',
        cluster.name,
        '--evidence',
        'evidence',
        '--verify',
        '--plan',
        'migrate.json',
      ),
      showDenials(cluster),
    ],
  });
}

function finish({ target, ensured }: Draft, { cluster }: Facts): readonly MigrationStep[] {
  if (target !== 'API') return [];
  return [
    ...(ensured.length === 0
      ? []
      : [
          makeStep({
            id: 'managed-nodes',
            title: "See that EKS's own nodes have entries",
            text: 'EKS makes them; where it has not, these make them, for without one the nodes lose the cluster with the next step.',
            commands: ensured.map((entry) => ensureEntry(cluster, entry)),
            checks: ensured.map(({ principalArn }) => describeAccessEntry(cluster, principalArn)),
          }),
        ]),
    makeStep({
      id: 'mode-api',
      title: 'Switch the mode to API, for good',
      text: 'One-way: aws-auth is never read again, and no mode leads back. Take this step when nobody came in by a row for as long as the slowest job needs to run once.',
      isOneWay: true,
      commands: [endMode(cluster), waitForMode(cluster, 'API'), waitForCluster(cluster)],
      checks: [showDenials(cluster), kubectl('get', 'nodes')],
    }),
  ];
}
