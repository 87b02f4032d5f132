/** True if the body is an object. A body that cannot be parsed is the caller's to answer. */
export function isBody(parse: () => unknown): boolean {
  try {
    const body = parse();
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return true;
  }
}
