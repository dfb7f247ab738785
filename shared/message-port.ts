/** How what was found is told to whoever subscribed. */

export interface Message {
  /** Less than 100 characters, none of which controls anything. */
  readonly subject: string;
  readonly text: string;
  /** What a subscriber may filter by. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Tells whoever subscribed. Throws KeyholderError('write-failed'). */
export interface Publisher {
  readonly publish: (message: Message) => Promise<void>;
}
