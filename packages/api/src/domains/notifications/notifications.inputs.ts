import { InputType } from 'type-graphql';
import { ChangeInput } from '../../platform/graphql/payload.ts';

@InputType({ description: 'Marks a notification as seen; only its recipient may.' })
export class NotificationSeeInput extends ChangeInput {}
