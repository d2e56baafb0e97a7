/** What the telephone desk types while it rings (handbook U-6), and what is in every row: each measured by itself. */
import type { Query } from './queries.ts';

const lookup = (name: string, title: string, samples: string): Query => ({
  name,
  title,
  samples: `${samples} order by random() limit 30`,
  ours: 'query lookup($search: String!) { residents(first: 10, filter: { search: $search }) { nodes { id name phone residencies(first: 3) { nodes { relation unit { id fullName } } } } } }',
  variables: ({ search }) => ({ search }),
  peers: [],
});
const residents = 'from resident where organisation_id = $1';

export const lookups: Query[] = [
  lookup(
    'phone tail',
    'last four digits of the phone',
    `select right(phone, 4) as search ${residents} and phone is not null`,
  ),
  lookup('whole phone', 'the whole phone', `select phone as search ${residents} and phone is not null`),
  lookup('name', 'name', `select name as search ${residents} and length(name) = 3`),
  lookup('surname', 'surname alone', `select left(name, 1) as search ${residents}`),
  lookup(
    'initials',
    'pinyin initials',
    `select regexp_replace(pinyin, '(\\S)\\S*\\s*', '\\1', 'g') as search ${residents} and pinyin like '% % %'`,
  ),
  lookup(
    'two initials',
    'two of the initials',
    `select left(regexp_replace(pinyin, '(\\S)\\S*\\s*', '\\1', 'g'), 2) as search ${residents} and pinyin like '% % %'`,
  ),
  lookup(
    'pinyin',
    'full pinyin',
    `select replace(pinyin, ' ', '') as search ${residents} and pinyin like '% % %'`,
  ),
  lookup('unit', 'unit', `select full_name as search from unit where organisation_id = $1`),
  lookup(
    'unit number',
    'number of the unit alone',
    `select number as search from unit where organisation_id = $1`,
  ),
  lookup('plate', 'number plate', `select plates as search ${residents} and plates is not null`),
  lookup(
    'company',
    'part of the name of a company',
    `select substr(name, 3, 3) as search ${residents} and kind = 'COMPANY'`,
  ),
  lookup('everywhere', 'a word of every row', `select '楼' as search from organisation where id = $1`),
  lookup('nowhere', 'a word of no row', `select '没有的' as search from organisation where id = $1`),
];
