export const MB = 1024 * 1024;

/** Lines of an ordinary length, of a configuration, so that none of them is taken for a message of a daemon. */
export function configurationOf(bytes: number): string {
  const line = `    set comment "${'x'.repeat(46)}"\n`;
  return `config system dns\n${line.repeat(Math.ceil(bytes / 64))}end\n`;
}
