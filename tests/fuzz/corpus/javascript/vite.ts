import { defineConfig, loadEnv, type UserConfig } from 'vite'
export default defineConfig(({ mode, command }) => {
  const env = loadEnv(mode, '.', '')
  const list = 'a,b'.split(',').map((s) => s.trim()).filter(Boolean)
  return { build: { sourcemap: command === 'build' ? 'hidden' : true }, define: { A: JSON.stringify(env.A) }, list } satisfies UserConfig
})
