/** A Kubernetes API server for one test. */
import { onTestFinished } from 'vitest';
import { type LocalKubernetes, type LocalKubernetesOptions, serveKubernetes } from './serve.ts';

/** Ends with the test that started it. */
export async function startLocalKubernetes(options: LocalKubernetesOptions = {}): Promise<LocalKubernetes> {
  const served = await serveKubernetes(options);
  onTestFinished(served.close);
  return served;
}
