import { Migration } from '@mikro-orm/migrations';

const signed = `('REPAIR_UNIT', 'REPAIR_WARRANTY', 'PAID_SERVICE', 'DEFECT')`;

/** Accepted work in a unit has a drawn signature, or says why nobody signed (handbook T-10). */
export default class WorkOrderSigned extends Migration {
  override up(): void {
    this.addSql(
      'alter table ticket add unsigned_reason text check (char_length(unsigned_reason) between 1 and 4000)',
    );
    this.addSql('alter table ticket_round add findings text, add unsigned_reason text');
    // The last wall, for what is signed off from now on. At the commit: the signature is written beside the ticket.
    this.addSql(`
      create function ticket_signed() returns trigger language plpgsql as $$
      begin
        if exists (
          select from ticket t
          where t.organisation_id = new.organisation_id and t.id = new.id
            and t.signed_off_at is not null and t.unsigned_reason is null and t.unit_id is not null and t.kind in ${signed}
            and not exists (
              select from ticket_signature s
              where s.organisation_id = t.organisation_id and s.ticket_id = t.id and s.round = t.round
                and s.purpose = 'SIGN_OFF' and s.drawing is not null))
        then
          raise exception 'work in a unit is signed off with a signature or the reason why there is none (handbook T-10)'
            using errcode = 'check_violation', constraint = 'ticket_signed', table = 'ticket', schema = 'public';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger ticket_signed after update of signed_off_at, unsigned_reason, kind, unit_id on ticket
      deferrable initially deferred for each row
      when (new.signed_off_at is not null and new.unsigned_reason is null and new.unit_id is not null and new.kind in ${signed}
        and (old.signed_off_at is null or old.unsigned_reason is not null or old.unit_id is null or old.kind not in ${signed}))
      execute function ticket_signed()`);
  }

  override down(): void {
    this.addSql('drop trigger ticket_signed on ticket');
    this.addSql('drop function ticket_signed');
    this.addSql('alter table ticket_round drop findings, drop unsigned_reason');
    this.addSql('alter table ticket drop unsigned_reason');
  }
}
