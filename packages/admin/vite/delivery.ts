import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller files cost more to look for than they save. */
const worthBytes = 1_024;

/**
 * How the console travels: every script is fetched ahead when the first page stands, so that a dialog opens also while the
 * server is away (a browser never asks again for a script that once failed); and each file is packed once, at build time.
 */
export function deliveryPlugin(): Plugin {
  return {
    name: 'desk-delivery',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => file.endsWith('.js') && !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'prefetch', href: `./${file}` },
            injectTo: 'head' as const,
          })),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const source = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          if (source.length < worthBytes || !/\.(js|css|svg|html)$/.test(file.fileName)) continue;
          const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.br`,
            source: brotliCompressSync(source, brotli),
          });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipSync(source) });
        }
      },
    },
  };
}
