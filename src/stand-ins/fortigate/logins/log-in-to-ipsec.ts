import { parseIpv4 } from '../../../engine/fortios/address.ts';
import type { ConfigEntry } from '../../../engine/fortios/config/types.ts';
import { checkPassword, localAccount } from './check-password.ts';
import {
  type DebugLine,
  type Gateway,
  type Login,
  type LoginResult,
  listPolicies,
  value,
  values,
} from './login.ts';
import { signInBySaml } from './sign-in-by-saml.ts';

const CLIENT = '203.0.113.41';
const COOKIES = 'a1b2c3d4e5f60718/0000000000000000';
const REQUEST = '5119201';
/** The 32 digits with which FortiClient names itself, over SAML in place of a user. */
const UID = '00112233445566778899AABBCCDDEEFF';
const DH_NAMES: Readonly<Record<string, string>> = {
  5: 'MODP1536',
  14: 'MODP2048',
  15: 'MODP3072',
  16: 'MODP4096',
  19: 'ECP256',
  20: 'ECP384',
  21: 'ECP521',
};

/** A login to a dial-up tunnel (domain notes on VPN logins, sections 1.5 and 1.6). */
export function logInToIpsec(gateway: Gateway, login: Login): LoginResult {
  const { client = CLIENT, vpn, dhGroups = ['14'] } = login;
  const version = vpn === 'ikev1' ? '1' : '2';
  const lines: DebugLine[] = [];
  let phase1: ConfigEntry | undefined;
  const say = (...texts: string[]) =>
    lines.push(...texts.map((text) => ike(gateway, phase1?.key ?? COOKIES, text)));
  const end = (outcome: LoginResult['outcome']): LoginResult => ({ outcome, lines, notices: [] });

  let saml: ReturnType<typeof signInBySaml>;
  const dialups = gateway
    .entries('vpn ipsec phase1-interface')
    .filter(
      (each) =>
        value(each, 'type') === 'dynamic' &&
        value(each, 'interface') === (login.interface ?? 'wan1') &&
        value(each, 'ike-version', '1') === version,
    );
  if (login.saml) {
    saml = signInBySaml(
      gateway,
      login,
      dialups.flatMap((each) => listGroups(gateway, each)),
    );
    lines.push(
      { daemon: 'authd', text: `[authd_local_saml_auth:5778]: SAML login with UID '${UID}'.` },
      ...(saml?.lines ?? []),
    );
    if (saml?.user === undefined || saml.group === undefined) return end('refused');
    lines.push({
      daemon: 'fnbamd',
      text: `[210] __saml_auth_cache_push-New auth cache entry is created, user='${UID}', saml_user='${saml.user}', expires=60`,
    });
  }

  lines.push({
    daemon: 'ike',
    text: `ike V=${gateway.vdom}:0: comes ${client}:1012->198.51.100.10:500,ifindex=6,vrf=0,len=465....`,
  });
  say(
    version === '2' ? 'responder received SA_INIT msg' : 'responder: aggressive mode get 1st message...',
    'VID forticlient connect license 05E793CA87B27A45',
  );
  const open = dialups.filter((each) => listPolicies(gateway, each.key).length > 0);
  if (dialups.length > 0 && open.length === 0) {
    say('ignoring IKEv2 request, no policy configured', 'negotiation failure');
    return end('refused');
  }
  if (version === '2') say('NETWORK ID : 0');
  const plain = open.filter(
    (each) => value(each, 'network-overlay') !== 'enable' || value(each, 'network-id', '0') === '0',
  );
  const matched = plain.find(
    (each) =>
      values(each, 'dhgrp').length === 0 || values(each, 'dhgrp').some((group) => dhGroups.includes(group)),
  );
  if (!matched) {
    say('incoming proposal:', ...proposal(dhGroups));
    for (const each of plain) say(`my proposal, gw ${each.key}:`, ...proposal(values(each, 'dhgrp')));
    say(version === '2' ? 'no proposal chosen' : 'no SA proposal chosen');
    return end('refused');
  }
  say(`SA proposal chosen, matched gateway ${matched.key}`);
  phase1 = matched;
  if (login.peerId !== undefined) say(`received peer identifier FQDN '${login.peerId}'`);
  const takes = (each: ConfigEntry) =>
    value(each, 'peertype', 'any') !== 'one' || value(each, 'peerid') === login.peerId;
  if (!takes(phase1)) {
    const other = open.find(takes);
    if (!other) {
      say('re-validate gw ID', 'gw validation failed');
      return end('refused');
    }
    say(`change phase1 profile to ${other.key}`);
    phase1 = other;
  }

  const groups = listGroups(gateway, phase1);
  if (version === '2') {
    if (value(phase1, 'eap') !== 'enable') {
      say('peer identifier IPV4_ADDR 192.168.178.24', 're-validate gw ID', 'gw validation failed');
      return end('refused');
    }
    say('gw validation OK', 'responder preparing EAP identity request');
    if (login.isKeyWrong) {
      say('negotiation timeout, deleting', 'connection expiring due to phase1 down');
      return end('refused');
    }
    say('responder received EAP msg', 'send EAP message to FNBAM');
  } else {
    if (login.isKeyWrong) {
      say(
        'sent IKE msg (agg_r1send): 198.51.100.10:500->203.0.113.41:1012, len=556',
        'retransmission, re-send last message',
        'negotiation timeout, deleting',
      );
      return end('refused');
    }
    say('PSK authentication succeeded', 'initiating XAUTH.');
  }

  const asked = version === '2' ? 'EAP' : 'XAUTH';
  const name = saml ? UID : login.user;
  say(`${asked} user "${name}"`, `${asked} ${REQUEST} pending`);
  const isLocalEap = version === '2' && login.eapMethod !== 'TTLS' && !asksRadius(gateway, login, groups);
  const checked = saml ? undefined : checkPassword(gateway, login, groups, isLocalEap);
  lines.push(
    ...(checked?.lines ?? [
      { daemon: 'fnbamd', text: '[241] fnbamd_saml_auth_cache_lookup-Authentication passed.' } as const,
    ]),
  );
  const result = { 0: 'SUCCESS', 1: 'DENIED', 5: 'ERROR', 10: 'TIMEOUT' }[checked?.code ?? 0];
  lines.push({
    daemon: 'ike',
    text: `ike V=${gateway.vdom}:0:${phase1.key}:501 ${asked} ${REQUEST} result FNBAM_${result}`,
  });
  if (result !== 'SUCCESS') {
    lines.push({
      daemon: 'ike',
      text: `ike V=${gateway.vdom}:0:${phase1.key}: ${asked} failed for user "${name}"${asked === 'EAP' ? '' : ', retry(2).'}`,
    });
    if (asked === 'EAP') say('connection expiring due to EAP failure');
    return end('refused');
  }
  if ((login.clientsConnected ?? 0) >= poolSize(phase1)) {
    say('mode-cfg could not allocate IPv4 address');
    return end('refused');
  }
  say('mode-cfg assigned (1) IPv4 address 10.99.3.9', 'added IPsec SA: SPIs=ab817b6f/5af43511');
  return end('in');
}

/** The tunnel names a group, or its policies do. */
function listGroups(gateway: Gateway, phase1: ConfigEntry): readonly string[] {
  const own = value(phase1, 'authusrgrp');
  return own === '' ? listPolicies(gateway, phase1.key).flatMap((policy) => values(policy, 'groups')) : [own];
}

/** A RADIUS server ends EAP itself. */
function asksRadius(gateway: Gateway, { user }: Login, groups: readonly string[]): boolean {
  const account = localAccount(gateway, user);
  if (account) return value(account, 'type') === 'radius';
  const members = gateway
    .entries('user group')
    .flatMap((group) => (groups.includes(group.key) ? values(group, 'member') : []));
  return gateway.entries('user radius').some(({ key }) => members.includes(key));
}

function poolSize(phase1: ConfigEntry): number {
  const [first, last] = [value(phase1, 'ipv4-start-ip'), value(phase1, 'ipv4-end-ip')].map(parseIpv4);
  return first === undefined || last === undefined ? Number.POSITIVE_INFINITY : last - first + 1;
}

function proposal(groups: readonly string[]): readonly string[] {
  return [
    'type=ENCR, val=AES_CBC (key_len = 256)',
    'type=PRF, val=PRF_HMAC_SHA2_256',
    ...groups.map((group) => `type=DH_GROUP, val=${DH_NAMES[group] ?? group}.`),
  ];
}

function ike({ vdom }: Gateway, name: string, text: string): DebugLine {
  return { daemon: 'ike', text: `ike V=${vdom}:0:${name}:501: ${text}` };
}
