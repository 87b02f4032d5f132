/** A host name or an IP address, without port or brackets. */
export const ADDRESS = /^[A-Za-z0-9:](?:[A-Za-z0-9.:-]{0,252}[A-Za-z0-9:])?$/;

/** A control character in a user name would look like a line end in a log or a prompt. */
export const USERNAME = /^[\x21-\x7e]{1,64}$/;

/** Spaces and control characters are excluded, so that Slack names cannot be disguised. Lanes are named by the alias. */
export const ALIAS = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;
