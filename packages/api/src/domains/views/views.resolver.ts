import { command, commands } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { SavedView } from './saved-view.entity.ts';
import { SavedViewCreateInput, SavedViewRemoveInput, SavedViewUpdateInput } from './views.inputs.ts';
import { createView, removeView, updateView } from './views.service.ts';

export const viewResolvers = [
  ...resourceResolvers(SavedView),
  commands(SavedView, {
    savedViewCreate: command(
      SavedViewCreateInput,
      createView,
      'Saves a filter with its order and columns under a name; supervisors and above may share it with roles.',
    ),
    savedViewUpdate: command(SavedViewUpdateInput, updateView, 'Changes a view of one’s own.'),
    savedViewRemove: command(
      SavedViewRemoveInput,
      removeView,
      'Removes a view of one’s own. The payload has no record any more.',
    ),
  }),
];
