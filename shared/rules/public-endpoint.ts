/** Networks that may reach the public endpoint into whether they are all of the internet. */

/** Halves of it count too: 0.0.0.0/1 and 128.0.0.0/1 together are the same as 0.0.0.0/0. */
const WORLD = /^[0-9a-f.:]+\/[01]$/i;

/** No list at all is the default of EKS: everybody. */
export function isOpenToWorld(cidrs: readonly string[]): boolean {
  return cidrs.length === 0 || cidrs.some((cidr) => WORLD.test(cidr.trim()));
}
