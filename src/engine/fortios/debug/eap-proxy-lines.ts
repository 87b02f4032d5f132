/**
 * eap_proxy is an internal RADIUS server for EAP. Its lines are those of hostapd; on some releases after a time in
 * seconds since the epoch, which another time of day may follow (article 227138).
 */
const LINE =
  /^(?:\d{10}\.\d{6}: )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:EAP: |EAP-[A-Z0-9]{2,12}: |eap_comm_\w{1,40}:\d|RADIUS SRV: |CTRL-EVENT-EAP-)/;

/** They name no user and no session: they only show that the debug was enabled. */
export function isEapProxyLine(body: string): boolean {
  return LINE.test(body);
}
