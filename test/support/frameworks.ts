import {transformAsync} from '@babel/core';
import {build, type Loader} from 'esbuild';
import {compile} from 'svelte/compiler';
import {ROOT} from './root.ts';

/** How a framework renders one component, the same on the server and in the browser. */
interface Framework {
  /** Compiles the component's source to a module, for the server or the browser. By default the loader does all. */
  compile?: (source: string, where: 'server' | 'client') => string | Promise<string>;
  loader: Loader;
  /** Package whose JSX runtime is used. */
  jsx?: string;
  /** A module for Node that exports the `html` of the component. This and the scripts import it from `app`. */
  server?: string;
  /** A script that hydrates `#app`. */
  hydrate?: string;
  /** A script that renders the component into `#app`. */
  mount: string;
}

const FRAMEWORKS = {
  'React 19': {
    loader: 'jsx',
    jsx: 'react',
    server: `import {renderToString} from 'react-dom/server';
      import {App} from 'app';
      export const html = renderToString(<App />);`,
    hydrate: `import {hydrateRoot} from 'react-dom/client';
      import {App} from 'app';
      hydrateRoot(document.getElementById('app'), <App />, {onRecoverableError() {}});`,
    mount: `import {createRoot} from 'react-dom/client';
      import {App} from 'app';
      createRoot(document.getElementById('app')).render(<App />);`,
  },
  Preact: {
    loader: 'jsx',
    jsx: 'preact',
    server: `import {renderToString} from 'preact-render-to-string';
      import {App} from 'app';
      export const html = renderToString(<App />);`,
    hydrate: `import {hydrate} from 'preact';
      import {App} from 'app';
      hydrate(<App />, document.getElementById('app'));`,
    mount: `import {render} from 'preact';
      import {App} from 'app';
      render(<App />, document.getElementById('app'));`,
  },
  'Vue 3': {
    loader: 'js',
    server: `import {createSSRApp} from 'vue';
      import {renderToString} from 'vue/server-renderer';
      import {App} from 'app';
      const app = createSSRApp(App);
      app.config.compilerOptions.isCustomElement = (tag) => tag.includes('-');
      export const html = await renderToString(app);`,
    hydrate: `import {createSSRApp} from 'vue/dist/vue.esm-bundler.js';
      import {App} from 'app';
      const app = createSSRApp(App);
      app.config.compilerOptions.isCustomElement = (tag) => tag.includes('-');
      app.mount('#app');`,
    mount: `import {createApp} from 'vue/dist/vue.esm-bundler.js';
      import {App} from 'app';
      const app = createApp(App);
      app.config.compilerOptions.isCustomElement = (tag) => tag.includes('-');
      app.mount('#app');`,
  },
  'Svelte 5': {
    compile: (source, where) => compile(source, {generate: where}).js.code,
    loader: 'js',
    server: `import {render} from 'svelte/server';
      import App from 'app';
      export const html = render(App).body;`,
    hydrate: `import {hydrate} from 'svelte';
      import App from 'app';
      hydrate(App, {target: document.getElementById('app')});`,
    mount: `import {mount} from 'svelte';
      import App from 'app';
      mount(App, {target: document.getElementById('app')});`,
  },
  Solid: {
    async compile(source, where) {
      const generate = where === 'server' ? 'ssr' : 'dom';
      const presets = [['babel-preset-solid', {generate, hydratable: true}]];
      const result = await transformAsync(source, {presets, babelrc: false, configFile: false});
      return result?.code ?? '';
    },
    loader: 'js',
    server: `import {createComponent, generateHydrationScript, renderToString} from 'solid-js/web';
      import {App} from 'app';
      export const html = generateHydrationScript() + renderToString(() => createComponent(App, {}));`,
    hydrate: `import {createComponent, hydrate} from 'solid-js/web';
      import {App} from 'app';
      hydrate(() => createComponent(App, {}), document.getElementById('app'));`,
    mount: `import {createComponent, render} from 'solid-js/web';
      import {App} from 'app';
      render(() => createComponent(App, {}), document.getElementById('app'));`,
  },
  Lit: {
    loader: 'js',
    mount: `import {render} from 'lit';
      import {App} from 'app';
      const update = () => render(App(update), document.getElementById('app'));
      update();`,
  },
  Angular: {
    loader: 'js',
    mount: `import '@angular/compiler';
      import {provideZonelessChangeDetection} from '@angular/core';
      import {bootstrapApplication} from '@angular/platform-browser';
      import {App} from 'app';
      bootstrapApplication(App, {providers: [provideZonelessChangeDetection()]});`,
  },
} satisfies Record<string, Framework>;

export type FrameworkName = keyof typeof FRAMEWORKS;

/** Renders a component as the framework's server does. @returns HTML for the inside of `#app`. */
export async function renderOnServer(name: FrameworkName, source: string): Promise<string> {
  const code = await bundle(name, 'server', source);
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const {html} = (await import(url)) as {html: string};
  return html;
}

/** A script for a page that renders the component into `#app`, or hydrates what is there. */
export async function clientScript(
  name: FrameworkName,
  how: 'hydrate' | 'mount',
  source: string,
): Promise<string> {
  return bundle(name, how, source);
}

/** Constants that the packages expect from a bundler. */
const DEFINE = {
  'process.env.NODE_ENV': '"production"',
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

/** Lets packages in CommonJS load the modules of Node. */
const REQUIRE = `import {createRequire} from 'node:module';
  const require = createRequire(${JSON.stringify(ROOT + '/')});`;

/** Bundles one of a framework's entries with the component, which it imports as `app`, and the npm packages. */
async function bundle(
  name: FrameworkName,
  what: 'server' | 'hydrate' | 'mount',
  source: string,
): Promise<string> {
  const framework: Framework = FRAMEWORKS[name];
  const {compile: compileApp = () => source, loader, jsx = 'react'} = framework;
  const isServer = what === 'server';
  const {outputFiles} = await build({
    stdin: {contents: framework[what] ?? '', resolveDir: ROOT, loader: 'jsx'},
    bundle: true,
    write: false,
    logLevel: 'error',
    platform: isServer ? 'node' : 'browser',
    format: isServer ? 'esm' : 'iife',
    conditions: ['production', isServer ? 'node' : 'browser'],
    jsx: 'automatic',
    jsxImportSource: jsx,
    define: DEFINE,
    ...(isServer && {banner: {js: REQUIRE}}),
    plugins: [
      {
        name: 'app',
        setup(plugin) {
          plugin.onResolve({filter: /^app$/}, () => ({path: 'app', namespace: 'app'}));
          plugin.onLoad({filter: /./, namespace: 'app'}, async () => ({
            contents: await compileApp(source, isServer ? 'server' : 'client'),
            loader,
            resolveDir: ROOT,
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
