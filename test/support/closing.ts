/** Closes several things at the end of a test, the first one first. */
export function closing(...things: readonly AsyncDisposable[]): AsyncDisposable {
  const stack = new AsyncDisposableStack();
  for (const thing of things.toReversed()) stack.use(thing);
  return stack;
}
