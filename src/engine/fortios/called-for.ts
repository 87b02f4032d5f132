import { SHIPPED_CERTIFICATES } from './shipped-certificates.ts';

/** Lines of the answer to a command of the catalogue; `undefined` if it was not sent or had no answer. */
type AnswerOf = (command: string) => readonly string[] | undefined;

/** Whether previous answers leave open what this command would show. */
export type CalledFor = (answerOf: AnswerOf) => boolean;

/** Tables of addresses may have thousands of entries, and few policies name any. */
export const namesAddress = names(
  'local-in-policies',
  /^\s*set (?:srcaddr|dstaddr) (?!"?(?:all|none)"?\s*$)/,
);

export const namesSchedule = names('local-in-policies', /^\s*set schedule (?!"?(?:always|none)"?\s*$)/);

/** FortiOS's own certificates are recognised by name. */
const pushNamesOwn = names('ftm-push', ownCertificate('server-cert'));

/** Of the push service, or of SSL VPN. */
export const namesOwnCertificate: CalledFor = (answerOf) =>
  pushNamesOwn(answerOf) ||
  (servesSslVpn(answerOf) && hasLine(answerOf('ssl-vpn'), ownCertificate('servercert')));

/** Of the issuer of a certificate of the push service, or of a directory. */
export const namesAuthority: CalledFor = (answerOf) =>
  pushNamesOwn(answerOf) || hasLine(answerOf('ldap'), /^\s*set ca-cert "?[^"\s]/);

export const namesRemoteCertificate = names('saml', /^\s*set idp-cert "?[^"\s]/);

/** Only these refer to services that a rule looks up. */
const WITH_SERVICES = ['local-in-policies', 'vips'];
const ALL_PORTS: ReadonlySet<string> = new Set(['ALL', 'ALL_TCP']);

export const namesService: CalledFor = (answerOf) => findServices(answerOf).length > 0;

/** A name that is no service may be a group of services. */
export const namesServiceGroup: CalledFor = (answerOf) => {
  const services = findEntries(answerOf('custom-services'));
  return findServices(answerOf).some((name) => !services.has(name));
};

/** Only these refer to interfaces by names that may be those of zones. */
const WITH_INTERFACES = ['ssl-vpn', 'vips', 'policies', 'local-in-policies'];
const INTERFACE_SETTING = /^\s*set (?:intf|extintf|srcintf|srcintf-filter|source-interface) (.+)$/;
/** The interface of the SSL VPN of a VDOM; not all releases list it. */
const SSL_INTERFACE = /^ssl\./;

/** A name that is no interface may be a zone. */
export const namesZone: CalledFor = (answerOf) => unknownInterfaces(answerOf).length > 0;

/** A name that is neither an interface nor a zone may be a zone of SD-WAN. */
export const namesSdwanZone: CalledFor = (answerOf) => {
  const zones = findEntries(answerOf('zones'));
  return unknownInterfaces(answerOf).some((name) => !zones.has(name));
};

/** SSL VPN without a source interface listens nowhere. */
const servesSslVpn: CalledFor = (answerOf) =>
  hasLine(answerOf('ssl-vpn'), /^\s*set source-interface \S/) &&
  !hasLine(answerOf('ssl-vpn'), /^\s*set status disable\s*$/);

/** Tunnels between sites have no users. */
const hasDialup = names('phase1-interfaces', /^\s*set type dynamic\s*$/);

export const servesVpn: CalledFor = (answerOf) => servesSslVpn(answerOf) || hasDialup(answerOf);

export const namesPortal: CalledFor = (answerOf) =>
  servesSslVpn(answerOf) && hasLine(answerOf('ssl-vpn'), /^\s*set (?:default-)?portal "?[^"\s]/);

/** Addresses for the clients of SSL VPN. */
export const namesPool: CalledFor = (answerOf) =>
  servesSslVpn(answerOf) &&
  ['ssl-vpn', 'ssl-portals'].some((command) =>
    hasLine(answerOf(command), /^\s*set (?:tunnel-)?ip-pools "?[^"\s]/),
  );

/** Addresses for the clients of a dial-up tunnel. */
export const namesRange: CalledFor = (answerOf) =>
  hasDialup(answerOf) && hasLine(answerOf('phase1-interfaces'), /^\s*set ipv4-start-ip \d/);

export const namesPasswordPolicy = names('local-users', /^\s*set passwd-policy "?[^"\s]/);

/** A member of a group that is no local user is a server, or a certificate of a peer. */
const DIRECTORIES = ['local-users', 'radius', 'ldap', 'saml'];
const SERVER_SETTING = /^\s*set (?:member|server-name|ldap-server|ike-saml-server) (.+)$/;

export const namesLdap = namesServerBeyond('local-users', 'radius');
export const namesSaml = namesServerBeyond('local-users', 'radius', 'ldap');

/** Also named by a rule of SSL VPN, or by a dial-up tunnel. */
export const namesPeer: CalledFor = (answerOf) =>
  namesServerBeyond(...DIRECTORIES)(answerOf) ||
  hasLine(answerOf('ssl-vpn'), /^\s*set user-peer "?[^"\s]/) ||
  hasLine(answerOf('phase1-interfaces'), /^\s*set peer "?[^"\s]/);

/** For a device without a cluster, `get system status` already says everything about clusters. */
export const isInCluster: CalledFor = (answerOf) =>
  !answerOf('system-status')?.some((line) => /^Current HA mode: standalone\s*$/.test(line));

function names(command: string, pattern: RegExp): CalledFor {
  return (answerOf) => hasLine(answerOf(command), pattern);
}

function hasLine(lines: readonly string[] | undefined, pattern: RegExp): boolean {
  return lines?.some((line) => pattern.test(line)) ?? false;
}

function ownCertificate(setting: string): RegExp {
  return new RegExp(`^\\s*set ${setting} (?!["']?(?:${SHIPPED_CERTIFICATES.join('|')})?["']?\\s*$)`);
}

/** Names of servers that stand in none of these tables. */
function namesServerBeyond(...tables: readonly string[]): CalledFor {
  return (answerOf) => {
    const known = tables.map((table) => findEntries(answerOf(table)));
    return ['user-groups', 'local-users', 'interfaces']
      .flatMap((command) => findValues(answerOf(command), SERVER_SETTING))
      .some((name) => !known.some((entries) => entries.has(name)));
  };
}

function findServices(answerOf: AnswerOf): readonly string[] {
  return WITH_SERVICES.flatMap((command) => findValues(answerOf(command), /^\s*set service (.+)$/)).filter(
    (name) => !ALL_PORTS.has(name),
  );
}

function unknownInterfaces(answerOf: AnswerOf): readonly string[] {
  const interfaces = findEntries(answerOf('interfaces'));
  return WITH_INTERFACES.flatMap((command) => findValues(answerOf(command), INTERFACE_SETTING)).filter(
    (name) => name !== 'any' && !interfaces.has(name) && !SSL_INTERFACE.test(name),
  );
}

/** The words of a setting, unquoted. */
function findValues(lines: readonly string[] | undefined, setting: RegExp): readonly string[] {
  return (lines ?? []).flatMap((line) =>
    [...(setting.exec(line)?.[1]?.matchAll(/"([^"]+)"|([^\s"']+)/g) ?? [])].flatMap(
      ([, quoted, plain]) => quoted ?? plain ?? [],
    ),
  );
}

/** Keys of the outermost table. */
function findEntries(lines: readonly string[] | undefined): ReadonlySet<string> {
  return new Set((lines ?? []).flatMap((line) => /^ {4}edit "?(.+?)"?\s*$/.exec(line)?.[1] ?? []));
}
