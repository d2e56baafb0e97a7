import type { Domain } from '../../platform/domain.ts';
import { SavedView } from './saved-view.entity.ts';
import { viewResolvers } from './views.resolver.ts';

export const views: Domain = {
  name: 'views',
  entities: [SavedView],
  resolvers: viewResolvers,
  constraints: {
    saved_view_name_unique: {
      code: 'DUPLICATE',
      field: ['name'],
      what: { zh: '视图名称', en: 'name of a view' },
    },
  },
};
