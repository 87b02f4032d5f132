/** Where a secret is kept; the secret itself is read at use and never stored. */
export type SecretRef = { readonly env: string } | { readonly file: string };
