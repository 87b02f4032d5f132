export interface JumpSpec {
  readonly host: string;
  readonly user?: string | undefined;
  readonly port?: string | undefined;
}

const SPEC = /^(?:ssh:\/\/)?(?:([^@\s]+)@)?(?:\[([^\]\s]+)\]|([^:@\s/]+))(?::(\d{1,5}))?\/?$/;

/** The value of `ProxyJump`, in connection order; empty for `none`. */
export function parseJumps(value: string): readonly JumpSpec[] | 'unreadable' {
  if (value.toLowerCase() === 'none') return [];
  const jumps: JumpSpec[] = [];
  for (const part of value.split(',')) {
    const [, user, bracketed, plain, port] = SPEC.exec(part.trim()) ?? [];
    const host = bracketed ?? plain;
    if (host === undefined) return 'unreadable';
    jumps.push({ host, user, port });
  }
  return jumps;
}
