import { join } from 'node:path';
import type { Domain } from '../../platform/domain.ts';
import { FileStore } from '../../platform/files/store.ts';
import { fileRoutes } from './files.http.ts';
import { forgetFiles, stores } from './files.jobs.ts';

export { attachFiles, filesOf } from './attachments.ts';
export { File } from './file.type.ts';

export const files: Domain = {
  name: 'files',
  entities: [],
  resolvers: [],
  jobs: [forgetFiles],
  mount: async (host) => {
    const store = new FileStore(join(host.config.DATA_DIR, 'files'));
    stores.set(host.services, store);
    await fileRoutes(host, store);
  },
};
