/** Words of directories, RADIUS and SAML servers, accounts, groups, networks and settings. */
export const SERVER_WORDS = {
  fortiauthenticator: /\b(?:fortiauthenticator|fac)\b/,
} as const;
