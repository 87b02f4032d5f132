import { decodeAlert, type TlsAlert } from './tls-alerts.ts';

export type FtmPushEvent =
  | { readonly kind: 'push-connecting'; readonly address: string; readonly port: number }
  | { readonly kind: 'push-head' }
  | ({ readonly kind: 'push-body' } & PushBody)
  | { readonly kind: 'tls-start' }
  | { readonly kind: 'tls-done' }
  | { readonly kind: 'tls-alert'; readonly alert: TlsAlert }
  /** `side` is the role of the FortiGate: it accepts a phone's answer, or connects to the push server. */
  | { readonly kind: 'tls-step'; readonly side: 'accept' | 'connect'; readonly step?: string };

/** The readable part of the pushed JSON, which a console may cut anywhere. */
export interface PushBody {
  /** False for a later line of a wrapped body. */
  readonly first: boolean;
  readonly vdom?: string;
  readonly platform?: string;
  readonly tokenSerial?: string;
}

/** `nubmer` is FortiOS's own spelling. */
const CONNECTING = /^Connecting to server address: (\S{1,64}), port n\w{1,8}: (\d{1,5})/;
const SSL_INFO = /^SSL: \(where=0x([0-9a-f]{1,8}) ret=0x([0-9a-f]{1,8})\)/;
/** `SSL: SSL_accept:SSLv3/TLS write finished`; behind `SSL: (where=0x2001 ret=0x1)` some releases print it without `SSL: `. */
const SSL_STEP = /^(?:SSL: )? ?SSL_(accept|connect):(.{0,120})/;
const SENDER_VDOM = /"sender": ?"FGT-(?:<[^<>"]{1,60}>|[^-"]{1,40})-([^"]{1,64})"/;
const PLATFORM = /"platform": ?"([^"]{1,32})"/;
const TOKEN_SERIAL = /\\?"sn\\?": ?\\?"([^"\\]{1,64})\\?"/;

export function readFtmPushEvent(text: string): FtmPushEvent | undefined {
  if (text.startsWith('SSL: ') || SSL_STEP.test(text)) return readTls(text);
  if (text.startsWith('User-Agent: fortinet/')) return { kind: 'push-head' };
  const connecting = CONNECTING.exec(text);
  if (connecting) {
    return { kind: 'push-connecting', address: connecting[1] ?? '', port: Number(connecting[2]) };
  }
  return readBody(text);
}

function readBody(text: string): FtmPushEvent | undefined {
  const first = text.startsWith('{"sender":');
  const vdom = SENDER_VDOM.exec(text)?.[1];
  const platform = PLATFORM.exec(text)?.[1];
  const tokenSerial = TOKEN_SERIAL.exec(text)?.[1];
  if (!first && platform === undefined && tokenSerial === undefined) return undefined;
  return { kind: 'push-body', first, vdom, platform, tokenSerial };
}

/** The OpenSSL info callback: `where` is a set of SSL_CB_* bits (domain notes §3.2). */
function readTls(text: string): FtmPushEvent | undefined {
  const step = SSL_STEP.exec(text);
  if (step) {
    return { kind: 'tls-step', side: step[1] === 'connect' ? 'connect' : 'accept', step: step[2] ?? '' };
  }
  const info = SSL_INFO.exec(text);
  if (!info) return undefined;
  const where = Number.parseInt(info[1] ?? '', 16);
  if (where === 0x10) return { kind: 'tls-start' };
  if (where === 0x20) return { kind: 'tls-done' };
  if ((where & 0x4000) !== 0) {
    return { kind: 'tls-alert', alert: decodeAlert(Number.parseInt(info[2] ?? '', 16), where) };
  }
  if ((where & 0x2000) !== 0) return { kind: 'tls-step', side: 'accept' };
  return (where & 0x1000) !== 0 ? { kind: 'tls-step', side: 'connect' } : undefined;
}
