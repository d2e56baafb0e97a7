import { command, commands } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { Notification } from './notification.entity.ts';
import { NotificationSeeInput } from './notifications.inputs.ts';
import { seeNotification } from './notifications.service.ts';

export const notificationResolvers = [
  ...resourceResolvers(Notification),
  commands(Notification, {
    notificationSee: command(NotificationSeeInput, seeNotification, 'Marks it as seen.'),
  }),
];
