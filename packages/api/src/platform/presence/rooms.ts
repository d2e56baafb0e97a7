import type pg from 'pg';
import { newUuid } from '../ids.ts';
import type { Person } from './watcher.ts';

/** A record that is watched. Both ids are bare UUIDs. */
export interface Subject {
  organisationId: string;
  id: string;
}

/** One stay of one person at one record. */
export interface Stay extends Subject {
  session: string;
  person: Person;
}

export const keyOf = ({ organisationId, id }: Subject): string => `${organisationId}/${id}`;

/** The statements on the tables of presence, on the owner's connections. The database's clock tells who is alive. */
export class Rooms {
  readonly #pool: pg.Pool;
  readonly #silence: number;
  /** This process, in the table. */
  readonly #process = newUuid();

  constructor(pool: pg.Pool, silenceMs: number) {
    this.#pool = pool;
    this.#silence = silenceMs / 1000;
  }

  /** Shows that this process lives; answers whether it was unknown (new, or forgotten meanwhile with all its stays). */
  async beat(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ fresh: boolean }>({
      name: 'presence_beat',
      text: `insert into presence_process (id, seen_at) values ($1, clock_timestamp())
             on conflict (id) do update set seen_at = excluded.seen_at returning (xmax = 0) as fresh`,
      values: [this.#process],
    });
    return rows[0]?.fresh ?? true;
  }

  async enter(stays: readonly Stay[]): Promise<void> {
    const columns = <T>(read: (stay: Stay) => T): T[] => stays.map(read);
    await this.#pool.query({
      name: 'presence_enter',
      text: `insert into presence (session, process_id, organisation_id, subject_id, staff_id, name, mode, since)
             select s.session, $1, s.organisation_id, s.subject_id, s.staff_id, s.name, s.mode, s.since
             from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[])
               as s(session, organisation_id, subject_id, staff_id, name, mode, since)
             on conflict do nothing`,
      values: [
        this.#process,
        columns(({ session }) => session),
        columns(({ organisationId }) => organisationId),
        columns(({ id }) => id),
        columns(({ person }) => person.staffId),
        columns(({ person }) => person.name),
        columns(({ person }) => person.mode),
        columns(({ person }) => person.since),
      ],
    });
  }

  async leave(session: string): Promise<void> {
    await this.#pool.query({
      name: 'presence_leave',
      text: 'delete from presence where session = $1',
      values: [session],
    });
  }

  /** Who is at these records, by `keyOf`; somebody with several windows is there once, editing if one of them edits. */
  async people(subjects: readonly Subject[]): Promise<Map<string, Person[]>> {
    const { rows } = await this.#pool.query<Person & Subject>({
      name: 'presence_people',
      text: `select p.organisation_id as "organisationId", p.subject_id as id, p.staff_id as "staffId", max(p.name) as name,
               min(p.mode) as mode, to_char(min(p.since) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
             from presence p join presence_process o on o.id = p.process_id
             where (p.organisation_id, p.subject_id) in (select * from unnest($1::uuid[], $2::uuid[]))
               and o.seen_at > clock_timestamp() - make_interval(secs => $3)
             group by 1, 2, 3 order by since, "staffId"`,
      values: [
        subjects.map(({ organisationId }) => organisationId),
        subjects.map(({ id }) => id),
        this.#silence,
      ],
    });
    const found = new Map<string, Person[]>(subjects.map((subject) => [keyOf(subject), []]));
    for (const { organisationId, id, ...person } of rows)
      found.get(keyOf({ organisationId, id }))?.push(person);
    return found;
  }

  /** Forgets processes that have been silent for long, with their stays. */
  async sweep(): Promise<void> {
    await this.#pool.query({
      name: 'presence_sweep',
      text: 'delete from presence_process where seen_at < clock_timestamp() - make_interval(secs => $1)',
      values: [this.#silence * 3],
    });
  }

  /** Everybody of this process leaves. */
  async forget(): Promise<void> {
    await this.#pool.query('delete from presence_process where id = $1', [this.#process]);
  }
}
