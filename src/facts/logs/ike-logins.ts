import type { Quote } from '../../evidence/types.ts';
import type { IkeLine } from '../../fortios/debug/ike-events.ts';
import type { IkeLogin } from '../log-events.ts';

type Login = { -readonly [K in keyof IkeLogin]: IkeLogin[K] };

const MAX_LOGINS = 1_000;
const MAX_QUOTES = 8;

/** One entry per negotiation: FortiOS numbers them behind the tunnel's name, and appends `_0` once it is up. */
export function createIkeLoginFold() {
  const logins = new Map<string, Login>();

  return {
    list: (): readonly IkeLogin[] => [...logins.values()],
    add({ tunnel, serial, vdom, says }: IkeLine, quote: Quote): void {
      const login = find(tunnel, serial, vdom);
      if (!login) return;
      if (login.quotes.length < MAX_QUOTES) login.quotes = [...login.quotes, quote];
      switch (says.what) {
        case 'forticlient':
          login.fortiClient = says.is;
          return;
        case 'eap':
          login.eap = true;
          return;
        case 'user':
          login.eap ||= says.xauth !== true;
          login.user = says.user;
          return;
        case 'refused':
          login.eap ||= says.xauth !== true;
          if (says.user !== undefined) login.user ??= says.user;
          return;
        case 'accepted':
          if (says.user !== undefined) login.user ??= says.user;
          login.accepted = true;
          return;
        case 'asked':
        case 'token-needed':
        case 'gave-up':
      }
    },
  };

  function find(tunnel: string, serial: string | undefined, vdom: string | undefined): Login | undefined {
    const key = `${vdom} ${serial ?? tunnel}`;
    const known = logins.get(key) ?? (serial === undefined ? latestOf(tunnel, vdom) : undefined);
    if (known) return known;
    if (logins.size >= MAX_LOGINS) return undefined;
    const login: Login = {
      tunnel,
      eap: false,
      accepted: false,
      quotes: [],
      serial,
      vdom,
    };
    logins.set(key, login);
    return login;
  }

  /** `ike V=root:0:DIAL: user 'x' authenticated …` names no number: it is the negotiation spoken of last. */
  function latestOf(tunnel: string, vdom: string | undefined): Login | undefined {
    return [...logins.values()].findLast((login) => login.tunnel === tunnel && login.vdom === vdom);
  }
}
