import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const { description, repository } = JSON.parse(read("../../package.json"));
const source = repository.url.replace(/^git\+|\.git$/g, "");

/** The side's list is the README's own: its groups, its order, its words. */
const groups = [...read("../../README.md").matchAll(/^\*\*([^*]+):\*\*(.*(?:\n.+)*)/gm)].map(([, text, links]) => ({
  text,
  items: [...links.matchAll(/\[([^\]]+)\]\(docs\/([\w-]+)\.md\)/g)].map(([, text, page]) => ({
    text,
    link: `/${page}`,
  })),
}));

/** Sends links to files beside `docs/` to the repository. */
function leadOut(md) {
  const usual =
    md.renderer.rules.link_open ?? ((tokens, at, options, _, self) => self.renderToken(tokens, at, options));
  md.renderer.rules.link_open = (tokens, at, ...rest) => {
    const to = tokens[at].attrGet("href") ?? "";
    if (to.startsWith("../")) tokens[at].attrSet("href", `${source}/blob/main/${to.slice(3)}`);
    return usual(tokens, at, ...rest);
  };
}

/** Leaves out comments that are a line of their own: without HTML they would be read as text. */
function leaveOutComments(md) {
  md.core.ruler.after("normalize", "comments", (state) => {
    state.src = state.src.replace(/^<!--.*-->$/gm, "");
  });
}

// biome-ignore lint/style/noDefaultExport: VitePress reads it.
export default defineConfig({
  title: "Plainsight",
  description,
  rewrites: { "README.md": "index.md" },
  cleanUrls: true,
  lastUpdated: false,
  // Nothing is fetched from anywhere: no fonts, no analytics, no search service.
  useWebFonts: false,
  head: [
    ["meta", { name: "referrer", content: "no-referrer" }],
    // A path that is longer than a telephone's line breaks; in a table, which can be pushed aside, no word does.
    [
      "style",
      {},
      ".vp-doc :not(pre) > code, .vp-doc a { overflow-wrap: anywhere } .vp-doc td code { overflow-wrap: break-word } .vp-doc pre { overflow-x: auto }",
    ],
  ],
  markdown: {
    languageAlias: { caddy: "nginx" },
    // `<b>` on our pages is text.
    html: false,
    config: (md) => {
      leadOut(md);
      leaveOutComments(md);
    },
  },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        miniSearch: {
          searchOptions: {
            // All words, as they begin; and a page that explains comes before one to look things up in.
            combineWith: "AND",
            fuzzy: 0.1,
            prefix: true,
            boost: { title: 6, titles: 2, text: 1 },
            boostDocument: (id) => (/findings|language/.test(id) ? 0.3 : 1),
          },
        },
      },
    },
    sidebar: [{ text: "Overview", link: "/" }, ...groups],
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: source }],
    footer: { message: "This site sends nothing anywhere and counts nobody." },
  },
});
