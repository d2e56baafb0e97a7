import type { Domain } from '../../platform/domain.ts';
import { Notification } from './notification.entity.ts';
import { notificationResolvers } from './notifications.resolver.ts';

export { type Message, tell } from './notifications.service.ts';
export { Notification };

export const notifications: Domain = {
  name: 'notifications',
  entities: [Notification],
  resolvers: notificationResolvers,
};
