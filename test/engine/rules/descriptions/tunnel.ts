import type { DescriptionRow } from './row.ts';

/** Descriptions of logins that fail at SAML, the portal, the tunnel or the client. */
export const TUNNEL_DESCRIPTIONS: readonly DescriptionRow[] = [
  [
    'saml-idp-certificate-wrong',
    'Seit heute schlägt jede SAML-Anmeldung fehl, obwohl Microsoft die Anmeldung annimmt. In Entra wurde gestern das Signaturzertifikat erneuert, auf der FortiGate nicht.',
  ],
  [
    'saml-idp-certificate-wrong',
    'SSO geht nicht mehr: das Zertifikat des Identitätsanbieters auf der Firewall ist das alte, im IdP ist seit Montag ein neues aktiv.',
  ],
  [
    'saml-idp-certificate-wrong',
    'ADFS rolled over its token-signing certificate on Sunday. Since then nobody passes SAML on the VPN, ADFS itself logs success.',
  ],
  [
    'saml-response-unsigned',
    'Nach dem Update auf 7.4.9 geht SAML für niemanden mehr, das IdP-Zertifikat ist unverändert. In Entra ist als Signaturoption nur die Assertion gewählt.',
  ],
  [
    'saml-response-unsigned',
    'Seit 7.2.12 bricht SSO nach der Microsoft-Anmeldung ab. Mit 7.2.11 lief es. Zertifikat und Adressen stimmen.',
  ],
  [
    'saml-response-unsigned',
    'We went to 7.6.4 and SAML stopped for all. Keycloak signs assertions but not the documents.',
  ],
  [
    'saml-url-or-entity-mismatch',
    'Microsoft zeigt AADSTS50011, die Antwort-URL stimmt nicht. Wir haben gestern den VPN-Port von 443 auf 10443 geändert.',
  ],
  [
    'saml-url-or-entity-mismatch',
    'SAML mit Okta, neu aufgesetzt, geht bei keinem. Die Entity-ID auf der FortiGate beginnt mit http, in Okta mit https.',
  ],
  [
    'saml-url-or-entity-mismatch',
    'AADSTS700016 appears for everyone: the identifier in Entra has another host name than the SP entity ID of the FortiGate.',
  ],
  [
    'saml-clock-skew',
    'SAML schlägt für alle fehl, nachdem der IdP die Anmeldung angenommen hat. Die Uhr der FortiGate geht sechs Minuten nach, NTP ist aus.',
  ],
  [
    'saml-clock-skew',
    'Seit dem Stromausfall geht SSO nicht mehr. Die Systemzeit der Firewall ist um eine Stunde falsch.',
  ],
  [
    'saml-clock-skew',
    "Entra says success, the VPN says failed. I noticed that the FortiGate's clock is ten minutes fast.",
  ],
  [
    'saml-attribute-or-group-mismatch',
    'Die neuen Kollegen melden sich bei Microsoft an, dann kommt „Session Ended“. Sie sind in Entra noch nicht in der Gruppe VPN-Zugang.',
  ],
  [
    'saml-attribute-or-group-mismatch',
    'SSO: Anmeldung bei Entra klappt, danach lehnt die Firewall ab. Im Gruppen-Match steht der Name der Gruppe, Entra schickt die Objekt-ID.',
  ],
  [
    'saml-attribute-or-group-mismatch',
    'Only our longest-serving colleague fails after the Microsoft login. He is in more than 200 groups and the SAML answer holds a link in place of the groups.',
  ],
  [
    'saml-user-refused',
    'Entra says that I am not assigned to the application, and FortiClient never gets any further.',
  ],
  [
    'saml-user-refused',
    'Frau Ahlers kommt nicht ins VPN: Microsoft sagt, sie sei der Anwendung nicht zugewiesen. Bei den Kollegen geht es.',
  ],
  [
    'saml-user-refused',
    'Since Monday our two people in Oslo are blocked by Conditional Access when they log in to the VPN with Microsoft, the others get in.',
  ],
  [
    'saml-user-refused',
    'Okta zeigt in FortiClient nur, dass er der App nicht zugeordnet ist; alle anderen kommen rein.',
  ],
  [
    'saml-timeout',
    'Wenn ich bei der Microsoft-Anmeldung schnell bin, komme ich rein. Brauche ich länger als 30 Sekunden für den Authenticator, bricht FortiClient ab, obwohl Microsoft Erfolg meldet.',
  ],
  [
    'saml-timeout',
    'Langsame Kollegen schaffen die SAML-Anmeldung nicht, FortiClient bricht vorher ab, die schnellen kommen rein.',
  ],
  [
    'saml-timeout',
    'With SSO the first sign-in of the day takes a minute because of the number matching and FortiClient has given up by then. A second, faster try works.',
  ],
  [
    'saml-not-offered',
    'Im FortiClient fehlt bei mir der Knopf „SAML-Anmeldung“, er fragt nur Benutzername und Passwort. Bei den Kollegen ist er da.',
  ],
  [
    'saml-not-offered',
    'Auf der Portalseite wird kein Single-Sign-On-Button angezeigt. Der SAML-Server ist angelegt, aber in keiner Gruppe.',
  ],
  [
    'saml-not-offered',
    'There is no SSO button on the VPN page since we replaced the policy; the SAML group is not in the new one.',
  ],
  [
    'ssl-portal-or-realm-mismatch',
    'Die Berater landen im falschen Portal. In der Portalzuordnung steht die Gruppe Alle-Mitarbeiter ganz oben, und sie sind auch darin.',
  ],
  [
    'ssl-portal-or-realm-mismatch',
    'Neue Gruppe „Labor“: die Anmeldung klappt, aber dann kommt eine leere Seite. In der Authentifizierungs-/Portal-Zuordnung gibt es für sie keine Zeile, alle anderen Benutzer bekommen no-access.',
  ],
  [
    'ssl-portal-or-realm-mismatch',
    'Our partners must use the realm address /partner, they open the plain address and get permission denied, with the realm they get their portal.',
  ],
  [
    'portal-mode-disabled',
    'Im Browser komme ich aufs Portal und sehe die Lesezeichen, mit FortiClient geht es nicht. Im Portal ist der Tunnelmodus ausgeschaltet.',
  ],
  [
    'portal-mode-disabled',
    'Seit der Webmodus im Portal deaktiviert ist, bekommen die Leute im Browser Permission denied, FortiClient geht.',
  ],
  [
    'portal-mode-disabled',
    'Portal "contractors" has tunnel mode disabled; the web page works for them and FortiClient fails at the end.',
  ],
  [
    'host-check-failed',
    'FortiClient meldet, mein Rechner erfülle die Sicherheitsanforderungen nicht (-14). Mein Virenscanner ist seit gestern abgelaufen.',
  ],
  [
    'host-check-failed',
    'Nur die Windows-10-Rechner fliegen bei 98 % raus. Im Portal ist eine Hostprüfung auf die Betriebssystemversion aktiv.',
  ],
  [
    'host-check-failed',
    'The portal checks for an antivirus. Since the host check was turned on, the Macs of the designers are refused right after login.',
  ],
  [
    'login-limit-reached',
    'Es heißt, ich hätte bereits eine offene SSL-VPN-Verbindung und mehrere seien nicht erlaubt. Ich habe nur diesen einen Laptop, vorhin war das WLAN kurz weg.',
  ],
  [
    'login-limit-reached',
    'Zwei Kollegen teilen sich einen Benutzer. Sobald der zweite sich anmeldet, wird er abgewiesen, trennt der erste, geht es. Im Portal ist nur eine Verbindung pro Benutzer erlaubt.',
  ],
  [
    'login-limit-reached',
    'Je ne peux pas ouvrir le VPN sur la tablette quand le portable est connecté : « vous avez déjà une connexion SSL VPN ouverte ».',
  ],
  [
    'ssl-ip-pool-exhausted',
    'Ab halb neun kommt keiner mehr rein, 98 % und Ende. Sobald sich einer abmeldet, kommt genau ein anderer rein. Der SSL-VPN-Adressbereich hat 20 Adressen.',
  ],
  [
    'ssl-ip-pool-exhausted',
    'Die ersten zehn kommen rein, der elfte nicht mehr. IP-Pool vom SSL-VPN ist 10.212.134.200 bis 210.',
  ],
  [
    'ssl-ip-pool-exhausted',
    'SSL VPN: when 30 people are connected, the next one fails at 98 %. The address range has 30 addresses.',
  ],
  [
    'ike-proposal-mismatch',
    'Wir haben im IPsec-Tunnel auf AES256-SHA512 und DH-Gruppe 21 umgestellt, im FortiClient-Profil steht noch AES128 und Gruppe 14. Kein Client verbindet sich mehr.',
  ],
  [
    'ike-proposal-mismatch',
    'Der strongSwan-Client bekommt NO_PROPOSAL_CHOSEN, mit FortiClient geht es. Bei mir ist DH-Gruppe 2 eingestellt.',
  ],
  [
    'ike-proposal-mismatch',
    'Phase 1 of the dial-up now allows SHA512 only, the clients offer SHA256. All fail at once.',
  ],
  [
    'ike-psk-mismatch',
    'Wir haben am Freitag den Pre-Shared Key des IPsec-Tunnels geändert. Wer das neue Profil hat, kommt rein, alle anderen nicht.',
  ],
  [
    'ike-psk-mismatch',
    'Nach dem Zurückspielen einer alten Sicherung geht IPsec-Einwahl bei niemandem. Den PSK hatten wir danach einmal gewechselt.',
  ],
  [
    'ike-psk-mismatch',
    'FortiClient says check the pre-shared key. The key in my IPsec profile is the one from last year, it was replaced in January.',
  ],
  [
    'ike-wrong-dialup-matched',
    'Seit ich einen zweiten Einwahltunnel auf wan1 angelegt habe, bekommen die Nutzer des ersten einen PSK-Fehler. Schalte ich den neuen aus, geht es wieder.',
  ],
  [
    'ike-wrong-dialup-matched',
    'Zwei Dial-up-Tunnel mit verschiedenen Schlüsseln auf derselben Schnittstelle, keine Peer-ID. Die Clients des zweiten landen im ersten.',
  ],
  [
    'ike-wrong-dialup-matched',
    'We added a dial-up tunnel for suppliers next to the one for staff. Suppliers fail with a key mismatch unless I disable the staff tunnel.',
  ],
  [
    'ike-peer-id-mismatch',
    'Der Tunnel akzeptiert nur die Peer-ID „aussendienst“. Bei mir ist im FortiClient das Feld Lokale ID leer, bei der Kollegin ist es ausgefüllt, sie kommt rein.',
  ],
  [
    'ike-peer-id-mismatch',
    'In Phase 1 ist „Spezifische Peer-ID“ eingestellt: hq-users. Im Profil steht hq_users als lokale ID, das klappt nicht.',
  ],
  [
    'ike-peer-id-mismatch',
    'My IPsec profile had the local ID "sales" and works; on the new laptop I left the field empty and it fails. The tunnel wants peer ID sales.',
  ],
  [
    'ike-eap-not-negotiated',
    'Neuer IKEv2-Tunnel, FortiClient fragt nie nach Benutzername und Passwort und bricht ab. In der Phase 1 steht eap disable.',
  ],
  [
    'ike-eap-not-negotiated',
    'Beim IKEv2-Tunnel haben wir vergessen, EAP einzuschalten. Alle Benutzer scheitern sofort, der PSK stimmt.',
  ],
  [
    'ike-eap-not-negotiated',
    'IKEv2 dial-up with a user group, no one is asked for credentials. The phase 1 has no eap line.',
  ],
  [
    'ike-eap-method-mismatch',
    'Im IKEv2-Tunnel kommen lokale Benutzer rein, LDAP-Benutzer nie. Über SSL-VPN gehen dieselben LDAP-Konten.',
  ],
  [
    'ike-eap-method-mismatch',
    'IPsec mit IKEv2: AD-Benutzer bekommen immer falsches Kennwort, der LDAP-Test auf der Firewall ist grün. FortiClient nutzt MSCHAPv2.',
  ],
  [
    'ike-eap-method-mismatch',
    'AD users over LDAP cannot log in to the IKEv2 VPN, local firewall users can. Do we need EAP-TTLS for that?',
  ],
  [
    'ike-no-policy',
    'Neuen IPsec-Einwahltunnel angelegt, alle Clients scheitern sofort. Es gibt noch keine Firewallregel mit dem Tunnel.',
  ],
  [
    'ike-no-policy',
    'Nach dem Aufräumen der Regeln geht die IPsec-Einwahl nicht mehr, die Regeln vom Tunnel ins LAN wurden gelöscht.',
  ],
  [
    'ike-no-policy',
    'The dial-up tunnel is new, phase 1 and 2 are done, and no policy has it as source interface. FortiClient fails at once.',
  ],
  [
    'ike-user-group-mismatch',
    'IPsec: In Phase 1 ist die Gruppe vpn-alt eingetragen, in der Regel vpn-neu. RADIUS nimmt die Anmeldung an, die FortiGate lehnt ab.',
  ],
  [
    'ike-user-group-mismatch',
    'Beim Tunnel ist „Von Richtlinie erben“ gewählt, in der Richtlinie steht aber gar keine Gruppe. Alle werden abgelehnt.',
  ],
  [
    'ike-user-group-mismatch',
    'authusrgrp of the tunnel is staff-test and the firewall policy asks for staff. Users in both groups connect, the rest is denied.',
  ],
  [
    'ike-certificate-mismatch',
    'Unser IPsec nutzt Zertifikate. Die neuen Notebooks haben eines von der neuen CA, der Peer auf der FortiGate verweist auf die alte. Alte Geräte gehen.',
  ],
  [
    'ike-certificate-mismatch',
    'IPsec mit Zertifikat: FortiClient lehnt das Zertifikat des Gateways ab, seit wir es getauscht haben, der Name darin passt nicht zum eingetragenen Gateway.',
  ],
  [
    'ike-certificate-mismatch',
    'Windows says error 13806 with our certificate based IKEv2. The laptop has a certificate of another CA than the peer on the FortiGate asks for.',
  ],
  [
    'ike-pool-exhausted',
    'IPsec-Einwahl: Benutzer Nummer 31 wird angemeldet und gleich wieder getrennt, der Bereich hat 30 Adressen. Geht einer, kommt der nächste rein.',
  ],
  [
    'ike-pool-exhausted',
    'Der neue IPsec-Tunnel trennt alle gleich nach der Anmeldung. In der Phase 1 fehlen die Start- und End-IP für die Clients.',
  ],
  [
    'ike-pool-exhausted',
    'With IPsec the twenty-first colleague is dropped after login; mode config hands out 10.9.0.1-10.9.0.20.',
  ],
  [
    'ike-saml-listener-missing',
    'IPsec mit SAML: nach dem Klick auf SAML-Anmeldung bleibt das Fenster weiß, Microsoft erscheint nie. Auf wan1 ist kein ike-saml-server gesetzt.',
  ],
  [
    'ike-saml-listener-missing',
    'Im IPsec-Profil steht als SSO-Port 10428, auf der FortiGate ist auth-ike-saml-port 1001. Die Seite ist nicht erreichbar.',
  ],
  [
    'ike-saml-listener-missing',
    'The SAML window of the IPsec connection cannot reach https://vpn.brant.example:1001, the provider blocks that port.',
  ],
  [
    'ike-network-id-or-version-mismatch',
    'Der Tunnel ist auf IKEv2 umgestellt, in meinem Profil steht noch Version 1 mit Aggressive Mode. Die Kollegen mit Version 2 kommen rein.',
  ],
  [
    'ike-network-id-or-version-mismatch',
    'In Phase 1 ist network-overlay mit network-id 7 gesetzt, seitdem verbindet sich kein FortiClient mehr mit dem IPsec-Tunnel.',
  ],
  [
    'ike-network-id-or-version-mismatch',
    'We went from IKEv1 to IKEv2 on the gateway; clients whose profile still says IKEv1 fail within a second.',
  ],
  [
    'forticlient-too-old',
    'IPsec mit SAML: alle mit FortiClient 7.4.4 kommen rein, der mit 7.0.7 hat im Profil gar kein Feld für SSO.',
  ],
  [
    'forticlient-too-old',
    'Ich habe Linux mit dem kostenlosen FortiClient, da gibt es kein IPsec in der Auswahl. Die Windows-Kollegen haben es.',
  ],
  [
    'forticlient-too-old',
    "My FortiClient 6.4.8 cannot do IKEv2 with SAML, the option isn't there. On a PC with a newer version my account works.",
  ],
  [
    'login-certificate-expired',
    'Das Zertifikat der VPN-Seite ist gestern abgelaufen, seitdem verweigert FortiClient die Verbindung.',
  ],
  [
    'login-certificate-expired',
    'SSO geht seit heute nicht. Das SAML-Zertifikat in Entra ist laut Portal seit gestern abgelaufen, ein neues gibt es noch nicht.',
  ],
  [
    'login-certificate-expired',
    'The LDAPS certificate of the domain controller was valid until 31 October; since 1 November no AD user gets in.',
  ],
  [
    'ssl-vpn-removed',
    'Am Samstag haben wir die Box von 7.4.8 auf 7.6.4 gehoben. Seither kommt keiner rein, und in der Oberfläche finde ich den Menüpunkt SSL-VPN nicht mehr. Was sage ich den Leuten?',
  ],
  [
    'ssl-vpn-removed',
    'On Saturday we updated the firewall from 7.4.8 to 7.6.4. FortiClient stops at 10% and SSL-VPN Settings is not there anymore in the menu, only IPsec. Is there a switch to show it again?',
  ],
];
