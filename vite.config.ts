import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

export default defineConfig(({ command }) => ({
  server: { port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" },
  plugins: [
    remix({
      // Tests and server-only parts live beside the routes and are no routes.
      ignoredRouteFiles: ["**/.*", "**/*.md", "**/*.test.{ts,tsx}", "**/*.server.{ts,tsx}"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // With it, the first save at an address with a parameter (/app/offers/1) asks the server which route that is: without
        // a connection it would wait instead of saying that nothing was saved.
        v3_lazyRouteDiscovery: false,
        v3_singleFetch: false,
        v3_routeConfig: false,
      },
    }),
  ],
  build: { assetsInlineLimit: 0 },
  // Polaris and its icons are some 1,500 files: the server starts a second sooner with what it uses of them in its bundle.
  // Shopify's package has a provider that must use the same copy. In development they are read as they are, which is
  // quicker than to transform them.
  ssr: command === "build" ? { noExternal: [/^@shopify\/polaris/, "@shopify/shopify-app-remix"] } : {},
  // A cold start that finds these late re-optimises them and ends with two copies of React.
  optimizeDeps: {
    entries: ["app/root.tsx", "app/entry.client.tsx", "app/routes/**/*.tsx"],
    include: [
      "react",
      "react-dom",
      "react-dom/client",
      "react/jsx-runtime",
      "react/jsx-dev-runtime",
      "@remix-run/react",
      "@shopify/polaris",
      "@shopify/shopify-app-remix/react",
      "i18next",
      "react-i18next",
    ],
  },
}));
