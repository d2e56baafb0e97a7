/** Who wants to know that records of a resource have changed, by the resource's name. */
const listeners = new Map<string, Set<() => void>>();

/** Calls back after each live event of a resource, as often as they come; answers how to stop. */
export function onChange(resource: string, listener: () => void): () => void {
  const others = listeners.get(resource) ?? new Set();
  listeners.set(resource, others.add(listener));
  return () => {
    others.delete(listener);
  };
}

export function tellChange(resource: string): void {
  for (const listener of listeners.get(resource) ?? []) listener();
}
