/** Separate from the schema, whose library takes longer to load than a pasted log takes to read. */
export const DIAGNOSIS_SCHEMA_ID = 'ftm-check/diagnosis@1';
