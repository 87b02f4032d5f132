export type SslVpnEvent =
  | { readonly kind: 'authenticate'; readonly user: string }
  /** Answer to the password: 7 means that it is right and a token is needed. */
  | { readonly kind: 'password-result'; readonly code: number }
  /** Answer to the token or the push. */
  | { readonly kind: 'token-result'; readonly code: number; readonly text?: string }
  /** The answer with a token names its request by id. */
  | { readonly kind: 'token-answer' }
  | { readonly kind: 'vpn-wait'; readonly tokenType: number; readonly seconds: number }
  | { readonly kind: 'token-wait'; readonly tokenType: number; readonly seconds: number }
  | { readonly kind: 'second-factor-check'; readonly user: string }
  | { readonly kind: 'second-factor'; readonly user: string; readonly used: boolean }
  | { readonly kind: 'request-sent' }
  | { readonly kind: 'token-source'; readonly push: boolean }
  | { readonly kind: 'granted'; readonly user?: string }
  | { readonly kind: 'login-failed'; readonly user: string; readonly why: string }
  | {
      readonly kind: 'blocklist';
      readonly host: string;
      /** Absent if the source is refused because it is blocked. */
      readonly fails?: number;
      readonly status?: number;
    };

type Reader = (match: RegExpExecArray) => SslVpnEvent;

/**
 * Lines of KB277343, KB232277 and KB385391. Omitted on purpose, because successful logins contain them too: `access
 * failed, uri=[/remote/logincheck],ret=4103`, `no session id in auth info`, and the `off` of `two factor check for U:
 * off`.
 */
const READERS: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [/^authenticate user: \[(.{0,256})\]/, ([, user = '']) => ({ kind: 'authenticate', user })],
  [
    /^(?:fnbam_auth return: |task finished with )(-?\d{1,5})/,
    ([, code]) => ({ kind: 'password-result', code: Number(code) }),
  ],
  [
    /^fnbam_auth_update_result return: (-?\d{1,5})(?: \(([^()]{1,120})\))?/,
    ([, code, text]) => ({ kind: 'token-result', code: Number(code), text }),
  ],
  [/^got checking id /, () => ({ kind: 'token-answer' })],
  [
    /^token_type = (\d{1,5}), time_out = (\d{1,6})/,
    ([, type, seconds]) => ({ kind: 'vpn-wait', tokenType: Number(type), seconds: Number(seconds) }),
  ],
  [
    /^ctx->token_type = (\d{1,5}), timeout = (\d{1,6})/,
    ([, type, seconds]) => ({ kind: 'token-wait', tokenType: Number(type), seconds: Number(seconds) }),
  ],
  [
    /^two factor check for (.{1,256}): (?:on|off)/,
    ([, user = '']) => ({ kind: 'second-factor-check', user }),
  ],
  [
    /^user '(.{1,256})' uses 2FA: .{0,200}\bctx->is_two_factor = (\d)/,
    ([, user = '', used]) => ({ kind: 'second-factor', user, used: used !== '0' }),
  ],
  [/^(?:Groups sent to FNBAM|FNBAM opt = )/, () => ({ kind: 'request-sent' })],
  [
    /^Receive Manually input token result\. Push: (\d)/,
    ([, push]) => ({ kind: 'token-source', push: push !== '0' }),
  ],
  // People add remarks after log lines, as in Fortinet's articles.
  [
    /^Auth successful for user (.{1,256}?)(?: in group(?: .{1,128}?)?)?\s*(?:\s(?:>{2,}|<{2,}|<-).{0,500})?$/,
    ([, user = '']) => ({ kind: 'granted', user }),
  ],
  [/^fnbamd return auth success/, () => ({ kind: 'granted' })],
  // `Add auth logon for user tern@heron.example:vpn-staff, matched group number 1`: behind SAML no other line says so.
  [
    /^Add auth logon for user (.{1,256}?):[^:,]{0,128}, matched group number [1-9]/,
    ([, user = '']) => ({ kind: 'granted', user }),
  ],
  [
    /^user\[(.{0,256})\],auth_type=\d{1,5} failed \[([^\]]{0,120})\]/,
    ([, user = '', why = '']) => ({ kind: 'login-failed', user, why }),
  ],
  [
    /^status=(\d{1,3});host=([^;\s]{1,64});fails=(\d{1,6})/,
    ([, status, host = '', fails]) => ({
      kind: 'blocklist',
      host,
      fails: Number(fails),
      status: Number(status),
    }),
  ],
  // KB333869
  [/^locked: rowid=\d{1,9},host=([^;,\s]{1,64})/, ([, host = '']) => ({ kind: 'blocklist', host })],
];

export function readSslVpnEvent(text: string): SslVpnEvent | undefined {
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(text);
    if (match) return read(match);
  }
  return undefined;
}
