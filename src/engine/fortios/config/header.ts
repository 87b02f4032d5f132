import type { ConfigHeader } from './types.ts';

const HEADER = /^#config-version=([\w-]{1,60}?)-(\d+\.\d+(?:\.\d+)?)-FW-build(\d+)-\d+(?::(.*))?$/;

/** `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=…`; `line` is 1-based. */
export function parseHeader(text: string, line: number): ConfigHeader | undefined {
  const match = HEADER.exec(text.slice(0, 500));
  const [, model, version, build, options = ''] = match ?? [];
  if (model === undefined || version === undefined || build === undefined) return undefined;
  return { model, version, build, multiVdom: options.split(':').includes('vdom=1'), line, text };
}

const ONE_VDOM = /^#global_vdom=0:vd_name=([\w-]{1,31})(?:\/[\w-]{1,31})?$/;

/** The VDOM of a backup of one VDOM only, from its line `#global_vdom=0:vd_name=root/root`. */
export function parseOnlyVdom(text: string): string | undefined {
  return ONE_VDOM.exec(text.slice(0, 200))?.[1];
}
