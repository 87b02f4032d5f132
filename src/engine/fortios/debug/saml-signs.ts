/** Lines of samld (domain notes on VPN logins, section 1.4). */
export const SAMLD_SIGNS = [
  [
    'saml-job',
    'samld_process_request [',
    /cmd=(?<command>\d{1,3}), pid=\d{1,10}, job_id=(?<job>\d{1,12})/,
    'samld_process_request [145]: len=228, cmd=0, pid=155, job_id=563585',
  ],
  [
    'saml-reply',
    'samld_send_common_reply [',
    /: Code: (?<code>\d{1,3}), id: (?<job>\d{1,12})/,
    'samld_send_common_reply [91]: Code: 0, id: 563585, pid: 155, len: 2569, data_len 2553',
  ],
  [
    'saml-attribute',
    'samld_send_common_reply [',
    /Attr: 10, \d{1,6}, '(?<name>[^']{1,200})' '(?<value>[^']{0,250})'/,
    "samld_send_common_reply [120]:     Attr: 10, 38, 'username' 'tern@heron.example'",
  ],
  [
    'saml-error',
    'samld_send_common_reply [',
    /Attr: 23, \d{1,6}, (?<why>.{1,200})/,
    'samld_send_common_reply [99]:     Attr: 23, 36, Failed to verify signature.',
  ],
  [
    'saml-refused',
    '__samld_sp_login_resp [',
    /Failed to process response message\. ret=(?<code>-?\d{1,5})\((?<why>.{0,200})/i,
    '__samld_sp_login_resp [830]: Failed to process response message. ret=-111(Failed to verify signature.)',
  ],
  [
    'saml-refused',
    'Failed to process response message',
    /^Failed to process response message\. ret=(?<code>-?\d{1,5})\((?<why>.{0,200})/i,
    'Failed to process response message. ret=440(The profile cannot verify a signature on the message)',
  ],
  [
    'saml-clock-skew',
    '__samld_sp_login_resp [',
    /: Clock skew issue/,
    '__samld_sp_login_resp [848]: Clock skew issue.',
  ],
  [
    'saml-assertion-invalid',
    '__samld_sp_login_resp [',
    /: Invalid assertion with '(?<entity>[^']{1,250})'/,
    "__samld_sp_login_resp [846]: Invalid assertion with 'https://vpn.heron.example/remote/saml/metadata/'.",
  ],
  [
    'saml-signatures-required',
    'IDP sig verify is required',
    /^/,
    'IDP sig verify is required for response and assertions',
  ],
  [
    'saml-signatures-required',
    '__',
    /\]: IDP sig verify is required/,
    '__samld_sp_login_resp [820]: IDP sig verify is required for response and assertions',
  ],
  [
    'saml-idp-entity',
    '__samld_sp_login_resp [',
    /: SAML SP: idp-entity '(?<issuer>[^']{1,250})'/,
    "__samld_sp_login_resp [820]: SAML SP: idp-entity 'https://idp.heron.example/meta'",
  ],
  [
    'saml-acs-mismatch',
    '',
    /\bACS Url in request (?<requested>\S{1,250}) doesn't match configured ACS Url (?<configured>[^\s<]{1,250})/i,
    "Invalid request, ACS Url in request https://vpn.heron.example/remote/saml/login/ doesn't match configured ACS Url https://vpn.heron.example/remote/saml/login",
  ],
  // Behind the line above, which may stand in such an answer too.
  [
    'saml-issuer',
    '<saml',
    /^<saml2?p:Response\b.{0,3000}?<(?:saml2?:)?Issuer\b[^>]{0,200}>(?<issuer>[^<\s]{1,250})<(?:.*?<(?:saml2?:)?Audience>(?<audience>[^<\s]{1,250})<)?/,
    '<samlp:Response Version="2.0"><saml:Issuer>https://idp.heron.example/meta</saml:Issuer></samlp:Response>',
  ],
] as const;

/** Lines of authd about SAML for IPsec, before IKE begins (domain notes on VPN logins, section 1.6). */
export const AUTHD_SIGNS = [
  [
    'saml-client',
    '[authd_local_saml_auth:',
    /SAML login with UID '(?<uid>[^']{1,64})'/,
    "[authd_local_saml_auth:5778]: SAML login with UID '532B78CC696D020CC03B74F75531E897'.",
  ],
  [
    'saml-client-address',
    '[authd_http',
    /: src (?<client>[0-9A-Fa-f.:]{3,45}) flag/,
    '[authd_http_on_method_post:5318]: src 203.0.113.65 flag 30008000',
  ],
  [
    'saml-client-job',
    '[authd_saml_login_req:',
    /ID:(?<job>\d{1,12})/,
    '[authd_saml_login_req:31]: SAML login req. ID:563700, relayState:magic=58ef7866b2834915',
  ],
] as const;
