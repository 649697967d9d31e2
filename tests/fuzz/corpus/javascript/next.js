/** @type {import('next').NextConfig} */
const withMdx = require('@next/mdx')();
const base = { reactStrictMode: true, env: { A: process.env.A ?? 'x' } };
if (process.env.NODE_ENV === 'production') base.poweredByHeader = false;
module.exports = withMdx({
  ...base,
  async headers() { return [{ source: `/${base.env.A}`, headers: [] }]; },
  images: { remotePatterns: [new URL('https://cdn.example.org/**')] },
});
