import { find } from './find.ts';

const KEY = 'ftm-check-theme';
const button = find('theme', HTMLButtonElement);

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

function name(): void {
  button.textContent = isDark() ? 'Light theme' : 'Dark theme';
}

/** Follows the system until the person chooses; a browser may refuse to remember the choice of a local file. */
export function startTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
  } catch {
    // The system's theme is used.
  }
  name();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    name();
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // The choice lasts until the page is closed.
    }
  });
}
