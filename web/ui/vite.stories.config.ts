import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The components by themselves, each in each of its states: `npx vite --config vite.stories.config.ts`, then /stories.html. */
export default defineConfig({
  plugins: [react(), tailwind()],
  publicDir: false,
  build: { outDir: 'dist-stories', target: 'es2022', rollupOptions: { input: 'stories.html' } },
})
