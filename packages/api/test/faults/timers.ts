import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Places, TestDesk } from '../harness/desk.ts';
import { mutate } from '../harness/process.ts';

/** Loans that become due in each cycle. */
const perCycle = 4;

/** Key loans that become overdue while processes die: the reminder of each must come exactly once (handbook K-4). */
export class Timers {
  #armed = 0;

  constructor(
    readonly pool: pg.Pool,
    readonly desk: TestDesk,
  ) {}

  /** Lends enough keys for all cycles, due in a month. */
  async prepare(url: string, { building }: Places, cycles: number): Promise<void> {
    for (let number = 0, left = cycles * perCycle; left > 0; number += 1, left -= 50)
      await mutate(
        url,
        this.desk.token,
        'keyCreate',
        { number: `F${number}`, opens: '机房', building, copies: Math.min(50, left) },
        'key { id }',
      );
    await this.pool.query(
      `insert into key_loan (organisation_id, id, version, created_at, updated_at, community_id, building_id, key_id, copy_id, label,
         borrower_kind, borrower_name, verification, verified_by, purpose, status, due_at)
       select organisation_id, uuidv7(), 1, now(), now(), community_id, building_id, key_id, id, label, 'STAFF', '王师傅', 'STAFF_BADGE', '测试', '检修', 'OUT', now() + interval '30 days'
       from key_copy where organisation_id = $1`,
      [this.desk.organisation],
    );
    await this.pool.query(`update key_copy set state = 'OUT' where organisation_id = $1`, [
      this.desk.organisation,
    ]);
  }

  /** Some more become due in a moment. Patient: the database may be away. */
  async arm(): Promise<void> {
    await patiently(() =>
      this.pool.query(
        `update key_loan set due_at = now() + interval '300 milliseconds' where id = any(array(
           select id from key_loan where organisation_id = $1 order by id offset $2 limit $3))`,
        [this.desk.organisation, this.#armed, perCycle],
      ),
    );
    this.#armed += perCycle;
  }

  /** Waits until every due one has had its reminder; what is missing then is told by `verify`. */
  async settled(): Promise<void> {
    for (const end = performance.now() + 60_000; performance.now() < end; await pause(200))
      if ((await this.#count(`overdue_step <> 'NONE'`)) >= this.#armed) break;
    await pause(2_500); // two more looks, for what must not come
  }

  async verify(): Promise<{ due: number; done: number; doubled: number; faults: string[] }> {
    const done = await this.#count(`overdue_step = 'REMINDED'`);
    const doubled = await this.#count(
      `1 < (select count(*) from history h where h.organisation_id = l.organisation_id and h.subject_id = l.id and h.type = 'keyLoan.escalate')`,
    );
    const untold = await this.#count(
      `overdue_step <> 'NONE' and not exists (select from history h where h.organisation_id = l.organisation_id and h.subject_id = l.id and h.type = 'keyLoan.escalate')`,
    );
    const faults: string[] = [];
    if (done !== this.#armed) faults.push(`${this.#armed} loans were overdue, ${done} had their reminder`);
    if (doubled > 0) faults.push(`${doubled} loans had their reminder more than once`);
    if (untold > 0) faults.push(`${untold} reminders are not in the history`);
    return { due: this.#armed, done, doubled, faults };
  }

  async #count(condition: string): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      `select count(*)::int as n from key_loan l where organisation_id = $1 and ${condition}`,
      [this.desk.organisation],
    );
    return rows[0]?.n ?? 0;
  }
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries > 200) throw error;
      await pause(100);
    }
  }
}
