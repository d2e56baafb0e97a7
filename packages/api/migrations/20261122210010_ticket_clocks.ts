import { Migration } from '@mikro-orm/migrations';

const kinds = `('DISPATCH', 'ARRIVAL', 'ANSWER', 'SETTLE', 'TRACK', 'REVISIT')`;

/** The promises of a ticket, each on a clock of its own (handbook T-04 to T-08), and what moved them. */
export default class TicketClocks extends Migration {
  override up(): void {
    this.addSql(`
      alter table ticket
        add column policy_id uuid,
        add column next_due_at timestamptz,
        add column promise_state text not null default 'NONE' check (promise_state in ('NONE', 'ON_TRACK', 'AT_RISK', 'BREACHED', 'PAUSED')),
        add constraint ticket_policy foreign key (organisation_id, policy_id) references policy (organisation_id, id)`);
    this.addSql('create index ticket_by_due on ticket (organisation_id, next_due_at, id)');
    this.addSql(
      'create index ticket_by_due_down on ticket (organisation_id, next_due_at desc nulls last, id desc)',
    );

    // Only written while the ticket is locked, so that moves and escalations do not race.
    this.addSql(`
      create table ticket_clock (
        organisation_id uuid not null,
        ticket_id uuid not null,
        kind text not null check (kind in ${kinds}),
        round int not null check (round >= 0),
        number int not null check (number > 0),
        status text not null check (status in ('RUNNING', 'PAUSED', 'MET', 'MISSED', 'CANCELLED')),
        rule text not null,
        started_at timestamptz not null,
        counted_from timestamptz not null,
        unit text check (unit in ('MINUTES', 'HOURS', 'WORKING_DAYS')),
        amount int,
        promised_at timestamptz,
        first_due_at timestamptz not null,
        due_at timestamptz not null,
        warn_at timestamptz not null,
        ended_at timestamptz,
        breached_at timestamptz,
        paused_at timestamptz,
        paused_by text check (paused_by in ('CONSENT', 'PARKED')),
        paused_ms bigint not null check (paused_ms >= 0),
        postponed int not null check (postponed >= 0),
        turn int not null check (turn >= 0),
        step int not null check (step >= 0),
        link int not null check (link >= 0),
        next_check_at timestamptz,
        calendar_id uuid,
        calendar_version int,
        provisional boolean not null,
        primary key (organisation_id, ticket_id, kind, round, number),
        constraint ticket_clock_length check ((unit is null) = (amount is null) and (unit is null) = (promised_at is not null)),
        constraint ticket_clock_open check ((status in ('RUNNING', 'PAUSED')) = (ended_at is null)),
        constraint ticket_clock_pause check ((status = 'PAUSED') = (paused_at is not null)),
        constraint ticket_clock_checked check (next_check_at is null or status = 'RUNNING'),
        foreign key (organisation_id, ticket_id) references ticket (organisation_id, id)
      )`);
    // What is due is found in the index, however many clocks run (handbook T-16).
    this.addSql(
      'create index ticket_clock_due on ticket_clock (next_check_at) include (organisation_id, ticket_id) where next_check_at is not null',
    );
    // Promises in working days move with their calendar (handbook P-4).
    this.addSql(
      'create index ticket_clock_calendar on ticket_clock (organisation_id, calendar_id, calendar_version) where ended_at is null and calendar_id is not null',
    );
    this.addSql(`call make_tenant_table('ticket_clock')`);

    this.addSql(`
      create table ticket_promise_change (
        organisation_id uuid not null,
        ticket_id uuid not null,
        id uuid not null default uuidv7(),
        kind text not null check (kind in ${kinds}),
        round int not null,
        change text not null check (change in ('PAUSED', 'RESUMED', 'POSTPONED', 'AGREED', 'CALENDAR')),
        from_due_at timestamptz not null,
        to_due_at timestamptz,
        consent_by text check (char_length(consent_by) <= 200),
        consent_way text check (consent_way in ('PHONE', 'IN_PERSON', 'MESSAGE', 'WRITING')),
        told text check (char_length(told) <= 4000),
        approved boolean not null default false,
        actor_name text not null,
        at timestamptz not null,
        primary key (organisation_id, ticket_id, id),
        foreign key (organisation_id, ticket_id) references ticket (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('ticket_promise_change')`);
    this.addSql('revoke update, delete on ticket_promise_change from desk_app');
    this.addSql(
      'create trigger promise_change_is_forever before update or delete on ticket_promise_change for each row execute function refuse_change()',
    );
  }

  override down(): void {
    this.addSql('drop table ticket_promise_change');
    this.addSql('drop table ticket_clock');
    this.addSql('drop index ticket_by_due_down');
    this.addSql('drop index ticket_by_due');
    this.addSql(
      'alter table ticket drop column promise_state, drop column next_due_at, drop column policy_id',
    );
  }
}
