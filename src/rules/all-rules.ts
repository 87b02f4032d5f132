import { adminTrusthostBlocksCallback } from './admin-trusthost-blocks-callback/rule.ts';
import { pushDisabled } from './push-disabled/rule.ts';
import type { Rule } from './rule.ts';
import { wanFtmAccessMissing } from './wan-ftm-access-missing/rule.ts';

/** Every rule, in the order of the field notes. */
export const RULES: readonly Rule[] = [pushDisabled, wanFtmAccessMissing, adminTrusthostBlocksCallback].sort(
  (a, b) => a.number - b.number,
);
