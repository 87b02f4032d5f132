/** Whether it is what Slack sends: an object. What cannot be parsed is for the caller to answer. */
export function isBody(parse: () => unknown): boolean {
  try {
    const body = parse();
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return true;
  }
}
