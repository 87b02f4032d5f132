/**
 * The body of a response, or undefined where it has more than `maxBytes`. The announced size may be wrong, and a proxy may
 * answer in place of the host: reading stops at the limit, and so does the connection.
 */
export async function readBounded(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
