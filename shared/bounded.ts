/** Many calls into their answers, in the order of the calls, with only so many of them under way at once. */
export async function mapBounded<In, Out>(
  items: readonly In[],
  limit: number,
  call: (item: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const answers: Out[] = [];
  const pending = items.entries();
  const work = async (): Promise<void> => {
    // One iterator for all workers: each takes the next item that nobody has.
    for (const [index, item] of pending) answers[index] = await call(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return answers;
}
