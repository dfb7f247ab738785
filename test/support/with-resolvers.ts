/** Promise.withResolvers where Node has none: the interpreter of state machines was written for a later one. */
if (!('withResolvers' in Promise)) {
  Object.defineProperty(Promise, 'withResolvers', {
    value: () => {
      const settle: { resolve?: (value: unknown) => void; reject?: (reason: unknown) => void } = {};
      const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
      return { promise, ...settle };
    },
  });
}
