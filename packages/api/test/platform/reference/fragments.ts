import type { GraphQLObjectType } from 'graphql';

/** A list field with its alias and arguments, as it can be written once more. */
export interface Head {
  text: string;
  type: GraphQLObjectType;
}

interface Fragment {
  type: string;
  text: string;
  /** Fragments that it spreads. */
  uses: ReadonlySet<string>;
  /** Lists at its top, which the places that spread it may select more of. */
  heads: readonly Head[];
}

/** The named fragments of a random document. */
export class Fragments {
  readonly #byName = new Map<string, Fragment>();

  nextName(): string {
    return `F${this.#byName.size}`;
  }

  add(name: string, fragment: Fragment): void {
    this.#byName.set(name, fragment);
  }

  /** Names of those that fit a type. */
  on(type: string): string[] {
    return [...this.#byName].flatMap(([name, fragment]) => (fragment.type === type ? [name] : []));
  }

  heads(name: string): readonly Head[] {
    return this.#byName.get(name)?.heads ?? [];
  }

  /** Fragments with a list at their top. */
  withHeads(): { name: string; type: string; head: Head }[] {
    return [...this.#byName].flatMap(
      ([
        name,
        {
          type,
          heads: [head],
        },
      ]) => (head ? [{ name, type, head }] : []),
    );
  }

  /** The definitions of those that are spread, and of those that they spread. */
  texts(names: ReadonlySet<string>): string[] {
    return [...this.#reached(names)].map((name) => this.#byName.get(name)?.text ?? '');
  }

  #reached(names: ReadonlySet<string>, found = new Set<string>()): Set<string> {
    for (const name of names) {
      if (found.has(name)) continue;
      found.add(name);
      this.#reached(this.#byName.get(name)?.uses ?? new Set(), found);
    }
    return found;
  }
}
