import type { DeviceState } from '../device-state.ts';
import type { Directories } from './directories.ts';
import { logInToIpsec } from './log-in-to-ipsec.ts';
import { logInToSslVpn } from './log-in-to-ssl-vpn.ts';
import { type Login, type LoginResult, openGateway } from './login.ts';

/** What comes of a login on the device as it is configured now, and what its daemons print of it. */
export function logIn(state: DeviceState, vdom: string, directories: Directories, login: Login): LoginResult {
  const gateway = openGateway(state, vdom, directories);
  return login.vpn === 'sslvpn' ? logInToSslVpn(gateway, login) : logInToIpsec(gateway, login);
}

/** Lines as after `diagnose debug console timestamp enable`; ike prints microseconds. */
export function stampLines({ lines }: LoginResult, at: Date): readonly string[] {
  return lines.map(({ daemon, text }, index) => {
    const stamp = new Date(at.getTime() + index * 50).toISOString().replace('T', ' ');
    return `${stamp.slice(0, 19)}${daemon === 'ike' ? `${stamp.slice(19, 23)}000` : ''} ${text}`;
  });
}
