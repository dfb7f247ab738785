/** What a function of ours says of itself into the region that it runs in. */
import { textIn } from './json-fields.ts';

/** null where it says none, or what is no region: a part of an ARN is made of it. */
export function findRegion(detail: unknown): string | null {
  const region = textIn(detail, 'region');
  return region !== null && /^[a-z0-9-]{1,40}$/.test(region) ? region : null;
}
