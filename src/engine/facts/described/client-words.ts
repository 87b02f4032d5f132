/** Words of the client, its messages and its profile. */
export const CLIENT_WORDS = {
  client: /\b(?:forticlients?|clients?|cliente|klient)\b/,
} as const;
