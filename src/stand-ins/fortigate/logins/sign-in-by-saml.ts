import { atLeast, type FortiosVersion } from '../../../engine/fortios/version.ts';
import { matchGroup } from './check-password.ts';
import { type DebugLine, type Gateway, type Login, value, values } from './login.ts';

export interface SignedIn {
  readonly user?: string;
  readonly group?: string;
  /** The lines of samld, and of fnbamd about the groups. */
  readonly lines: readonly DebugLine[];
  /** What sslvpn says about attributes that are missing. */
  readonly complaints: readonly string[];
}

const JOB = '563585';

/** The browser goes to the identity provider of the first SAML server of these groups, and comes back with its answer. */
export function signInBySaml(
  gateway: Gateway,
  login: Login,
  groups: readonly string[],
): SignedIn | undefined {
  const found = groups
    .flatMap((group) => {
      const members = values(
        gateway.entries('user group').find(({ key }) => key === group),
        'member',
      );
      return gateway
        .entries('user saml')
        .flatMap((server) => (members.includes(server.key) ? [{ group, server }] : []));
    })
    .at(0);
  if (!found) return undefined;
  const { group, server } = found;
  const asked = [
    samld(`samld_process_request [145]: len=228, cmd=0, pid=155, job_id=${JOB}`),
    samld(`samld_send_common_reply [91]: Code: 0, id: ${JOB}, pid: 155, len: 2569, data_len 2553`),
  ];
  const entityId = value(server, 'idp-entity-id');
  const providers = Object.entries(gateway.directories.idp ?? {});
  const [issuer, provider] =
    providers.find(([name]) => name === entityId) ??
    providers.find(([, { acs }]) => acs === value(server, 'single-sign-on-url')) ??
    [];
  const attributes = provider?.people[login.user];
  if (!provider || !attributes) return { lines: asked, complaints: [] };
  const answered = [
    ...asked,
    samld(`samld_process_request [145]: len=11817, cmd=2, pid=155, job_id=${JOB}`),
    samld(`<samlp:Response Version="2.0"><saml:Issuer>${issuer}</saml:Issuer></samlp:Response>`),
  ];
  const refusal =
    issuer === entityId
      ? findRefusal(gateway.version, server, provider)
      : failureLines('-201(The identifier of a provider is unknown to #LassoServer.)');
  if (refusal) return { lines: [...answered, ...refusal.map(samld)], complaints: [] };
  const lines = [
    ...answered,
    samld('__samld_sp_login_resp [843]: Clock skew tolerance: 15'),
    samld(`samld_send_common_reply [91]: Code: 0, id: ${JOB}, pid: 155, len: 64, data_len 48`),
    ...Object.entries(attributes).map(([name, held]) =>
      samld(`samld_send_common_reply [120]:     Attr: 10, ${held.length + 12}, '${name}' '${held}'`),
    ),
  ];
  const user = attributes[value(server, 'user-name')];
  const given = attributes[value(server, 'group-name')];
  if (user === undefined)
    return { lines, complaints: ['No user name info in SAML response. Please check saml configuration.'] };
  const { code, lines: matched } = matchGroup(
    gateway,
    group,
    server.key,
    given === undefined ? [] : [given],
    [],
  );
  const complaints = [
    ...(given === undefined && value(server, 'group-name') !== '' ? ['No group info in SAML response.'] : []),
    ...(code === 0 ? [] : ['SAML group mismatch.']),
  ];
  return { user, group: code === 0 ? group : undefined, lines: [...lines, ...matched], complaints };
}

function failureLines(ret: string): readonly string[] {
  return [
    `__samld_sp_login_resp [830]: Failed to process response message. ret=${ret}`,
    `samld_send_common_reply [91]: Code: 1, id: ${JOB}, pid: 155, len: 65, data_len 49`,
  ];
}

type Provider = NonNullable<NonNullable<Gateway['directories']['idp']>[string]>;

function findRefusal(
  version: FortiosVersion,
  server: Parameters<typeof value>[0],
  provider: Provider,
): readonly string[] | undefined {
  const acs = value(server, 'single-sign-on-url');
  if (provider.acs !== acs) {
    return [
      `Invalid request, ACS Url in request ${acs} doesn't match configured ACS Url ${provider.acs}`,
      ...failureLines(
        '450(Generic error when an IdP or an SP return the RequestDenied status code in its response.)',
      ),
    ];
  }
  if (value(server, 'idp-cert') !== provider.certificate)
    return failureLines('-111(Failed to verify signature.)');
  const isStrict = wantsBothSigned(version) && value(server, 'require-signed-resp-and-asrt') !== 'disable';
  if (isStrict && provider.signs === 'assertion') {
    return [
      '__samld_sp_login_resp [820]: IDP sig verify is required for response and assertions',
      ...failureLines('101(Signature element not found.)'),
    ];
  }
  if (!provider.isClockWrong) return undefined;
  return [
    `__samld_sp_login_resp [846]: Invalid assertion with '${value(server, 'entity-id')}'.`,
    '__samld_sp_login_resp [848]: Clock skew issue.',
    `samld_send_common_reply [91]: Code: 5, id: ${JOB}, pid: 155, len: 53, data_len 37`,
    'samld_send_common_reply [99]:     Attr: 23, 25, Undefined error.',
  ];
}

/** 7.2.12, 7.4.9, 7.6.4 and later (KB407859). */
function wantsBothSigned(version: FortiosVersion): boolean {
  const since = { 2: '7.2.12', 4: '7.4.9', 6: '7.6.4' }[version.minor];
  return version.major === 7 ? since !== undefined && atLeast(version, since) : version.major > 7;
}

function samld(text: string): DebugLine {
  return { daemon: 'samld', text };
}
