/** What is used of it; the published types need those of a browser. */
declare module 'papaparse' {
  const Papa: {
    parse(
      text: string,
      options: { readonly delimiter: string },
    ): { readonly data: readonly string[][]; readonly errors: readonly unknown[] };
    unparse(
      rows: readonly Readonly<Record<string, string>>[],
      options: { readonly escapeFormulae: boolean; readonly newline: string },
    ): string;
  };
  export default Papa;
}
