import type { DescriptionRow } from './row.ts';

/** Descriptions of causes of push, of the token and of the phone. */
export const PUSH_DESCRIPTIONS: readonly DescriptionRow[] = [
  [
    'push-disabled',
    'None of our staff is ever asked on the handset; typing the number from the app is fine. `get system ftm-push` begins with status : disable, the remaining lines look complete to me.',
  ],
  [
    'push-disabled',
    'After the maintenance window Mr Wren had turned the push service off for a test and I think he forgot to turn it back on. Since then no smartphone gets a request.',
  ],
  [
    'push-disabled',
    'Seit dem Umbau bekommt kein Handy mehr eine Anfrage, der getippte Code wird akzeptiert. In der Ausgabe von ftm-push steht bei status das Wort disable.',
  ],
  [
    'push-address-missing',
    'Enabling push on the CLI ends with "Missing server address." What does the firewall want from me? I only typed the status line.',
  ],
  [
    'push-address-missing',
    'The field server in the FTM push settings is blank. Nobody receives a prompt on the phone, six digits are accepted.',
  ],
  [
    'push-address-missing',
    'Beim Einschalten von Push meldet die Konsole „Missing server address“ und verwirft alles.',
  ],
  [
    'push-legacy-server-ip',
    'Since the update from 6.4.6 to 7.2.5 no phone is asked. The block still has set server-ip 203.0.113.21, and the new line server shows nothing.',
  ],
  [
    'push-legacy-server-ip',
    'I followed an old guide and typed set server-ip 198.51.100.40 on 7.0.14. The console says Missing server address.',
  ],
  [
    'push-legacy-server-ip',
    'Nach dem Update auf 7.0.12 kommt keine Benachrichtigung mehr. In der Sicherung steht server-ip 203.0.113.9, das Feld server ist leer.',
  ],
  [
    'push-address-conflict',
    'With 7.6.5 I want both: server 203.0.113.14 and, for failover, set interface wan2 in config system ftm-push. The firewall rejects it when I type end.',
  ],
  [
    'push-address-conflict',
    'Im Push-Dialog habe ich zum Server noch bei Interface wan1 gewählt. Beim Speichern kommt ein Fehler, einzeln geht jedes.',
  ],
  [
    'push-cert-missing',
    'People tap approve and the app complains about an invalid server certificate. On the push page of the firewall no certificate is selected.',
  ],
  [
    'push-cert-missing',
    "Beim Bestätigen meldet die App ein ungültiges Serverzertifikat. In der Konfiguration von ftm-push steht set server-cert ''.",
  ],
  [
    'push-cert-untrusted',
    'We put a certificate of our internal PKI on the FortiGate for push. When users approve, FortiToken says that it cannot verify the server.',
  ],
  [
    'push-cert-untrusted',
    'Le certificat choisi pour le push a expiré samedi. Depuis, quand on approuve, l’application affiche que le certificat du serveur n’est pas valide.',
  ],
  [
    'push-cert-untrusted',
    'Approving ends with the message that the app could not validate the certificate of the server. It is self-signed and was made on the firewall.',
  ],
  [
    'wan-ftm-access-missing',
    'The prompt comes up, tapping Approve changes nothing. `show system interface wan1` has set allowaccess ping https ssh.',
  ],
  [
    'wan-ftm-access-missing',
    'Prompts appear, the approval is without effect. Under administrative access of port1 the box FTM is not ticked.',
  ],
  [
    'wan-ftm-access-missing',
    'La notifica arriva, ma toccare Approva non ha effetto. Nell’interfaccia wan1 manca ftm tra gli accessi amministrativi.',
  ],
  [
    'wan-ftm-access-missing',
    'Die Anfrage erscheint, Bestätigen bleibt wirkungslos. Beim WAN-Interface fehlt in allowaccess das ftm.',
  ],
  [
    'admin-trusthost-blocks-callback',
    'Since every administrator of the firewall got trusted hosts, the approve button on the phones does nothing, although the request still pops up.',
  ],
  [
    'admin-trusthost-blocks-callback',
    'Alle Administratoren haben jetzt vertrauenswürdige Hosts. Seither verpufft jede Bestätigung am Handy, obwohl ftm in allowaccess steht.',
  ],
  [
    'admin-trusthost-blocks-callback',
    'Le mois dernier nous avons limité tous les comptes administrateurs à nos adresses (hôtes de confiance). La demande s’affiche, mais approuver ne donne rien.',
  ],
  [
    'port-conflict-admin-https',
    'We moved the web GUI of the firewall to port 4433 last month. Since then, hitting Approve on the phone has no effect.',
  ],
  [
    'port-conflict-admin-https',
    'Wenn ich https://203.0.113.30:4433 öffne, erscheint die Anmeldeseite der Firewall für Administratoren. Das Bestätigen am Handy bleibt ohne Wirkung.',
  ],
  [
    'port-conflict-admin-https',
    'admin-sport is 8443 and I set server-port of push to the same port. The prompt is shown, approving is ignored.',
  ],
  [
    'port-conflict-ssl-vpn',
    'Our SSL VPN listens on 4433 for historical reasons. The request reaches the phones, but approving it leads nowhere.',
  ],
  [
    'port-conflict-ssl-vpn',
    'Das SSL-VPN läuft auf Port 4433, Push haben wir nie verstellt. Die Meldung kommt, nach dem Bestätigen passiert nichts.',
  ],
  [
    'port-conflict-ssl-vpn',
    'Abrí https://198.51.100.9:4433 y sale el portal de la VPN SSL. El aviso llega al móvil, pero aprobar no tiene efecto.',
  ],
  [
    'port-conflict-vip',
    'Yesterday a virtual IP for the camera recorder was created that maps the WAN address completely. Now approvals from the phones have no effect.',
  ],
  [
    'port-conflict-vip',
    'Wir haben für den Webserver ein 1:1-NAT auf unsere einzige öffentliche Adresse gelegt. Seitdem kommt die Bestätigung vom Handy nicht mehr an.',
  ],
  [
    'port-conflict-ike-tcp',
    'IPsec over TCP was switched on with port 4433. Since then tapping approve is ignored, the prompts still come.',
  ],
  [
    'port-conflict-ike-tcp',
    'Depuis qu’on a activé IPsec sur TCP avec le port 4433, approuver sur le téléphone ne sert à rien.',
  ],
  [
    'push-address-private',
    'In the push settings the server is 192.168.20.1. Prompts come, but approving on LTE times out; inside the building it works.',
  ],
  [
    'push-address-private',
    'Bei Push steht als Server 10.20.0.1. Die Anfrage kommt, aber das Bestätigen läuft ins Leere.',
  ],
  [
    'push-address-private',
    'Nas definições do push o servidor é 172.16.4.1. O pedido aparece, mas aprovar não faz nada fora do escritório.',
  ],
  [
    'push-address-stale',
    'We have a new provider since Monday and so a new public address. Push still has 198.51.100.7 as server. The request comes, approving does nothing.',
  ],
  [
    'push-address-stale',
    'Seit dem Providerwechsel bringt das Bestätigen nichts mehr. In den Push-Einstellungen steht noch die alte Adresse 203.0.113.8.',
  ],
  [
    'push-address-stale',
    'Han cambiado nuestra IP pública y en el servidor de push sigue la antigua. El aviso llega, pero aprobar no sirve de nada.',
  ],
  [
    'push-fqdn-mismatch',
    'The push server is vpn.plover.example, and this name points to 203.0.113.3, but the firewall has 203.0.113.30. Approvals from phones vanish.',
  ],
  [
    'push-fqdn-mismatch',
    'In den Push-Einstellungen steht der Name gw.marlow.example. nslookup liefert 198.51.100.4, die Firewall hat 198.51.100.14. Bestätigen bewirkt nichts.',
  ],
  [
    'push-port-mismatch',
    'I changed server-port for push to 10443. The provider’s router still forwards 4433 only. Prompts arrive, approvals time out.',
  ],
  [
    'push-port-mismatch',
    'Wir haben den Push-Port auf 8443 geändert, im Router davor ist aber weiterhin 4433 weitergeleitet. Das Bestätigen kommt nicht an.',
  ],
  [
    'wrong-vdom-scope',
    'In VDOM mode I enter the VDOM of the customer and type config system ftm-push; it is not there: command parse error.',
  ],
  ['wrong-vdom-scope', 'Ich bin im VDOM KUNDE-A und der Befehl config system ftm-push ist unbekannt.'],
  [
    'upstream-nat-not-forwarded',
    'In front of the FortiGate is a FRITZ!Box that forwards only 443 to it. The prompt arrives on the phone, approve times out.',
  ],
  [
    'upstream-nat-not-forwarded',
    'Unser FortiGate hängt hinter dem Router des Providers, der nur 443 weiterleitet. Die Meldung kommt, Bestätigen bewirkt nichts.',
  ],
  [
    'upstream-nat-not-forwarded',
    'The FortiGate is behind the ISP router. Sniffing port 4433 while someone approves shows no packets at all.',
  ],
  [
    'local-in-policy-denies',
    'A colleague added local-in policies that deny everything except IKE. Since then approvals from the phone are lost.',
  ],
  [
    'local-in-policy-denies',
    'The flow debug says check failed on policy 7, drop, each time a user presses approve.',
  ],
  [
    'local-in-policy-denies',
    'Wir haben eine local-in-policy gegen Scanner angelegt, seitdem kommt die Bestätigung vom Handy nicht mehr durch.',
  ],
  [
    'callback-not-accepted',
    'When somebody approves, packets for port 4433 arrive on wan1, but the trace ends with check failed on policy 0, drop.',
  ],
  [
    'callback-not-accepted',
    'Die Pakete an Port 4433 kommen auf wan1 an, die Firewall verwirft sie mit policy 0.',
  ],
  [
    'callback-blocked-upstream',
    'In the hotel the approval never gets through on their Wi-Fi. As soon as I switch to mobile data it is accepted.',
  ],
  [
    'callback-blocked-upstream',
    'Im Gäste-WLAN der Messe kann ich nicht bestätigen, mit Mobilfunk klappt es sofort.',
  ],
  [
    'callback-blocked-upstream',
    'Dans le Wi-Fi de l’hôtel, approuver ne marche pas. En 4G, ça passe tout de suite.',
  ],
  [
    'callback-asymmetric-route',
    'We have two providers. When a user approves, the SYN arrives on wan2 and the answer leaves by wan1.',
  ],
  [
    'callback-asymmetric-route',
    'Zwei Leitungen: Beim Bestätigen kommt das Paket auf wan2 herein, die Antwort geht über wan1 hinaus.',
  ],
  [
    'callback-hairpin',
    'Inside our office Wi-Fi approving has no effect, on 5G or from home it works at once.',
  ],
  [
    'callback-hairpin',
    'Im Firmen-WLAN bringt das Bestätigen nichts, über Mobilfunk oder von zu Hause klappt es.',
  ],
  ['callback-hairpin', 'Con el wifi de la oficina, aprobar no hace nada; con datos móviles funciona.'],
  [
    'ftm-access-wrong-interface',
    'FTM is allowed on wan1, but the push server address 203.0.113.60 belongs to wan2. Approving has no effect.',
  ],
  [
    'ftm-access-wrong-interface',
    'ftm ist nur auf dem internen Interface freigegeben. Die Meldung kommt, Bestätigen von draußen bewirkt nichts.',
  ],
  [
    'push-dns-failure',
    'execute ping push.fortinet.com answers Unable to resolve hostname. No phone gets a push.',
  ],
  [
    'push-dns-failure',
    'Der FortiGate kann push.fortinet.com nicht auflösen, deshalb bekommt kein Handy eine Anfrage.',
  ],
  [
    'push-dns-failure',
    'Depuis le changement des serveurs DNS, le FortiGate ne résout plus push.fortinet.com et aucun téléphone ne reçoit de notification.',
  ],
  [
    'push-proxy-unreachable',
    'The firewall of our parent company blocks outgoing connections of the FortiGate. Phones get no push, the name push.fortinet.com resolves.',
  ],
  [
    'push-proxy-unreachable',
    'Le FortiGate n’arrive pas à joindre push.fortinet.com en 443, le pare-feu central bloque. Aucune notification sur les téléphones.',
  ],
  [
    'push-proxy-unreachable',
    'Die Zentrale sperrt ausgehende Verbindungen der Firewall. Seitdem kommt auf keinem Handy eine Anfrage an.',
  ],
  [
    'push-tls-inspected',
    'Our data centre now decrypts TLS for all servers. Since then no push arrives; the certificate of push.fortinet.com is from our own CA.',
  ],
  [
    'push-tls-inspected',
    'Seit die Zentrale SSL-Inspektion macht, kommt keine Push-Nachricht mehr. Codes gehen.',
  ],
  [
    'fortiguard-proxy-wrong',
    'In the FortiGuard settings an old proxy is entered that no longer exists. Since the update to 7.4.4 phones get no push.',
  ],
  [
    'fortiguard-proxy-wrong',
    'Das Kennwort des Proxys wurde geändert, in config system fortiguard steht noch das alte. Kein Handy bekommt eine Push-Meldung.',
  ],
  [
    'push-egress-unsuitable',
    'The request to push.fortinet.com leaves via the MPLS line, which has no Internet. Phones stay silent.',
  ],
  [
    'push-egress-unsuitable',
    'Die Verbindung zu push.fortinet.com geht über die MPLS-Leitung raus, die kein Internet hat. Die Handys bleiben stumm.',
  ],
  [
    'token-server-unreachable',
    'Assigning a mobile token fails. diagnose fortitoken info prints Token server status: unreachable. Existing users are fine.',
  ],
  [
    'token-server-unreachable',
    'Neue Token lassen sich nicht zuweisen, fds1.fortinet.com ist nicht erreichbar. Alte Benutzer kommen rein.',
  ],
  [
    'device-unregistered',
    'The FortiGate was never registered with Fortinet. There are no tokens in the list, not even the two free ones.',
  ],
  [
    'device-unregistered',
    'Wir haben eine gebrauchte 60F gekauft, sie ist noch nicht registriert. Die Tokenliste ist leer.',
  ],
  [
    'token-server-is-fortimanager',
    'FortiGuard comes from our FortiManager. New tokens cannot be activated on any of the firewalls.',
  ],
  [
    'token-server-is-fortimanager',
    'Alle Updates kommen vom FortiManager. Ein neuer Token lässt sich nicht zuweisen, die bisherigen gehen.',
  ],
  [
    'cloud-communication-disabled',
    'For compliance cloud-communication was set to disable. Phones get no push and tokens cannot be activated.',
  ],
  [
    'cloud-communication-disabled',
    'Wegen Datenschutz steht cloud-communication auf disable. Seither kommt keine Anfrage aufs Handy.',
  ],
  [
    'token-not-activated',
    'My FortiToken app is empty. The VPN asks me for a code. I got a mail with a QR code but have not opened it.',
  ],
  [
    'token-not-activated',
    'Die App zeigt keinen Token an. Der Status auf der Firewall ist „Pending“. Die Mail mit dem QR-Code hat er nie geöffnet.',
  ],
  [
    'token-not-activated',
    'La app FortiToken está vacía y el estado del token es pendiente. El correo con el código QR está sin abrir.',
  ],
  [
    'token-activation-expired',
    'She scanned the QR code two weeks after the mail came, and the app says that the activation code has expired.',
  ],
  [
    'token-activation-expired',
    'Der Aktivierungscode ist abgelaufen, die App nimmt ihn nicht an. Die Mail ist zehn Tage alt.',
  ],
  [
    'phone-registration-stale',
    'Mr Plover has a new phone since Friday. The codes are accepted, but his old phone in the drawer rings instead.',
  ],

  [undefined, 'Push does not work for anybody. Please help.'],
  [undefined, 'The prompt comes, approve does nothing. We have not looked at the firewall yet.'],
  [undefined, 'Das Bestätigen am Handy bewirkt nichts. Ob ftm in allowaccess steht, weiß ich nicht.'],
  [
    undefined,
    'We plan to set trusted hosts for all administrators next week. Will approving on the phone still work?',
  ],
  [undefined, 'Is push switched off by default, and which port does it use?'],
  [
    undefined,
    'Approving works at home and in the hotel, everything is fine since you changed the address. Thanks!',
  ],
  [undefined, 'Our mail server has a virtual IP, and the VPN is slow since yesterday.'],
  [undefined, 'No se recibe el aviso en el móvil de un compañero. El resto bien.'],
  [undefined, 'My phone is lost. How do I get a new token?'],
  [undefined, 'The app shows a code, and it is refused. The FortiManager is ours.'],
  [undefined, 'Which addresses has push.fortinet.com? We want to permit them in our firewall.'],
  [
    undefined,
    'Ticked on wan1 are PING, HTTPS, SSH and FTM. The prompt is shown, approving it has no effect.',
  ],
  [
    'phone-registration-stale',
    'Bea swapped her handset on Saturday with the cable transfer. Since then no message pops up on the new phone, but on the old phone, which lies in her drawer, the message pops up. She reads the digits there. Does she have to bring it in?',
  ],
  [
    'callback-blocked-upstream',
    'in the office of the customer push approve spins, then connection error. wifi of the customer off (4G) = works at once. is it her phone?',
  ],
  [
    'callback-blocked-upstream',
    'Depuis le bureau de notre client, la notification arrive sur son téléphone, elle appuie sur Approuver et puis plus rien. Si elle coupe le Wi-Fi et passe en 4G, ça marche. Est-ce que je peux changer quelque chose chez nous ?',
  ],
];
