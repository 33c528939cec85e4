import js from "@eslint/js";

export default [
  js.configs.recommended,
  // Made of scripts/search/ by `make scripts`.
  { ignores: ["theme_overrides/assets/js/search-engine.js"] },
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "script" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // TypeScript knows the names of a browser.
      "no-undef": "off",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      // Text is looked at by what it is made of.
      "no-control-regex": "off",
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      strict: ["error", "function"]
    }
  },
  { files: ["scripts/**/*.js"], languageOptions: { sourceType: "module" }, rules: { strict: "off" } }
];
