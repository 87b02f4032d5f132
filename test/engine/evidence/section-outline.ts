import { toSections } from '../../../src/engine/evidence/sections.ts';
import type { Section } from '../../../src/engine/evidence/types.ts';

export const PUSH_CONFIG =
  'config system ftm-push\n    set server "vpn.example.com"\n    set status enable\nend';

export const SSLVPN = '[5784:root:d9]sslvpn_authenticate_user:192 authenticate user: [marlow]';

export const FNBAMD = "[2183] __match_and_update_auth_user-Found a matching user in CMDB 'marlow'";

export function cut(text: string): readonly Section[] {
  return toSections({ name: 'paste 1', text });
}

/** `kind start+lines (command) [vdom] !failure`, one for each section. */
export function outline(text: string): readonly string[] {
  return cut(text).map((section) =>
    [
      `${section.kind} ${section.start}+${section.lines.length}`,
      section.command && `(${section.command})`,
      section.vdom && `[${section.vdom}]`,
      section.failure && `!${section.failure.kind}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}
