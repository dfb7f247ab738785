// Stands in for @aws-crypto/sha256-js in the bundles of functions: Node brings the same, and brings it compiled.
import { createHash, createHmac } from 'node:crypto';

export class Sha256 {
  constructor(secret) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data) {
    this.hash.update(data);
  }

  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}
