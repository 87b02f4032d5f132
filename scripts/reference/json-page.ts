import { z } from 'zod';
import { PRINTED, printedSchema } from '../published-schemas.ts';
import { code, table, WRITTEN } from './markdown.ts';

/** What this page shows of a JSON Schema. */
const node = z.object({
  $id: z.string().optional(),
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  description: z.string().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), node).optional();
  },
  get items() {
    return node.optional();
  },
  get anyOf() {
    return z.array(node).optional();
  },
});
type Node = z.infer<typeof node>;

const DOCUMENTS = [
  { title: 'A case', of: '`analyze` and `check HOST` with `--format json`', schema: PRINTED['diagnosis@1'] },
  {
    title: 'Several cases',
    of: '`analyze --each` and `check` of several devices',
    schema: PRINTED['cases@1'],
  },
  { title: 'A comparison', of: '`compare --format json`', schema: PRINTED['comparison@1'] },
  { title: 'A repeated diagnosis', of: '`replay RUN --json`', schema: PRINTED['replay@1'] },
  { title: 'History', of: '`history [DEVICE] --json`', schema: PRINTED['history@1'] },
  { title: 'What is stored', of: '`export NAME`', schema: PRINTED['export@1'] },
];

/** docs/reference/json.md: the fields of the JSON documents that the program prints. */
export function jsonPage(): string {
  return `${[
    WRITTEN,
    '# JSON',
    'The JSON documents that the program prints, one line for each field. The [JSON Schemas](../../schema) are the contract: within `@1`' +
      ' fields are only added. `[]` stands for each entry of a list, and a field with `?` may be missing.',
    ...DOCUMENTS.flatMap(({ title, of, schema }) => document(title, of, node.parse(printedSchema(schema)))),
  ].join('\n\n')}\n`;
}

function document(title: string, of: string, schema: Node): readonly string[] {
  return [
    `## ${title}`,
    `${of}. Schema: [\`${schema.$id}\`](../../schema/${(schema.$id ?? '').split('/').at(-1)}.json).`,
    table(['field', 'type', 'meaning'], fields(schema, '')),
  ];
}

function fields(parent: Node, path: string): readonly (readonly string[])[] {
  return Object.entries(parent.properties ?? {}).flatMap(([name, field]) => {
    const optional = parent.required?.includes(name) === true ? '' : '?';
    return [
      [code(`${path}${name}${optional}`), typeText(field), field.description ?? ''],
      ...below(field, `${path}${name}`),
    ];
  });
}

function below(field: Node, path: string): readonly (readonly string[])[] {
  if (field.properties) return fields(field, `${path}.`);
  if (field.items) return below(field.items, `${path}[]`);
  return (field.anyOf ?? []).flatMap((each) => below(each, path));
}

/** Such as `string`, `"ok" or "broken"`, `list of objects`. */
function typeText(field: Node): string {
  if (field.const !== undefined) return code(JSON.stringify(field.const));
  if (field.enum) return field.enum.map((value) => code(String(value))).join(', ');
  if (field.anyOf) return [...new Set(field.anyOf.map(typeText))].join(' or ');
  if (field.type === 'array') return field.items ? `list: ${typeText(field.items)}` : 'list';
  return field.type ?? 'any';
}
