import type { ResourceDescriptor } from './descriptor.ts';
import { buildingDescriptor, communityDescriptor, organisationDescriptor, unitDescriptor } from './units/descriptor.ts';

/** All resources, in the order of the console's menu. */
export const resources: readonly ResourceDescriptor[] = [
  unitDescriptor,
  buildingDescriptor,
  communityDescriptor,
  organisationDescriptor,
];

export const resourceNamed = (name: string): ResourceDescriptor | undefined => resources.find((r) => r.name === name);
export const resourceOfType = (type: string): ResourceDescriptor | undefined => resources.find((r) => r.type === type);
