/** Where the random choices of a document come from. */
export interface Choice {
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** A random document with its variables, and what of the language it uses. */
export interface Document {
  source: string;
  variables: Record<string, unknown>;
  /** It selects a type or field that the viewer may not see. */
  forbidden: boolean;
  features: ReadonlySet<string>;
}
