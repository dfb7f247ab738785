/** IAM and STS as far as a recovery meets them: roles, users, keys, trust, and what the caller may do. */

export interface SimulatedPrincipal {
  readonly arn: string;
  readonly uniqueId: string;
}

export interface SimulatedRole extends SimulatedPrincipal {
  trust: unknown;
  readonly tags: ReadonlyMap<string, string>;
}

export interface SimulatedCaller extends SimulatedPrincipal {
  /** Whether its policies allow an action, as far as the simulation goes: by the action alone. */
  readonly may: (action: string) => boolean;
}

/** An error as the command line prints it. */
export class CallError extends Error {
  readonly code: string;

  constructor(code: string, operation: string, message: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${message}`);
    this.code = code;
  }
}

export class SimulatedIam {
  readonly roles = new Map<string, SimulatedRole>();
  readonly users = new Map<string, SimulatedPrincipal>();
  /** Key id to user name. */
  readonly keys = new Map<string, string>();
  readonly caller: SimulatedCaller;
  readonly account: string;
  private made = 0;

  constructor(caller: SimulatedCaller) {
    this.caller = caller;
    this.account = caller.arn.split(':')[4] ?? '';
  }

  demand(action: string): void {
    if (this.caller.may(action)) return;
    const operation = action.split(':')[1] ?? action;
    const message = `User: ${this.caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
    throw new CallError('AccessDeniedException', operation, message);
  }

  /** A new principal of an old name is another one. */
  makeRole(
    name: string,
    trust: unknown,
    more: { readonly path?: string; readonly tags?: ReadonlyMap<string, string> } = {},
  ): SimulatedRole {
    const { path = '/', tags = new Map() } = more;
    if (this.roles.has(name))
      throw new CallError('EntityAlreadyExists', 'CreateRole', `Role with name ${name} already exists.`);
    const arn = `arn:aws:iam::${this.account}:role${path}${name}`;
    const role: SimulatedRole = { arn, uniqueId: this.makeId('AROA'), trust, tags };
    this.roles.set(name, role);
    return role;
  }

  makeUser(name: string): SimulatedPrincipal {
    if (this.users.has(name))
      throw new CallError('EntityAlreadyExists', 'CreateUser', `User with name ${name} already exists.`);
    const user = { arn: `arn:aws:iam::${this.account}:user/${name}`, uniqueId: this.makeId('AIDA') };
    this.users.set(name, user);
    return user;
  }

  makeKey(user: string): string {
    if (!this.users.has(user))
      throw new CallError('NoSuchEntity', 'CreateAccessKey', `The user with name ${user} cannot be found.`);
    const id = this.makeId('AKIA');
    this.keys.set(id, user);
    return id;
  }

  private makeId(prefix: string): string {
    this.made += 1;
    return `${prefix}${this.made}`;
  }

  deleteUser(name: string): void {
    if ([...this.keys.values()].includes(name))
      throw new CallError('DeleteConflict', 'DeleteUser', 'Cannot delete entity, must delete access keys first.');
    this.users.delete(name);
  }

  /** By ARN, path included. */
  find(arn: string): SimulatedPrincipal | null {
    return [...this.roles.values(), ...this.users.values()].find((principal) => principal.arn === arn) ?? null;
  }

  /** A role that names the caller in its trust needs no more; one that trusts the account leaves it to the caller. */
  assume(arn: string): SimulatedPrincipal {
    const role = [...this.roles.values()].find((one) => one.arn === arn);
    const trusted = JSON.stringify(role?.trust ?? '');
    const isNamed = trusted.includes(`"${this.caller.arn}"`);
    const isLeft = trusted.includes(`"arn:aws:iam::${this.account}:root"`) && this.caller.may('sts:AssumeRole');
    if (role !== undefined && (isNamed || isLeft)) return role;
    throw new CallError(
      'AccessDenied',
      'AssumeRole',
      `User: ${this.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
}
