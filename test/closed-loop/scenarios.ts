import type { Scenario } from './scenario.ts';
import { PATH_SCENARIOS } from './scenarios-path.ts';
import { PUSH_SCENARIOS } from './scenarios-push.ts';
import { USER_SCENARIOS } from './scenarios-user.ts';

export const SCENARIOS: readonly Scenario[] = [...PUSH_SCENARIOS, ...PATH_SCENARIOS, ...USER_SCENARIOS];
