interface Grant {
  readonly access_token: string;
  /** Absent without token rotation. */
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in?: number;
}

/** Bot tokens, with and without Slack's token rotation. */
export interface Tokens {
  /** Later installations and renewals return tokens that expire after this many seconds. */
  rotate(expiresIn: number): void;
  /** Expires all tokens issued so far. */
  expire(): void;
  /** Slack's error code for an invalid token. */
  problemOf(token: string): string | undefined;
  install(): Grant;
  /** Each refresh token can be used once. */
  renew(refreshToken: string): Grant | undefined;
}

export function createTokens(first: string): Tokens {
  const good = new Set([first]);
  const expired = new Set<string>();
  const refresh = new Set<string>();
  let expiresIn: number | undefined;
  let count = 0;

  function grant(): Grant {
    if (expiresIn === undefined) return { access_token: first };
    count += 1;
    const token = `xoxe.xoxb-local-${count}`;
    good.add(token);
    refresh.add(`xoxe-local-${count}`);
    return { access_token: token, refresh_token: `xoxe-local-${count}`, expires_in: expiresIn };
  }

  return {
    rotate(seconds) {
      expiresIn = seconds;
    },
    expire() {
      for (const token of good) expired.add(token);
      good.clear();
    },
    problemOf(token) {
      if (good.has(token)) return undefined;
      return expired.has(token) ? 'token_expired' : 'invalid_auth';
    },
    install: grant,
    renew: (refreshToken) => (refresh.delete(refreshToken) ? grant() : undefined),
  };
}
