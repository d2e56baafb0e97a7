import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { DateTime } from 'luxon';

const wrong = (name: string, form: string) =>
  new GraphQLError(`${name} must be ${form}`, { extensions: { code: 'BAD_USER_INPUT' } });

/** Years of four digits, of which 0 is none: what is beyond them the database refuses, or it comes back in another form. */
const isStorable = ({ year }: DateTime): boolean => year >= 1 && year <= 9999;

function textual(
  name: string,
  description: string,
  form: string,
  parse: (text: string) => string | undefined,
  alsoNumbers = false,
) {
  const check = (value: unknown): string => {
    const text = alsoNumbers && typeof value === 'number' ? String(value) : value;
    const parsed = typeof text === 'string' ? parse(text) : undefined;
    if (parsed === undefined) throw wrong(name, form);
    return parsed;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: check,
    parseLiteral: (node: ValueNode) => {
      const numeric = alsoNumbers && (node.kind === Kind.INT || node.kind === Kind.FLOAT);
      return check(node.kind === Kind.STRING || numeric ? node.value : undefined);
    },
  });
}

export const DateTimeScalar = textual(
  'DateTime',
  'An instant, ISO 8601 with offset; answered in UTC with milliseconds: `2026-11-22T08:30:00.000Z`.',
  'an ISO 8601 instant with offset, such as 2026-11-22T08:30:00Z',
  (text) => {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i.test(text))
      return undefined;
    const instant = DateTime.fromISO(text, { zone: 'utc' });
    return instant.isValid && isStorable(instant) ? (instant.toISO() ?? undefined) : undefined;
  },
);

export const DateScalar = textual(
  'Date',
  "A business date in the community's time zone: `2026-11-22`.",
  'a real date YYYY-MM-DD',
  (text) => {
    const day = DateTime.fromISO(text, { zone: 'utc' });
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && day.isValid && isStorable(day) ? text : undefined;
  },
);

export const DecimalScalar = textual(
  'Decimal',
  'An exact decimal number as text, for example an area `89.50`. Numbers are accepted as input.',
  'a decimal number',
  (text) => (/^-?\d{1,18}(\.\d{1,9})?$/.test(text) ? text : undefined),
  true,
);

function wholeNumber(value: unknown): number {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw wrong('Money', 'a whole number of minor units (fen)');
  return number;
}

export const MoneyScalar = new GraphQLScalarType<number, number>({
  name: 'Money',
  description: "Whole minor units (fen, 分) of the community's currency: 12345 is ¥123.45. Never a fraction.",
  serialize: (value) => (typeof value === 'bigint' ? wholeNumber(Number(value)) : wholeNumber(value)),
  parseValue: wholeNumber,
  parseLiteral: (node) => wholeNumber(node.kind === Kind.INT ? node.value : undefined),
});
