export * from './descriptor.ts';
export * from './errors.ts';
export * from './lifecycle.ts';
export * from './limits.ts';
export * from './permissions.ts';
export * from './resources.ts';
export * from './roles.ts';
export * from './text.ts';
