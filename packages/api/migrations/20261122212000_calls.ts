import { Migration } from '@mikro-orm/migrations';

/** Telephone calls of the desk (handbook U-6). */
export default class Calls extends Migration {
  override up(): void {
    this.addSql(`
      create table call_record (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        exchange_id text not null check (char_length(exchange_id) between 1 and 100),
        direction text not null check (direction in ('INBOUND', 'OUTBOUND')),
        line text check (char_length(line) <= 200),
        phone text check (char_length(phone) between 3 and 40),
        status text not null check (status in ('RINGING', 'ANSWERED', 'ENDED', 'MISSED')),
        staff_id uuid,
        ring_at timestamptz not null,
        answered_at timestamptz check (answered_at >= ring_at),
        ended_at timestamptz check (ended_at >= coalesce(answered_at, ring_at)),
        rings int check (rings between 0 and 100000),
        ring_target int not null check (ring_target > 0),
        settle_target int not null check (settle_target > 0),
        outcome text check (outcome in ('SETTLED', 'TICKET', 'CALL_BACK', 'TRANSFERRED', 'HUNG_UP', 'WRONG_NUMBER')),
        resident_id uuid,
        unit_id uuid,
        ticket_id uuid,
        note text check (char_length(note) <= 4000),
        unique (organisation_id, id),
        constraint call_record_exchange_unique unique (organisation_id, community_id, exchange_id),
        constraint call_record_state check (
          (status in ('ANSWERED', 'ENDED')) = (answered_at is not null) and (status in ('ENDED', 'MISSED')) = (ended_at is not null)),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, staff_id) references staff (organisation_id, id),
        constraint call_record_resident foreign key (organisation_id, community_id, resident_id) references resident (organisation_id, community_id, id),
        constraint call_record_unit foreign key (organisation_id, community_id, unit_id) references unit (organisation_id, community_id, id),
        constraint call_record_ticket foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id)
      )`);
    for (const [name, columns] of Object.entries(indexes))
      this.addSql(`create index call_record_by_${name} on call_record (organisation_id, ${columns}, id)`);
    this.addSql(`call make_tenant_table('call_record')`);
    // Who calls: equality is all that is asked of a number.
    this.addSql(
      'create index resident_by_phone on resident (organisation_id, phone) where phone is not null',
    );
    this.addSql(
      'create index resident_by_second_phone on resident (organisation_id, second_phone) where second_phone is not null',
    );
  }

  override down(): void {
    this.addSql('drop index resident_by_second_phone');
    this.addSql('drop index resident_by_phone');
    this.addSql('drop table call_record');
  }
}

const indexes = {
  time: 'ring_at',
  entry: 'created_at',
  status: 'status, ring_at',
  community: 'community_id, ring_at',
  resident: 'resident_id, ring_at',
  unit: 'unit_id, ring_at',
  ticket: 'ticket_id, ring_at',
  staff: 'staff_id, ring_at',
};
