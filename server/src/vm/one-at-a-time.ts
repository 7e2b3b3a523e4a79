/** Work on one VM waits for other work on it. */

/** The ends of the queues: work under one of the same keys waits for what was begun before it in this process. */
const queues = new Map<string, Promise<unknown>>();

/** Runs `work` when everything that was begun before it under one of the keys has ended. Throws what `work` throws. */
export async function oneAtATime<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = Promise.allSettled(keys.map(key => queues.get(key) ?? Promise.resolve()));
  const turn = before.then(work);
  for (const key of keys) queues.set(key, turn);
  try {
    return await turn;
  } finally {
    for (const key of keys) if (queues.get(key) === turn) queues.delete(key);
  }
}
