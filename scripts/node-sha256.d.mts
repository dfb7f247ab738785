export class Sha256 {
  constructor(secret?: string | Uint8Array);
  update(data: string | Uint8Array): void;
  digest(): Promise<Uint8Array>;
}
