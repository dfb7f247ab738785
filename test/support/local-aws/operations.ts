/** What every operation of the local AWS is given, and what it gives back. */

import type { Estate } from './estate.ts';
import type { Fault } from './faults.ts';
import type { Fields } from './fields.ts';
import type { Identity } from './identities.ts';

export interface Call {
  readonly identity: Identity;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly input: Fields;
  /** Of the local AWS: epoch milliseconds. */
  readonly now: number;
  readonly estate: Estate;
  /** Items of a page, where the caller asks for more or says nothing. */
  readonly pageSize: number;
  /** A fault: what is listed has changed since the page before. */
  readonly hasChanged: boolean;
  /** What a service plays itself: the end of a query. */
  readonly fault: Fault | undefined;
}

/** Throws AwsError for what AWS would refuse. */
export type Handler = (call: Call) => Fields;

export type Handlers = Readonly<Record<string, Handler>>;
