import type { DescriptionRow } from './row.ts';

/** Descriptions of logins that fail at the way, the password, the directory or RADIUS. */
export const LOGIN_DESCRIPTIONS: readonly DescriptionRow[] = [
  [
    'vpn-port-unreachable',
    'Seit dem Routertausch am Montag kommt von außen keiner mehr ins VPN, der FortiClient bricht bei 10 % ab. Im Büro selbst lässt sich die VPN-Seite öffnen. Der Techniker vom Anbieter hat den neuen Router einfach angesteckt, Portweiterleitungen hat er keine eingerichtet.',
  ],
  [
    'vpn-port-unreachable',
    'Wir haben einen neuen Internetanschluss und damit eine neue feste IP-Adresse. Die Clients bekommen keine Verbindung, in den Profilen steht noch die alte Adresse. Der Mitschnitt auf der Firewall zeigt von den Clients kein einziges Paket.',
  ],
  [
    'vpn-port-unreachable',
    'In the dorm network FortiClient stays at 10 percent, as soon as I use my phone as hotspot it goes through. Others at home have no trouble with the VPN. Must I reinstall?',
  ],
  [
    'source-interface-missing',
    'Wir haben eine zweite Leitung bekommen (wan2). Wer über die neue Adresse kommt, bleibt bei 10 % hängen, über die alte geht es. In den SSL-VPN-Einstellungen ist unter „Auf Schnittstelle(n) lauschen“ nur wan1 eingetragen.',
  ],
  [
    'source-interface-missing',
    'After moving the internet line to port5 the VPN page is dead from outside. The sniffer sees the SYNs on port5, the FortiGate sends nothing back. source-interface is still wan.',
  ],
  [
    'source-interface-missing',
    'Pakete kommen auf der neuen Schnittstelle an, die Firewall antwortet aber nicht. SSL-VPN lauscht nur auf der alten Leitung.',
  ],
  [
    'source-address-restricted',
    'Aus dem Büro in Graz klappt das VPN, aus dem Homeoffice bleibt es bei 10 % stehen. In den SSL-VPN-Einstellungen ist „Zugriff auf bestimmte Hosts beschränken“ gewählt, und da steht nur das Büro drin.',
  ],
  [
    'source-address-restricted',
    'Wren is in Portugal this week and cannot connect, 10 percent and then the server may be unreachable. In the SSL-VPN settings access is limited to an address object for Germany (geography).',
  ],
  [
    'source-address-restricted',
    'Desde casa no conecta nadie, desde la oficina sí. Restringimos el acceso a hosts específicos en los ajustes de SSL-VPN y solo pusimos la sede.',
  ],
  [
    'vpn-port-taken',
    'Wenn ich die VPN-Adresse im Browser aufrufe, kommt die Verwaltungsseite der Firewall statt der VPN-Seite. Der FortiClient bleibt bei 10 % stehen. Ein Kollege hat gestern den HTTPS-Port der Verwaltung auf 10443 gestellt, das ist auch unser VPN-Port.',
  ],
  [
    'vpn-port-taken',
    'Seit Dienstag zeigt https://198.51.100.7 die Anmeldung unseres NAS und nicht mehr das VPN. Für das NAS wurde eine virtuelle IP mit Port 443 angelegt, FortiClient meldet, der Server sei nicht erreichbar.',
  ],
  [
    'vpn-port-taken',
    'Our VPN is on 443. Since a VIP for the new mail server was made, FortiClient gets no further than ten percent and the browser shows the webmail.',
  ],
  [
    'ssl-vpn-not-serving',
    'Seit heute Nacht kommt niemand rein, FortiClient 10 %. In den SSL-VPN-Einstellungen steht der Schalter ganz oben auf aus.',
  ],
  [
    'ssl-vpn-not-serving',
    'Nach dem Aufräumen der Firewallregeln geht SSL-VPN für keinen mehr. Die Regel mit ssl.root als Quelle ist gelöscht, FortiClient sagt Server nicht erreichbar.',
  ],
  [
    'ssl-vpn-not-serving',
    'The ssl.root interface was set down by a colleague who thought it was unused. All FortiClients stop at 10 percent since.',
  ],
  [
    'server-certificate-untrusted',
    'Beim Verbinden warnt FortiClient, dass dem Zertifikat nicht vertraut wird. In den SSL-VPN-Einstellungen ist Fortinet_Factory gewählt. Wer auf Ja klickt, kommt rein.',
  ],
  [
    'server-certificate-untrusted',
    'FortiClient meldet seit dem Umzug auf vpn2.brant.example einen Zertifikatsfehler, der Name im Zertifikat ist noch vpn.brant.example.',
  ],
  [
    'server-certificate-untrusted',
    'The browser shows the padlock crossed out for our VPN page and FortiClient warns about an untrusted certificate. It was issued by our internal CA, and the private laptops do not know it.',
  ],
  [
    'ike-udp-blocked',
    'IPsec-VPN geht im Hotel-WLAN nicht, Zeitüberschreitung. Sobald ich den Hotspot vom Handy nehme, bin ich sofort drin.',
  ],
  [
    'ike-udp-blocked',
    'Beim Kunden kommt unser IPsec-Tunnel nicht hoch. Deren Admin sagt, raus darf nur TCP 80 und 443, UDP ist komplett gesperrt.',
  ],
  [
    'ike-udp-blocked',
    'Nella rete della biblioteca la VPN IPsec va in timeout, con i dati del cellulare si collega subito. Gli altri da casa non hanno problemi.',
  ],
  [
    'local-password-wrong',
    'Herr Merle hat ein lokales Konto auf der Firewall. Ich habe ihm gestern ein neues Passwort gesetzt, im FortiClient ist aber noch das alte gespeichert, er bekommt „Permission denied“.',
  ],
  [
    'local-password-wrong',
    'Lokaler Benutzer, kein AD. Sein Kennwort enthält ein ß und ein y, am Hotelrechner mit englischer Tastatur wird er abgelehnt, zu Hause geht es.',
  ],
  [
    'local-password-wrong',
    'Our trainee has a local account on the FortiGate. She keeps typing her Windows password, which was changed last week, and the VPN refuses it.',
  ],
  [
    'local-account-expired-or-disabled',
    'Frau Amsel kommt seit ihrer Elternzeit nicht mehr ins VPN. Ihr lokaler Benutzer auf der FortiGate ist als deaktiviert markiert.',
  ],
  [
    'local-account-expired-or-disabled',
    'Das VPN-Kennwort meines lokalen Kontos auf der Firewall ist nach 90 Tagen abgelaufen, seitdem heißt es nur Permission denied.',
  ],
  [
    'local-account-expired-or-disabled',
    'The local user plover is refused. show user local has set status disable in her entry. The other local users get in.',
  ],
  [
    'ldap-bind-account-refused',
    'Seit gestern Abend kommt kein AD-Benutzer mehr ins VPN, lokale Benutzer schon. Gestern wurde das Kennwort des Dienstkontos geändert, mit dem die Firewall das AD abfragt.',
  ],
  [
    'ldap-bind-account-refused',
    'Alle Domänenbenutzer werden abgelehnt. Beim LDAP-Server sagt „Verbindung testen“: Ungültige Anmeldedaten. Das Konto svc-forti ist im AD abgelaufen.',
  ],
  [
    'ldap-bind-account-refused',
    'Every LDAP user is denied since this morning. The bind account ldapreader got locked out in AD after somebody tried it on another system.',
  ],
  [
    'ldap-user-not-found',
    'Die Kollegen aus der neuen OU Vertrieb-Nord werden im VPN abgelehnt, alle anderen kommen rein. Im LDAP-Server auf der FortiGate steht als Distinguished Name nur OU=Zentrale.',
  ],
  [
    'ldap-user-not-found',
    'Mit „Max Merle“ als Benutzername klappt die Anmeldung, mit mmerle nicht. Im LDAP-Eintrag steht als Common Name Identifier cn.',
  ],
  [
    'ldap-user-not-found',
    'We moved the lab people into another OU. Their VPN logins are denied since; the base DN in the LDAP entry covers the old one only.',
  ],
  [
    'ldap-user-refused',
    'Nur Frau Drossel wird abgelehnt, alle anderen AD-Benutzer kommen rein. Ihr Konto ist im Active Directory gesperrt, weil sie sich zu oft vertippt hat.',
  ],
  [
    'ldap-user-refused',
    'Neuer Mitarbeiter, VPN sagt Anmeldung fehlgeschlagen. Im AD ist bei ihm „Benutzer muss Kennwort bei der nächsten Anmeldung ändern“ angehakt.',
  ],
  [
    'ldap-user-refused',
    "My Windows password expired while I was on holiday, and now the VPN refuses me, webmail too. It's an AD account. My colleagues get in.",
  ],
  [
    'ldap-server-unreachable',
    'Der einzige Domänencontroller, der beim LDAP-Server eingetragen ist, wurde am Wochenende abgeschaltet. Seitdem werden alle AD-Benutzer nach ein paar Sekunden abgelehnt, lokale kommen rein.',
  ],
  [
    'ldap-server-unreachable',
    'Kein LDAP-Benutzer kommt ins VPN, lokale Konten gehen. Der LDAP-Server ist von der Firewall aus nicht erreichbar, seit die Route ins Rechenzentrum weg ist.',
  ],
  [
    'ldap-server-unreachable',
    'The DC got a new IP last night, the LDAP server entry on the FortiGate still has the old one. All domain users time out, the local admin gets in.',
  ],
  [
    'ldaps-certificate-untrusted',
    'Seit wir auf LDAPS umgestellt haben, kommt kein AD-Benutzer mehr rein. Mit Port 389 ohne Verschlüsselung geht es. Das CA-Zertifikat der Domäne ist auf der FortiGate nicht importiert.',
  ],
  [
    'ldaps-certificate-untrusted',
    'Nach dem Update auf 7.4 schlägt der Verbindungstest zum LDAP-Server fehl, sobald „Sichere Verbindung“ an ist. Das Zertifikat des Domänencontrollers kommt von unserer internen CA.',
  ],
  [
    'ldaps-certificate-untrusted',
    'The domain controller got a new certificate from a different CA on Friday; LDAPS logins on the VPN have failed since, and without TLS they work.',
  ],
  [
    'ldap-group-mismatch',
    'Der LDAP-Test mit ihrem Kennwort auf der Firewall ist erfolgreich, trotzdem „Permission denied“. Sie ist im AD nicht in der Gruppe VPN-Benutzer.',
  ],
  [
    'ldap-group-mismatch',
    'Wir haben die Leute über eine verschachtelte Gruppe in die VPN-Gruppe genommen. Direkte Mitglieder kommen rein, die anderen nicht. AD über LDAP.',
  ],
  [
    'ldap-group-mismatch',
    'Test User Credentials in the LDAP server is green for Linnet, but the VPN denies her. She was taken out of the AD group for remote work when she changed team.',
  ],
  [
    'radius-server-unreachable',
    'Kein RADIUS-Benutzer kommt mehr rein, es dauert zehn Sekunden und dann Fehler. Der NPS-Dienst ist seit dem Patchday nicht gestartet.',
  ],
  [
    'radius-server-unreachable',
    'Der RADIUS-Server antwortet der FortiGate nicht. Seit wir die Firewall-IP geändert haben, kennt NPS sie nicht mehr als RADIUS-Client.',
  ],
  [
    'radius-server-unreachable',
    'Test Connectivity on the RADIUS server runs into a timeout, UDP 1812 is closed by the datacentre firewall since last night. Local users are fine.',
  ],
  [
    'radius-authenticator-invalid',
    'Seit dem Update auf 7.2.10 schlagen alle RADIUS-Anmeldungen fehl. Der Test sagt „No message-authenticator attribute“.',
  ],
  [
    'radius-authenticator-invalid',
    'Der RADIUS-Test meldet „Invalid secret for the server“, nachdem wir den NPS neu aufgesetzt haben. Keiner kommt rein.',
  ],
  [
    'radius-authenticator-invalid',
    'We changed the shared secret on the NPS side yesterday and forgot the FortiGate. All RADIUS logins fail.',
  ],
  [
    'radius-rejected',
    'Im NPS-Log steht Ereignis 6273 mit Ursachencode 48 für den Benutzer, alle anderen kommen rein.',
  ],
  [
    'radius-rejected',
    'Unser FreeRADIUS schickt ein Access-Reject, obwohl das Kennwort stimmt. Er kann nur PAP, auf der FortiGate ist MS-CHAP-v2 eingestellt.',
  ],
  [
    'radius-rejected',
    'NPS denies Siskin with reason code 66, everybody else gets in. The firewall talks to NPS without a problem.',
  ],
  [
    'radius-group-attribute-missing',
    'NPS schreibt „Zugriff gewährt“ (6272), die FortiGate lehnt trotzdem ab. In der NPS-Richtlinie fehlt das Attribut Fortinet-Group-Name.',
  ],
  [
    'radius-group-attribute-missing',
    'Der RADIUS-Server schickt Access-Accept, aber das VPN sagt Permission denied. In der Gruppe auf der Firewall ist als Gruppenname „VPN-User“ eingetragen, der Server sendet „vpnusers“.',
  ],
  [
    'radius-group-attribute-missing',
    'FreeRADIUS answers Access-Accept, the FortiGate refuses. If I leave the group name in the remote group empty it works.',
  ],
  [
    'username-format-mismatch',
    'Wer sich mit FIRMA\\name anmeldet, wird abgelehnt, wer nur den Namen ohne Domäne eingibt, kommt rein.',
  ],
  [
    'username-format-mismatch',
    'If I enter my e-mail address as user name the VPN refuses me. With the short name it works, same password.',
  ],
  [
    'vpn-client-certificate-rejected',
    'Seit „Client-Zertifikat erforderlich“ in den SSL-VPN-Einstellungen an ist, kommen nur noch Firmengeräte rein. Auf dem privaten Notebook ist kein Benutzerzertifikat installiert.',
  ],
  [
    'vpn-client-certificate-rejected',
    'FortiClient hat kein Zertifikat zur Auswahl und wird abgewiesen. SSL-VPN verlangt bei uns ein Benutzerzertifikat, ich habe seit gestern einen neuen Rechner.',
  ],
  [
    'vpn-client-certificate-rejected',
    'The new staff get user certificates from our new CA. SSL VPN drops them, the FortiGate has just the old CA imported.',
  ],
  [
    'auth-daemon-stuck',
    'Seit 9 Uhr hängt jede Anmeldung, egal ob lokal, LDAP oder RADIUS. Im Crashlog steht mehrfach fnbamd. Nach einem Neustart ging es letzte Woche wieder.',
  ],
  [
    'auth-daemon-stuck',
    'Niemand kann sich anmelden, weder lokale Benutzer noch AD, es dreht sich nur ewig. Ein Neustart der FortiGate hat es gestern behoben.',
  ],
  [
    'auth-daemon-stuck',
    'No login finishes: local users, AD users and admins over RADIUS all wait forever. We see fnbamd crashes.',
  ],
];
