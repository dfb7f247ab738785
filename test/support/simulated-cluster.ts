/** An EKS cluster with the access semantics of AWS, and a clock that stands still until somebody sleeps. */
import { parse } from 'yaml';
import { CallError, type SimulatedIam, type SimulatedPrincipal } from './simulated-iam.ts';

export type Mode = 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API';

export interface SimulatedEntry {
  readonly uniqueId: string;
  readonly type: string;
  readonly groups: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
  /** Of cluster scope; others open nothing that a recovery looks at. */
  readonly policies: ReadonlySet<string>;
}

export interface SimulatedIdentity {
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: ReadonlySet<string>;
}

interface Settings {
  readonly mode: Mode;
  readonly iam: SimulatedIam;
  /** ARN and unique id of whoever created it. */
  readonly creator: SimulatedPrincipal;
  /** AWS's own texts disagree on this. */
  readonly creatorMatchedBy: 'arn' | 'unique-id';
}

/** EKS needs this long to know of an entry everywhere, and this long for another mode. */
const ENTRY_DELAY_SECONDS = 15;
const SWITCH_SECONDS = 90;

export const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

export class SimulatedCluster {
  readonly iam: SimulatedIam;
  mode: Mode;
  status: 'ACTIVE' | 'UPDATING' = 'ACTIVE';
  /** By ARN, as the EKS API shows it. */
  readonly entries = new Map<string, SimulatedEntry>();
  awsAuth: Readonly<Record<string, string>> | null = null;
  /** Of ClusterRole cluster-admin: name to subject. */
  readonly bindings = new Map<string, { readonly kind: string; readonly name: string }>();
  private readonly settings: Settings;
  private seconds = 0;
  private switchesAt = Number.POSITIVE_INFINITY;
  /** What the authenticator knew of the entries, and from when on. */
  private readonly history: { readonly at: number; readonly entries: ReadonlyMap<string, SimulatedEntry> }[] = [];

  constructor(settings: Settings) {
    this.settings = settings;
    this.iam = settings.iam;
    this.mode = settings.mode;
  }

  /** For setting up: what stands has stood for long. */
  settle(): void {
    this.history.length = 0;
    this.history.push({ at: Number.NEGATIVE_INFINITY, entries: new Map(this.entries) });
  }

  sleep(seconds: number): void {
    this.seconds += seconds;
    if (this.seconds < this.switchesAt) return;
    this.mode = 'API_AND_CONFIG_MAP';
    this.status = 'ACTIVE';
    this.switchesAt = Number.POSITIVE_INFINITY;
    const creator = this.iam.find(this.settings.creator.arn);
    if (creator !== null) this.putEntry(creator, { type: 'STANDARD', policies: new Set([ADMIN_POLICY]) });
  }

  waitUntilActive(): void {
    while (this.status !== 'ACTIVE') this.sleep(30);
  }

  switchMode(to: string): void {
    if (this.status !== 'ACTIVE')
      throw new CallError('ResourceInUseException', 'UpdateClusterConfig', 'Cluster is being updated.');
    if (this.mode !== 'CONFIG_MAP' || to !== 'API_AND_CONFIG_MAP')
      throw new CallError(
        'InvalidRequestException',
        'UpdateClusterConfig',
        `Unsupported authentication mode update from ${this.mode} to ${to}`,
      );
    this.status = 'UPDATING';
    this.switchesAt = this.seconds + SWITCH_SECONDS;
  }

  createEntry(arn: string, entry: Pick<SimulatedEntry, 'type' | 'groups' | 'tags'>): void {
    this.demandEntries('CreateAccessEntry');
    if (entry.tags.size > 0) this.iam.demand('eks:TagResource');
    const principal = this.iam.find(arn);
    if (principal === null)
      throw new CallError(
        'InvalidParameterException',
        'CreateAccessEntry',
        'The specified principalArn is invalid: invalid principal.',
      );
    if (this.entries.has(arn))
      throw new CallError(
        'ResourceInUseException',
        'CreateAccessEntry',
        'The specified access entry resource is already in use on this cluster.',
      );
    if (entry.groups.some((group) => group.startsWith('system:')))
      throw new CallError(
        'InvalidParameterException',
        'CreateAccessEntry',
        'The kubernetes group name is invalid, it cannot start with system:',
      );
    this.putEntry(principal, entry);
  }

  deleteEntry(arn: string): void {
    this.demandEntry(arn, 'DeleteAccessEntry');
    this.entries.delete(arn);
    this.remember();
  }

  associate(arn: string, policy: string): void {
    const entry = this.demandEntry(arn, 'AssociateAccessPolicy');
    if (entry.type !== 'STANDARD')
      throw new CallError('InvalidRequestException', 'AssociateAccessPolicy', 'not a STANDARD entry');
    this.entries.set(arn, { ...entry, policies: new Set([...entry.policies, policy]) });
    this.remember();
  }

  dissociate(arn: string, policy: string): void {
    const entry = this.demandEntry(arn, 'DisassociateAccessPolicy');
    this.entries.set(arn, { ...entry, policies: new Set([...entry.policies].filter((one) => one !== policy)) });
    this.remember();
  }

  demandEntry(arn: string, operation: string): SimulatedEntry {
    this.demandEntries(operation);
    const entry = this.entries.get(arn);
    if (entry !== undefined) return entry;
    throw new CallError('ResourceNotFoundException', operation, 'The specified principalArn could not be found.');
  }

  /** null: 401. An entry counts before aws-auth, and only for the very principal that it was made for. */
  logIn(principal: SimulatedPrincipal): SimulatedIdentity | null {
    if (this.mode !== 'CONFIG_MAP') {
      const entry = this.knownEntries().get(principal.arn);
      if (entry?.uniqueId === principal.uniqueId)
        return { username: principal.arn, groups: entry.groups, policies: entry.policies };
    }
    if (this.mode === 'API') return null;
    const row = this.readRows().find(({ arn }) => arn.toLowerCase() === withoutPath(principal.arn).toLowerCase());
    if (row !== undefined) return { ...row, policies: new Set() };
    return this.isHiddenCreator(principal)
      ? { username: 'kubernetes-admin', groups: ['system:masters'], policies: new Set() }
      : null;
  }

  isAdmin({ username, groups, policies }: SimulatedIdentity): boolean {
    if (groups.includes('system:masters') || policies.has(ADMIN_POLICY)) return true;
    return [...this.bindings.values()].some(({ kind, name }) =>
      kind === 'User' ? name === username : groups.includes(name),
    );
  }

  /** A node joins by an entry of its type, or by a row with the groups of nodes. */
  takesNodes(roleArn: string): boolean {
    const role = this.iam.find(roleArn);
    const identity = role === null ? null : this.logIn(role);
    const entry = this.mode === 'CONFIG_MAP' ? undefined : this.knownEntries().get(roleArn);
    return entry?.type === 'EC2_LINUX' || (identity?.groups.includes('system:nodes') ?? false);
  }

  private isHiddenCreator(principal: SimulatedPrincipal): boolean {
    if (this.mode !== 'CONFIG_MAP') return false;
    const { creator, creatorMatchedBy } = this.settings;
    return creatorMatchedBy === 'arn' ? creator.arn === principal.arn : creator.uniqueId === principal.uniqueId;
  }

  private putEntry(principal: SimulatedPrincipal, entry: Partial<SimulatedEntry> & Pick<SimulatedEntry, 'type'>): void {
    const { type, groups = [], tags = new Map(), policies = new Set() } = entry;
    this.entries.set(principal.arn, { uniqueId: principal.uniqueId, type, groups, tags, policies });
    this.remember();
  }

  private remember(): void {
    this.history.push({ at: this.seconds + ENTRY_DELAY_SECONDS, entries: new Map(this.entries) });
  }

  private knownEntries(): ReadonlyMap<string, SimulatedEntry> {
    return this.history.findLast(({ at }) => at <= this.seconds)?.entries ?? new Map();
  }

  private demandEntries(operation: string): void {
    if (this.mode !== 'CONFIG_MAP') return;
    const message =
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";
    throw new CallError('InvalidRequestException', operation, message);
  }

  /** Each section is read alone, and one that is no YAML is dropped. */
  private readRows(): readonly {
    readonly arn: string;
    readonly username: string;
    readonly groups: readonly string[];
  }[] {
    return ['mapRoles', 'mapUsers'].flatMap((section) => {
      try {
        const rows: unknown = parse(this.awsAuth?.[section] ?? '[]', { version: '1.1' });
        return Array.isArray(rows) ? rows.map(readRow) : [];
      } catch {
        return [];
      }
    });
  }
}

function readRow(row: unknown) {
  const fields = new Map<string, unknown>(typeof row === 'object' && row !== null ? Object.entries(row) : []);
  const groups = fields.get('groups');
  return {
    arn: String(fields.get('rolearn') ?? fields.get('userarn') ?? ''),
    username: String(fields.get('username') ?? ''),
    groups: Array.isArray(groups) ? groups.map(String) : [],
  };
}

function withoutPath(arn: string): string {
  return arn.replace(/:role\/(?:.*\/)?([^/]+)$/, ':role/$1');
}
