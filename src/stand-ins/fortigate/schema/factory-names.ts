/** Entries that every device has although no backup prints them, and that other entries may name. */
export const FACTORY_CERTIFICATES: readonly string[] = [
  'Fortinet_Factory',
  'Fortinet_Factory_Backup',
  'Fortinet_GUI_Server',
  'Fortinet_SSL',
  'self-sign',
];

export const FACTORY_PROFILES: readonly string[] = ['super_admin', 'super_admin_readonly', 'prof_admin'];

export const FACTORY_SERVICES: readonly string[] = [
  'ALL',
  'ALL_TCP',
  'ALL_UDP',
  'ALL_ICMP',
  'DNS',
  'HTTP',
  'HTTPS',
  'IKE',
  'PING',
  'SNMP',
  'SSH',
  'TELNET',
];

/** Servers of a device without configured ones: primary and secondary. */
export const FORTIGUARD_DNS = ['96.45.45.45', '96.45.46.46'] as const;
