/** Flags that every Node of the repository is started with. */
export function runtimeFlags(): string[];
