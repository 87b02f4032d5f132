/** What a person states, the cause with its confidence, the lines to type, and the words of the first quote. */
export const DECIDED: readonly (readonly [text: string, cause: string, apply: string, quote: string])[] = [
  [
    'Hi all, since Tuesday we are with another carrier, so wan2 has 203.0.113.201 now instead of 198.51.100.77. In the push settings the server is still the old one. Users get the request, they press Approve and nothing happens.',
    'push-address-stale',
    'set server "203.0.113.201"',
    'the server is still the old one',
  ],
  [
    'Guten Tag, nach dem Providerwechsel am Montag hat unsere Firewall die neue Adresse 203.0.113.61. Als server steht bei FTM-Push noch die alte 198.51.100.30. Das Bestätigen läuft ins Leere.',
    'push-address-stale',
    'set server "203.0.113.61"',
    'noch die alte 198.51.100.30',
  ],
  [
    'Unsere neue feste Adresse auf wan2 lautet 203.0.113.18, früher war es die 198.51.100.91. Beim FTM-Push steht noch: set server "198.51.100.91". Das Bestätigen auf dem Handy läuft ins Leere.',
    'push-address-stale',
    'set server "203.0.113.18"',
    'set server "198.51.100.91"',
  ],
  // The only other address is not one of the FortiGate.
  [
    'The carrier changed. Our DNS is 198.51.100.53. In the push settings server still reads 203.0.113.7, Approve does nothing.',
    'push-address-stale',
    'set server "<new-address>"',
    'server still reads 203.0.113.7',
  ],
  [
    'Wir haben seit Freitag einen neuen Anschluss. Vorher hatte wan1 die 198.51.100.20, jetzt die 203.0.113.44. Im FTM-Push steht als server noch die alte Adresse, Bestätigen bringt nichts.',
    'push-address-stale',
    'set server "203.0.113.44"',
    'noch die alte Adresse',
  ],
  [
    'Hello, FortiToken Mobile complains that it cannot validate the server certificate when people approve. Last week I selected the certificate "gate.lan.umber" there, which our internal CA issued, because of an audit. We run 7.4.6.',
    'push-cert-untrusted',
    'set server-cert "Fortinet_GUI_Server"',
    'gate.lan.umber',
  ],
  [
    'In the push settings the server field is empty, and no push arrives on the phones. Our WAN address is 203.0.113.90.',
    'push-address-missing',
    'set server "203.0.113.90"',
    'the server field is empty',
  ],
  [
    'From: Ina Vole\nTo: help desk\nSubject: Approve in the office\n\nOn the office Wi-Fi approving never finishes; with the Wi-Fi of the phone off the same approval works at once. A capture shows the phone calling our public address on port 4433 from the LAN, and no reply.',
    'callback-hairpin',
    'edit "<interface-of-the-phones>"',
    'A capture shows the phone',
  ],
  [
    'Good morning. The 120G went from 7.4.8 to 7.6.3 this weekend. The SSL VPN menu is gone, `config vpn ssl settings` gives "command parse error" and no FortiClient connects.',
    'ssl-vpn-removed',
    '',
    'The SSL VPN menu is gone',
  ],
  [
    '[08:13] Marta: no FortiClient connects since 6\n[08:14] Jon: I moved the 200F to 7.6.5 last night\n[08:15] Jon: the SSL VPN menu is gone, no portals either\n[08:16] Marta: turn it on again?',
    'ssl-vpn-removed',
    '',
    'the SSL VPN menu is gone',
  ],
  [
    'The VPN login gives up after 80 seconds. We raised two-factor-ftk-expiry to 300, people who walk to their phone are too slow.',
    'vpn-wait-too-short',
    'set remoteauthtimeout 60',
    'gives up after 80 seconds',
  ],
  [
    'cloud-communication is disabled in system global here, since then no push request reaches the phones. Codes work.',
    'cloud-communication-disabled',
    'set cloud-communication enable',
    'cloud-communication is disabled',
  ],
  [
    'In the hotel the Wi-Fi lets the request through but approving never gets there. On mobile data the same approval works.',
    'callback-blocked-upstream',
    '',
    'In the hotel',
  ],
  [
    'Logins with FortiAuthenticator fail after five seconds, before anyone can take out the phone. Those who are quick approve in time and get in. remoteauthtimeout is at its default.',
    'radius-timeout-too-short',
    '',
    'fail after five seconds',
  ],
  // A quoted line, or both values, decide.
  [
    'Since we went to 7.2.12 nobody gets in with Okta. The samld debug says "IDP sig verify is required for response and assertions". In Okta only the assertion is signed.',
    'saml-response-unsigned',
    '',
    'Since we went to 7.2.12',
  ],
  [
    "AADSTS50011: The redirect URI 'https://gate.umber.example:8443/remote/saml/login' specified in the request does not match the redirect URIs configured for the application.\n\nWe moved the SSL VPN to port 8443 on Monday, and everybody gets this.",
    'saml-url-or-entity-mismatch',
    '',
    'AADSTS50011',
  ],
  [
    'After nine o’clock people stop at 98 % in SSL VPN, and when one leaves the next gets in. The monitor shows 10.212.134.200 to 10.212.134.210 in the pool, no address left.',
    'ssl-ip-pool-exhausted',
    '',
    'no address left',
  ],
  [
    'Seit gestern kommt kein AD-Benutzer mehr ins VPN, lokale Benutzer schon. Das Kennwort des Bind-Kontos wurde am Abend geändert. Der Test im LDAP-Server sagt "Invalid credentials".',
    'ldap-bind-account-refused',
    '',
    'Das Kennwort des Bind-Kontos',
  ],
  [
    'IKEv2 dial-up, FortiClient 7.4.2 with EAP-MSCHAPv2. The local user connects every time. The LDAP users never get in, and the LDAP test works.',
    'ike-eap-method-mismatch',
    '',
    'EAP-MSCHAPv2',
  ],
  [
    'We move people to IKEv2 (EAP-MSCHAPv2). A local test account connects. Everybody from our LDAP server (plain AD, no RADIUS in between) is refused as a wrong password, and the LDAP test succeeds.',
    'ike-eap-method-mismatch',
    '',
    'EAP-MSCHAPv2',
  ],
  [
    'IKEv2-Einwahl mit EAP-MSCHAPv2. Lokale Benutzer kommen rein. AD-Benutzer (direkt per LDAP, ohne NPS) werden mit falschem Kennwort abgewiesen.',
    'ike-eap-method-mismatch',
    '',
    'EAP-MSCHAPv2',
  ],
  [
    '[07:51] Ruth: the carrier put in another router last night, it does NAT, the one before was a bridge\n[07:52] Ruth: prompt is on the phone, approve runs into a timeout\n[07:54] Ruth: I captured tcp port 4433 on port1 meanwhile, not a single packet\n[07:55] Ivo: what is forwarded?\n[07:55] Ruth: 8443 for the VPN',
    'upstream-nat-not-forwarded',
    '',
    'does NAT',
  ],
  [
    'Our director is in a hotel, and his IPsec does not come up there. With the hotspot of his phone it connects at once. The sniffer shows not one packet on UDP 4500 from the hotel.',
    'ike-udp-blocked',
    '',
    'With the hotspot',
  ],
  [
    'VPN gone after the upgrade from 7.4.8 to 7.6.4: there is no SSL-VPN menu any more, and FortiClient says the server may be unreachable.',
    'ssl-vpn-removed',
    '',
    'no SSL-VPN menu',
  ],
];
