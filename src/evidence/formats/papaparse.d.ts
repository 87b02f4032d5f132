/** What is used of it; the published types need those of a browser. */
declare module 'papaparse' {
  const Papa: {
    parse<T>(
      text: string,
      options: { readonly delimiter: string },
    ): { readonly data: readonly T[]; readonly errors: readonly unknown[] };
  };
  export default Papa;
}
