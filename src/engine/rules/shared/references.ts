export interface Reference {
  readonly title: string;
  readonly url: string;
}

const COMMUNITY = 'https://community.fortinet.com/t5';
const DOCS = 'https://docs.fortinet.com/document/fortigate';

/** An article of the Fortinet community; `product` is its board. */
function article(id: number, title: string, product = 'FortiGate'): Reference {
  return { title: `${title} (${id})`, url: `${COMMUNITY}/${product}/x/ta-p/${id}` };
}

function guide(id: number, title: string, release = 'latest'): Reference {
  return { title: `Administration Guide: ${title}`, url: `${DOCS}/${release}/administration-guide/${id}` };
}

/**
 * Sources of the rules: `KB` with the number of a Fortinet community article, `AG` of a page of the Administration Guide,
 * `CLI` of the CLI Reference; others by the name of their document.
 */
export const REFERENCES = {
  KB194213: article(194213, 'Configuring more than one Main Mode PSK dial-up phase1'),
  KB278503: article(278503, 'Matching IKEv1 proposals'),
  KB339644: article(339644, 'How to fix ‘gw validation failed’, IPsec dial-up using IKEv2'),
  KB408078: article(
    408078,
    'Settings to check on FortiClient when gateway validation failed, IPsec SAML',
    'FortiClient',
  ),
  AG951346: guide(951346, 'SAML-based authentication for dial-up IPsec'),
  AG442351: guide(442351, 'EAP-TTLS and TCP transport for dial-up IPsec', '8.0.0'),
  AG4729: {
    title: 'New Features 7.0: SSL VPN and IPsec VPN IP address assignments',
    url: `${DOCS}/7.0.0/new-features/4729`,
  },
  KB211965: article(
    211965,
    'Possible reasons for FortiClient SSL VPN connection failure at specific percentages',
  ),
  KB418674: article(418674, 'Explanation of log id 0100022113, authentication error'),
  KB405341: article(405341, 'LDAP authentication fails when ha-direct is enabled'),
  KB335554: article(335554, 'How to read and create an fnbamd debug'),
  KB195337: article(195337, 'FortiGate LDAP authentication errors'),
  KB316854: article(316854, 'LDAPS and STARTTLS certificate issuer enforcement'),
  KB318021: article(318021, 'LDAPS no longer works after an update'),
  KB192723: article(192723, 'Password expiration policy for an SSL VPN local user'),
  KB243806: article(243806, 'SSL VPN with LDAP-integrated certificate authentication'),
  KB369685: article(369685, 'SSL VPN host check failure'),
  KB192027: article(192027, 'Multiple sessions of SSL VPN users'),
  KB214433: article(214433, 'FortiGate debug SSL VPN daemon'),
  KB227810: {
    title: 'SSL VPN stops working for remote and local users due to the FNBAMD process (227810)',
    url: 'https://community.fortinet.com/fortigate-3/x-227810',
  },
  KB277343: article(277343, 'Troubleshooting Tip: FortiToken Mobile push notification issue'),
  KB195578: {
    title: 'Technical Tip: FortiToken mobile push notification (195578)',
    url: `${COMMUNITY}/FortiGate/Technical-Tip-FortiToken-mobile-push-notification/ta-p/195578`,
  },
  AG927108: guide(927108, 'FortiToken Mobile Push', '7.6.4'),
  AG183204: {
    title: 'Administration Guide 7.2.3: SSL VPN with FortiToken mobile push authentication',
    url: `${DOCS}/7.2.3/administration-guide/183204`,
  },
  AG180506: {
    title: 'Administration Guide 7.2.4: FortiToken troubleshooting and diagnosis',
    url: `${DOCS}/7.2.4/administration-guide/180506/troubleshooting-and-diagnosis`,
  },
  FTK616236: {
    title: 'FortiToken 8.0.0 Comprehensive Guide: diagnosing FortiToken on FortiGate',
    url: 'https://docs.fortinet.com/document/fortitoken/8.0.0/comprehensive-guide/616236',
  },
  KB304842: article(304842, 'Unable to log in to SSO admin when all administrators have trusted hosts'),
  F239540: {
    title: 'Support forum: Trusted hosts question (239540)',
    url: `${COMMUNITY}/Support-Forum/Trusted-hosts-question/td-p/239540`,
  },
  KB399772: article(399772, 'FortiGate drops SSL VPN traffic: reading debug flow'),
  KB362547: article(362547, 'Enabling FortiToken Mobile on the FortiGate: GUI port overlap'),
  KB201261: article(201261, 'Invalid server certificate: FortiToken Mobile', 'FortiAuthenticator'),
  KB301058: {
    title: "Preventing the 'Untrusted Certificate' message (301058)",
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/301058`,
  },
  KB117091: {
    title: 'Restrict FortiAuthenticator traffic to the Internet (117091)',
    url: 'https://community.fortinet.com/fortiauthenticator-8/x-117091',
  },
  KB191661: article(191661, 'SSL VPN and two-factor expiry timers'),
  KB194933: {
    title: 'Technical Tip: How to transfer a mobile token to a new phone (194933)',
    url: `${COMMUNITY}/FortiGate/Technical-Tip-How-to-Transfer-a-Mobile-Token-to-a-New-Phone-or/ta-p/194933`,
  },
  KB193607: article(193607, 'SSL VPN and two-factor expiry timers, 7.4.1 and later'),
  KB385391: article(385391, 'SSL VPN FortiToken sync error and token drift'),
  KB189574: article(189574, 'Hard FortiToken clock drift adjustment'),
  KB394707: article(394707, 'Two-factor authentication bypassed: LDAP user not referenced correctly'),
  KB191794: article(191794, 'Correctly configuring two-factor authentication for LDAP users'),
  KB257210: article(257210, 'FortiToken two-factor authentication fails: fnbamd log'),
  KB232277: article(232277, 'Permission denied for SSL VPN users'),
  KB382760: article(382760, 'IPsec dialup IKEv2 with FortiToken for local users'),
  IKE278302: {
    title: 'Administration Guide 7.6.6: warnings for IKE-TCP port conflicts',
    url: `${DOCS}/7.6.6/administration-guide/278302`,
  },
  KB366248: article(366248, 'Local-in policies behaviour'),
  KB369617: article(369617, 'Impact of local-in policies and trusted hosts'),
  KB243171: article(243171, 'Two-factor authentication bypassed by the case of the user name'),
  KB420733: article(420733, 'Overview of compatible IKE versions and authentication methods'),
  KB421645: article(421645, 'Required versions for FortiToken Mobile with IKEv2 dial-up'),
  KB194229: article(194229, 'How to limit SSL VPN login attempts and block duration'),
  KB333869: article(333869, 'How to unblock IP addresses from the SSL VPN blocklist'),
  KB203615: article(203615, 'SSL VPN timers and the login attempt limit'),
  KB355139: article(355139, 'Reverse path check failure: reading debug flow'),
  KB333425: article(
    333425,
    'Failed to send notification to FortiToken user: pushd error -3',
    'FortiAuthenticator',
  ),
  KB194050: article(
    194050,
    'Activate a FortiToken Mobile licence in FortiAuthenticator',
    'FortiAuthenticator',
  ),
  KB194508: {
    title: 'FortiToken basic troubleshooting (194508)',
    url: `${COMMUNITY}/FortiToken/Technical-Note-FortiToken-basic-troubleshooting/ta-p/194508`,
  },
  KB205363: article(205363, 'Transfer of FortiToken Mobile licences between devices', 'FortiToken'),
  KB190171: article(190171, 'Restoring an accidentally deleted trial or licensed token'),
  KB424201: article(424201, 'FortiToken Mobile cannot be provisioned on a cluster after 7.4.9'),
  KB410099: article(410099, 'Register and provision tokens after a replacement in a cluster'),
  KB229136: article(229136, 'Global remoteauthtimeout and the timeout of a RADIUS server'),
  FAC528330: {
    title: 'FortiAuthenticator RADIUS interoperability guide: FTM push on FortiGate',
    url: 'https://docs2.fortinet.com/document/fortiauthenticator/6.2.0/radius-interoperability-guide/528330',
  },
  KB190638: article(190638, 'Increasing the token expiry time; bug 1087651'),
  KB310722: article(310722, 'Unable to assign FortiToken Cloud', 'FortiToken'),
  LOG53050: {
    title: 'FortiOS Log Message Reference: FortiToken-Cloud authentication failure (53050)',
    url: `${DOCS}/7.4.5/fortios-log-message-reference/53050`,
  },
  KB190810: article(190810, 'FortiToken push on FortiAuthenticator: operation flow', 'FortiAuthenticator'),
  KB230258: article(230258, 'FortiAuthenticator push work flow', 'FortiAuthenticator'),
  KB334577: article(
    334577,
    'FortiAuthenticator HTTP login will not prompt for a token',
    'FortiAuthenticator',
  ),
  CLI741: {
    title: 'CLI Reference 7.4.1: config system ftm-push',
    url: `${DOCS}/7.4.1/cli-reference/116620`,
  },
  SCHEMA: {
    title: 'Ansible collection fortinet.fortios: field schema by version',
    url: 'https://github.com/fortinet-ansible-dev/ansible-galaxy-fortios-collection',
  },
  KB275159: article(275159, 'FortiToken Cloud debugging', 'FortiAuthenticator'),
  KB266131: article(266131, 'RADIUS server reachability status cache'),
  KB196192: article(196192, 'RADIUS authentication troubleshooting'),
  KB343112: article(
    343112,
    'RADIUS authentication failure after the firmware upgrade to 7.2.10, 7.4.5, 7.6.1',
  ),
  KB262931: article(262931, 'Fix an issue where the first failed login locks the user', 'FortiAuthenticator'),
  KB418087: article(418087, 'Local user with administrator role cannot log in', 'FortiAuthenticator'),
  KB197161: article(197161, 'RADIUS authentication with FortiAuthenticator', 'FortiAuthenticator'),
  KB196263: article(196263, 'RADIUS with Azure MFA: troubleshooting, group attribute'),
  OKTA: {
    title: 'Troubleshoot the Fortinet application integration (fnbamd samples)',
    url: 'https://help.okta.com/oie/en-us/content/topics/integrations/fortinet-radius-intg-ts.htm',
  },
  RFC2759: {
    title: 'RFC 2759: Microsoft PPP CHAP Extensions, version 2, section 6 (error codes)',
    url: 'https://www.rfc-editor.org/rfc/rfc2759',
  },
  KB199448: article(199448, 'Troubleshoot SAML logins'),
  KB407859: article(407859, 'SAML authentication fails after upgrade to 7.2.12, 7.4.9 or 7.6.4'),
  KB212936: article(212936, 'Customer unable to log in to SSL VPN with SAML: invalid assertion'),
  KB193640: article(193640, 'SAML group mismatch issue in SSL VPN'),
  KB207007: {
    title: 'IKEv2 dial-up with users of an LDAP server (207007)',
    url: 'https://community.fortinet.com/fortigate-3/x-207007',
  },
  KB407272: article(407272, 'IKEv2 dial-up with EAP-TTLS'),
  KB418199: article(418199, 'IKEv2 EAP user authentication operation'),
  KB334453: article(334453, 'Multiple groups with EAP for IKEv2'),
  F227609: {
    title: 'Support forum: FortiClient managed by EMS answers EAP with NAK (227609)',
    url: 'https://community.fortinet.com/support-forum-92/x-227609',
  },
  KB199784: article(199784, 'Common SAML problems and causes'),
  KB217719: article(217719, 'Companion for troubleshooting SSL VPN with SAML'),
  OPENFORTIVPN: {
    title: 'openfortivpn: certificate of the gateway, `--trusted-cert`',
    url: 'https://github.com/adrienverge/openfortivpn/issues/1133',
  },
  AADSTS: {
    title: 'Microsoft Entra authentication and authorization error codes',
    url: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
  },
  KB397683: article(397683, 'IPsec VPN with Google SAML'),
} satisfies Record<string, Reference>;

export type ReferenceName = keyof typeof REFERENCES;
