import { ENGLISH } from './en.ts';
import type { Language } from './language.ts';

export const LANGUAGES = { en: ENGLISH } as const satisfies Record<string, Language>;
