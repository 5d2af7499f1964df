/** A mistake in the user's input: where it stands, what it is and what to do about it. */
export interface Problem {
  /** Workspace-relative file. */
  readonly file: string;
  /** Path of keys and indexes inside the file; the reader turns it into a line and a column. */
  readonly path: readonly (string | number)[];
  /** Line and column (from 1), when the path alone cannot tell. */
  readonly at?: { readonly line: number; readonly column: number };
  readonly message: string;
  readonly hint?: string;
}

/** Either a value, or every problem that stood in its way. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A value that the reader found no fault with. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Every problem found, none of them hidden by another. */
export function failure<T>(problems: readonly Problem[]): Result<T> {
  return { ok: false, problems };
}

/** For the end of a switch over a union: the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new Error(`Internal error: unexpected value ${JSON.stringify(value)}`);
}
