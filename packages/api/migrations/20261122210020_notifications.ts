import { Migration } from '@mikro-orm/migrations';

/** Who was told what and when: the inbox of a person, and what a ticket shows of its escalations (handbook P-5, T-16). */
export default class Notifications extends Migration {
  override up(): void {
    this.addSql(`
      create table notification (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid,
        recipient_id uuid not null,
        kind text not null check (kind in ('PROMISE_AT_RISK', 'PROMISE_BROKEN', 'MAJOR_COMPLAINT')),
        title text not null check (char_length(title) between 1 and 400),
        about text check (char_length(about) <= 40),
        link text check (char_length(link) <= 40),
        due_at timestamptz,
        seen_at timestamptz,
        subject text not null,
        subject_key uuid not null,
        key text not null check (char_length(key) <= 200),
        unique (organisation_id, id),
        constraint notification_once unique (organisation_id, recipient_id, key),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, recipient_id) references staff (organisation_id, id)
      )`);
    this.addSql(
      'create index notification_inbox on notification (organisation_id, recipient_id, created_at, id)',
    );
    this.addSql(
      'create index notification_subject on notification (organisation_id, subject_key, created_at, id)',
    );
    for (const column of ['created_at', 'updated_at'])
      this.addSql(
        `create index notification_order_${column} on notification (organisation_id, ${column}, id)`,
      );
    this.addSql(`call make_tenant_table('notification')`);
  }

  override down(): void {
    this.addSql('drop table notification');
  }
}
