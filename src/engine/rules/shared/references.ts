import type { Reference } from '../rule.ts';

const COMMUNITY = 'https://community.fortinet.com/t5';
const DOCS = 'https://docs.fortinet.com/document/fortigate';

/**
 * Sources of the rules: `KB` with the number of a Fortinet community article, `AG` of a page of the Administration Guide,
 * `CLI` of the CLI Reference; others by the name of their document.
 */
export const REFERENCES = {
  KB194213: {
    title: 'Configuring more than one Main Mode PSK dial-up phase1 (194213)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/194213`,
  },
  KB278503: {
    title: 'Matching IKEv1 proposals (278503)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/278503`,
  },
  KB339644: {
    title: 'How to fix ‘gw validation failed’, IPsec dial-up using IKEv2 (339644)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/339644`,
  },
  KB408078: {
    title: 'Settings to check on FortiClient when gateway validation failed, IPsec SAML (408078)',
    url: `${COMMUNITY}/FortiClient/x/ta-p/408078`,
  },
  AG951346: {
    title: 'Administration Guide: SAML-based authentication for dial-up IPsec',
    url: `${DOCS}/latest/administration-guide/951346`,
  },
  AG442351: {
    title: 'Administration Guide: EAP-TTLS and TCP transport for dial-up IPsec',
    url: `${DOCS}/8.0.0/administration-guide/442351`,
  },
  AG4729: {
    title: 'New Features 7.0: SSL VPN and IPsec VPN IP address assignments',
    url: `${DOCS}/7.0.0/new-features/4729`,
  },
  KB211965: {
    title: 'Possible reasons for FortiClient SSL VPN connection failure at specific percentages (211965)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/211965`,
  },
  KB405341: {
    title: 'LDAP authentication fails when ha-direct is enabled (405341)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/405341`,
  },
  KB335554: {
    title: 'How to read and create an fnbamd debug (335554)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/335554`,
  },
  KB195337: {
    title: 'FortiGate LDAP authentication errors (195337)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/195337`,
  },
  KB316854: {
    title: 'LDAPS and STARTTLS certificate issuer enforcement (316854)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/316854`,
  },
  KB318021: {
    title: 'LDAPS no longer works after an update (318021)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/318021`,
  },
  KB192723: {
    title: 'Password expiration policy for an SSL VPN local user (192723)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/192723`,
  },
  KB243806: {
    title: 'SSL VPN with LDAP-integrated certificate authentication (243806)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/243806`,
  },
  KB369685: {
    title: 'SSL VPN host check failure (369685)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/369685`,
  },
  KB192027: {
    title: 'Multiple sessions of SSL VPN users (192027)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/192027`,
  },
  KB214433: {
    title: 'FortiGate debug SSL VPN daemon (214433)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/214433`,
  },
  KB227810: {
    title: 'SSL VPN stops working for remote and local users due to the FNBAMD process (227810)',
    url: 'https://community.fortinet.com/fortigate-3/x-227810',
  },
  KB277343: {
    title: 'Troubleshooting Tip: FortiToken Mobile push notification issue (277343)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/277343`,
  },
  KB195578: {
    title: 'Technical Tip: FortiToken mobile push notification (195578)',
    url: `${COMMUNITY}/FortiGate/Technical-Tip-FortiToken-mobile-push-notification/ta-p/195578`,
  },
  AG927108: {
    title: 'Administration Guide: FortiToken Mobile Push',
    url: `${DOCS}/7.6.4/administration-guide/927108`,
  },
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
  KB304842: {
    title: 'Unable to log in to SSO admin when all administrators have trusted hosts (304842)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/304842`,
  },
  F239540: {
    title: 'Support forum: Trusted hosts question (239540)',
    url: `${COMMUNITY}/Support-Forum/Trusted-hosts-question/td-p/239540`,
  },
  KB399772: {
    title: 'FortiGate drops SSL VPN traffic: reading debug flow (399772)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/399772`,
  },
  KB362547: {
    title: 'Enabling FortiToken Mobile on the FortiGate: GUI port overlap (362547)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/362547`,
  },
  KB201261: {
    title: 'Invalid server certificate: FortiToken Mobile (201261)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/201261`,
  },
  KB301058: {
    title: "Preventing the 'Untrusted Certificate' message (301058)",
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/301058`,
  },
  KB117091: {
    title: 'Restrict FortiAuthenticator traffic to the Internet (117091)',
    url: 'https://community.fortinet.com/fortiauthenticator-8/x-117091',
  },
  KB191661: {
    title: 'SSL VPN and two-factor expiry timers (191661)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/191661`,
  },
  KB194933: {
    title: 'Technical Tip: How to transfer a mobile token to a new phone (194933)',
    url: `${COMMUNITY}/FortiGate/Technical-Tip-How-to-Transfer-a-Mobile-Token-to-a-New-Phone-or/ta-p/194933`,
  },
  KB193607: {
    title: 'SSL VPN and two-factor expiry timers, 7.4.1 and later (193607)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/193607`,
  },
  KB385391: {
    title: 'SSL VPN FortiToken sync error and token drift (385391)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/385391`,
  },
  KB189574: {
    title: 'Hard FortiToken clock drift adjustment (189574)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/189574`,
  },
  KB394707: {
    title: 'Two-factor authentication bypassed: LDAP user not referenced correctly (394707)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/394707`,
  },
  KB191794: {
    title: 'Correctly configuring two-factor authentication for LDAP users (191794)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/191794`,
  },
  KB257210: {
    title: 'FortiToken two-factor authentication fails: fnbamd log (257210)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/257210`,
  },
  KB232277: {
    title: 'Permission denied for SSL VPN users (232277)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/232277`,
  },
  KB382760: {
    title: 'IPsec dialup IKEv2 with FortiToken for local users (382760)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/382760`,
  },
  IKE278302: {
    title: 'Administration Guide 7.6.6: warnings for IKE-TCP port conflicts',
    url: `${DOCS}/7.6.6/administration-guide/278302`,
  },
  KB366248: {
    title: 'Local-in policies behaviour (366248)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/366248`,
  },
  KB369617: {
    title: 'Impact of local-in policies and trusted hosts (369617)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/369617`,
  },
  KB243171: {
    title: 'Two-factor authentication bypassed by the case of the user name (243171)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/243171`,
  },
  KB420733: {
    title: 'Overview of compatible IKE versions and authentication methods (420733)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/420733`,
  },
  KB421645: {
    title: 'Required versions for FortiToken Mobile with IKEv2 dial-up (421645)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/421645`,
  },
  KB194229: {
    title: 'How to limit SSL VPN login attempts and block duration (194229)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/194229`,
  },
  KB333869: {
    title: 'How to unblock IP addresses from the SSL VPN blocklist (333869)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/333869`,
  },
  KB203615: {
    title: 'SSL VPN timers and the login attempt limit (203615)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/203615`,
  },
  KB355139: {
    title: 'Reverse path check failure: reading debug flow (355139)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/355139`,
  },
  KB333425: {
    title: 'Failed to send notification to FortiToken user: pushd error -3 (333425)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/333425`,
  },
  KB194050: {
    title: 'Activate a FortiToken Mobile licence in FortiAuthenticator (194050)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/194050`,
  },
  KB194508: {
    title: 'FortiToken basic troubleshooting (194508)',
    url: `${COMMUNITY}/FortiToken/Technical-Note-FortiToken-basic-troubleshooting/ta-p/194508`,
  },
  KB190171: {
    title: 'Restoring an accidentally deleted trial or licensed token (190171)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/190171`,
  },
  KB424201: {
    title: 'FortiToken Mobile cannot be provisioned on a cluster after 7.4.9 (424201)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/424201`,
  },
  KB410099: {
    title: 'Register and provision tokens after a replacement in a cluster (410099)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/410099`,
  },
  KB229136: {
    title: 'Global remoteauthtimeout and the timeout of a RADIUS server (229136)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/229136`,
  },
  FAC528330: {
    title: 'FortiAuthenticator RADIUS interoperability guide: FTM push on FortiGate',
    url: 'https://docs2.fortinet.com/document/fortiauthenticator/6.2.0/radius-interoperability-guide/528330',
  },
  KB190638: {
    title: 'Increasing the token expiry time; bug 1087651 (190638)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/190638`,
  },
  KB310722: {
    title: 'Unable to assign FortiToken Cloud (310722)',
    url: `${COMMUNITY}/FortiToken/x/ta-p/310722`,
  },
  LOG53050: {
    title: 'FortiOS Log Message Reference: FortiToken-Cloud authentication failure (53050)',
    url: `${DOCS}/7.4.5/fortios-log-message-reference/53050`,
  },
  KB190810: {
    title: 'FortiToken push on FortiAuthenticator: operation flow (190810)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/190810`,
  },
  KB230258: {
    title: 'FortiAuthenticator push work flow (230258)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/230258`,
  },
  KB334577: {
    title: 'FortiAuthenticator HTTP login will not prompt for a token (334577)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/334577`,
  },
  CLI741: {
    title: 'CLI Reference 7.4.1: config system ftm-push',
    url: `${DOCS}/7.4.1/cli-reference/116620`,
  },
  SCHEMA: {
    title: 'Ansible collection fortinet.fortios: field schema by version',
    url: 'https://github.com/fortinet-ansible-dev/ansible-galaxy-fortios-collection',
  },
  KB275159: {
    title: 'FortiToken Cloud debugging (275159)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/275159`,
  },
  KB266131: {
    title: 'RADIUS server reachability status cache (266131)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/266131`,
  },
  KB196192: {
    title: 'RADIUS authentication troubleshooting (196192)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/196192`,
  },
  KB343112: {
    title: 'RADIUS authentication failure after the firmware upgrade to 7.2.10, 7.4.5, 7.6.1 (343112)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/343112`,
  },
  KB197161: {
    title: 'RADIUS authentication with FortiAuthenticator (197161)',
    url: `${COMMUNITY}/FortiAuthenticator/x/ta-p/197161`,
  },
  KB196263: {
    title: 'RADIUS with Azure MFA: troubleshooting, group attribute (196263)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/196263`,
  },
  OKTA: {
    title: 'Troubleshoot the Fortinet application integration (fnbamd samples)',
    url: 'https://help.okta.com/oie/en-us/content/topics/integrations/fortinet-radius-intg-ts.htm',
  },
  RFC2759: {
    title: 'RFC 2759: Microsoft PPP CHAP Extensions, version 2, section 6 (error codes)',
    url: 'https://www.rfc-editor.org/rfc/rfc2759',
  },
  KB199448: {
    title: 'Troubleshoot SAML logins (199448)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/199448`,
  },
  KB407859: {
    title: 'SAML authentication fails after upgrade to 7.2.12, 7.4.9 or 7.6.4 (407859)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/407859`,
  },
  KB212936: {
    title: 'Customer unable to log in to SSL VPN with SAML: invalid assertion (212936)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/212936`,
  },
  KB193640: {
    title: 'SAML group mismatch issue in SSL VPN (193640)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/193640`,
  },
  KB207007: {
    title: 'IKEv2 dial-up with users of an LDAP server (207007)',
    url: 'https://community.fortinet.com/fortigate-3/x-207007',
  },
  KB407272: {
    title: 'IKEv2 dial-up with EAP-TTLS (407272)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/407272`,
  },
  KB418199: {
    title: 'IKEv2 EAP user authentication operation (418199)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/418199`,
  },
  KB334453: {
    title: 'Multiple groups with EAP for IKEv2 (334453)',
    url: `${COMMUNITY}/FortiGate/x/ta-p/334453`,
  },
  F227609: {
    title: 'Support forum: FortiClient managed by EMS answers EAP with NAK (227609)',
    url: 'https://community.fortinet.com/support-forum-92/x-227609',
  },
} as const satisfies Record<string, Reference>;
