import { allModels, type Model } from '../model.ts';
import type { Viewer } from '../viewer.ts';
import type { EventRow } from './event.ts';

let byResource = new Map<string, Model>();

/** The model of an event's subject (`ticket`); undefined for a resource that this version does not know. */
export function subjectModel(resource: string): Model | undefined {
  const models = allModels(); // they register while modules load
  if (models.length !== byResource.size)
    byResource = new Map(models.map((model) => [model.descriptor.resource, model]));
  return byResource.get(resource);
}

/** Whether the viewer may read the subject of an event, where it stood when the event happened. Deny unless granted. */
export function mayReadSubject(viewer: Viewer, { subjectType, communityId, buildingId }: EventRow): boolean {
  const model = subjectModel(subjectType);
  return model !== undefined && viewer.may(model.descriptor, 'read', { communityId, buildingId });
}
