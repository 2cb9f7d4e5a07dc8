import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every page needs; pages, maps and the date picker come when they are opened. */
const SHELL = /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/;
const SCHEMAS = /node_modules[\\/]zod[\\/]/;
const MAPS = /node_modules[\\/]d3-[a-z]+[\\/]|node_modules[\\/]internmap[\\/]/;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    port: 5173,
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/t/': 'http://127.0.0.1:8080',
      '/healthz': 'http://127.0.0.1:8080',
    },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    emptyOutDir: true,
    // The content security policy knows no inline script and no data: font.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'shell', test: SHELL, priority: 3 },
            { name: 'schemas', test: SCHEMAS, priority: 2 },
            { name: 'maps', test: MAPS, priority: 1 },
          ],
        },
      },
    },
  },
});
