/** The part of the API that is used; the published types need browser types. */
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
