/** What went wrong on the way to a server, in the words of whoever noticed it first. */
export function describeNetworkError(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return [...new Set(error.errors.map(describeNetworkError))].join('; ');
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer in time';
  return error.cause === undefined ? error.message : describeNetworkError(error.cause);
}
