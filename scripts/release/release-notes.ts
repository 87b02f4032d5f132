/** The section of a changelog for a version; what is under “Unreleased” if the version has none of its own. */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m);
  const named = (name: string) =>
    sections.find((section) => section.startsWith(`## ${name}\n`) || section.startsWith(`## ${name} `));
  const section = named(version) ?? named('Unreleased');
  const text = section?.slice(section.indexOf('\n')).trim() ?? '';
  if (text === '')
    throw new Error(`CHANGELOG.md says nothing about ${version}, and nothing is under “Unreleased”.`);
  return `# ftm-check ${version}\n\n${text}\n`;
}
