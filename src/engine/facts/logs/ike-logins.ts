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
    add({ tunnel, serial, vdom, event }: IkeLine, quote: Quote): void {
      const login = event.what === 'identified' ? undefined : find(tunnel, serial, vdom);
      if (!login) return;
      if (login.quotes.length < MAX_QUOTES) login.quotes = [...login.quotes, quote];
      if (event.what === 'challenged') login.challenged = quote;
      else if ('request' in event || event.what === 'accepted') delete login.challenged;
      switch (event.what) {
        case 'forticlient':
          login.fortiClient = event.is;
          return;
        case 'eap':
          login.eap = true;
          return;
        case 'user':
          login.eap ||= event.xauth !== true;
          login.user = event.user;
          return;
        case 'refused':
          login.eap ||= event.xauth !== true;
          if (event.user !== undefined) login.user ??= event.user;
          return;
        case 'accepted':
          if (event.user !== undefined) login.user ??= event.user;
          login.accepted = true;
          return;
        case 'asked':
        case 'challenged':
        case 'identified':
        case 'token-needed':
        case 'gave-up':
      }
    },
  };

  function find(tunnel: string, serial: string | undefined, vdom: string | undefined): Login | undefined {
    const key = `${vdom} ${serial ?? tunnel}`;
    const known =
      logins.get(key) ?? (serial === undefined ? findLatest(tunnel, vdom) : findBySerial(serial, vdom));
    if (known) {
      known.vdom ??= vdom;
      // The peer identifier may move a client to another phase1.
      if (serial !== undefined && !tunnel.includes('/')) known.tunnel = tunnel.replace(/_\d{1,6}$/, '');
      return known;
    }
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

  /** Releases that print the VDOM leave it out of some lines: `ike 0:DIAL:41: FCT EAP 2FA extension …`. */
  function findBySerial(serial: string, vdom: string | undefined): Login | undefined {
    return [...logins.values()].findLast(
      (login) => login.serial === serial && (login.vdom ?? vdom) === (vdom ?? login.vdom),
    );
  }

  /** `ike V=root:0:DIAL: user 'x' authenticated …` has no number: it is about the latest negotiation. */
  function findLatest(tunnel: string, vdom: string | undefined): Login | undefined {
    return [...logins.values()].findLast((login) => login.tunnel === tunnel && login.vdom === vdom);
  }
}
