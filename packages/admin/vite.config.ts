import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { deliveryPlugin } from './vite/delivery.ts';
import { sdlPlugin } from './vite/sdl.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = 'http://127.0.0.1:4000';

/** Libraries that change at different times travel in different files, so that a release re-loads little. */
const chunks = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom)\// },
  { name: 'mui', test: /node_modules\/(@mui|@emotion)\// },
  { name: 'admin', test: /node_modules\/(ra-core|ra-ui-materialui|react-admin|@tanstack|react-hook-form)\// },
];

export default defineConfig({
  // Relative, so that the bundle works below any path and on any host.
  base: './',
  plugins: [react(), sdlPlugin(here('../schema/schema.graphql')), deliveryPlugin()],
  server: { proxy: { '/graphql': { target: api, ws: true }, '/api': api, '/imports': api } },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
});
