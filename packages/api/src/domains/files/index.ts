import { join } from 'node:path';
import type { Domain } from '../../platform/domain.ts';
import { FileStore } from '../../platform/files/store.ts';
import { fileRoutes } from './files.http.ts';

export { attachFiles, filesOf } from './attachments.ts';
export { File } from './file.type.ts';

export const files: Domain = {
  name: 'files',
  entities: [],
  resolvers: [],
  mount: (host) => fileRoutes(host, new FileStore(join(host.config.DATA_DIR, 'files'))),
};
