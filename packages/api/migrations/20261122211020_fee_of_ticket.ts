import { Migration } from '@mikro-orm/migrations';

/** The fee of a paid service names the ticket that it was agreed on; one ticket is charged once (handbook T-15). */
export default class FeeOfTicket extends Migration {
  override up(): void {
    this.addSql(`
      alter table fee add ticket_id uuid,
        add foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id)`);
    this.addSql(`
      create unique index fee_of_ticket on fee (organisation_id, ticket_id)
      where ticket_id is not null and status <> 'VOIDED'`);
  }

  override down(): void {
    this.addSql('drop index fee_of_ticket');
    this.addSql('alter table fee drop ticket_id');
  }
}
