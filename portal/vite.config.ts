import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // Its server puts a new number in place of this word into every answer and into the policy.
  html: { cspNonce: 'CSP_NONCE' },
  resolve: { tsconfigPaths: true },
  build: {
    // The Content-Security-Policy allows files of our own and nothing that stands inside another file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    reportCompressedSize: false,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
