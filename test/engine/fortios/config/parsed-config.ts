import { parseConfig } from '../../../../src/engine/fortios/config/parse.ts';

export function parse(text: string) {
  return parseConfig(text.split('\n'));
}
