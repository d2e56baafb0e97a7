import type { Role } from '@desk/schema';
import { savedViewDescriptor } from '@desk/schema/views/descriptor';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Roles, Staff } from '../staff/index.ts';
import { Community } from '../units/index.ts';

@Resource(savedViewDescriptor, {
  table: 'saved_view',
  description:
    'A named choice of records of one list (保存的视图): its filter, order and columns. Seen by its owner, and by the roles that it is shared with; nobody else finds it.',
  visible: (alias, { actor, assignments }, add) =>
    `${alias}.removed_at is null and (${alias}.owner_id = ${add(actor.id, 'uuid')} or ${alias}.shared_with && ${add([...new Set(assignments.map(({ role }) => role))], 'text[]')})`,
})
export class SavedView extends Aggregate {
  @Reference(() => Community, { description: 'The community whose people use it.' })
  community!: Community;

  @Reference(() => Staff, { description: 'Who made it; only they change it.' })
  owner!: Staff;

  @Column('text', {
    description: "Its name, unique among the owner's views of the list. 1 to 60 characters.",
  })
  name!: string;

  @Column('text', { description: 'The list that it is of, by its name in the API: `tickets`.' })
  resource!: string;

  @Column('text', {
    description:
      "The list's filter as JSON, as its `filter` argument takes it. Checked against the fields of the list when it is saved. At most 4,000 characters.",
  })
  filter!: string;

  @Column('text', {
    nullable: true,
    description: 'Field to sort by, as in the record: `receivedAt`; null for the usual order of the list.',
  })
  sort!: string | null;

  @Column('boolean', { description: 'Largest or latest first.' })
  descending!: boolean;

  @Column('texts', {
    description: 'Fields shown as columns, in order; empty for the usual ones. At most 40.',
  })
  columns!: string[];

  @Column('texts', {
    values: Roles,
    description: 'Roles in the community that see it too; empty: only the owner.',
  })
  sharedWith!: Role[];

  /** When its owner removed it; nobody sees it any more, its history stays (handbook P-6). */
  @Column('dateTime', { nullable: true, hidden: true })
  removedAt!: Date | null;
}
