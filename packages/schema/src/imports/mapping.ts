import { z } from 'zod';

const header = z.string().min(1).max(200);
const text = z.string().max(4000);

/** Where the value of a field comes from. Exactly one of the shapes below. */
const source = z.union([
  header,
  z.strictObject({
    column: header,
    /** Replaces texts before they are read: `{ "Closed": "CLOSED" }`. `"*"` stands for any other text, `""` for an empty cell. */
    values: z.record(text, text).optional(),
    /** Form of dates, in the words of Luxon: `MM/dd/yyyy hh:mm:ss a`. */
    format: z.string().min(1).max(64).optional(),
    /** IANA zone of times without offset; the community's zone when absent. */
    zone: z.string().min(1).max(64).optional(),
  }),
  z.strictObject({
    /** Several columns as one text; empty ones are left out. `label` goes before the value. */
    parts: z
      .array(z.strictObject({ column: header, label: z.string().max(64).optional() }))
      .min(1)
      .max(30),
    separator: z.string().max(8).optional(),
    /** Text of rows in which all of them are empty. */
    otherwise: text.optional(),
  }),
  z.strictObject({ constant: text }),
  /** Numbers the rows 1, 2, … within each value of another field; rows that repeat an earlier one take no number. */
  z.strictObject({ sequenceWithin: z.string().min(1).max(64) }),
]);

/** How the columns of a file fill the fields of a resource. A field that is absent is not imported. */
export const importMapping = z.strictObject({
  columns: z.record(z.string().min(1).max(64), source),
  /** Texts that mean "nothing", compared without regard to case. */
  nulls: z.array(z.string().max(64)).max(50).optional(),
});

export type ImportMapping = z.infer<typeof importMapping>;
export type ImportSource = ImportMapping['columns'][string];

/** Resources that files can fill, by the name of their connection. */
export const importResourceNames = ['units', 'residents', 'tickets'] as const;
export type ImportResourceName = (typeof importResourceNames)[number];
